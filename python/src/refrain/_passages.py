"""Passages that the texts of a collection share with each other."""

from __future__ import annotations

from array import array
from collections.abc import Sequence as AbstractSequence
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, overload

from . import _library
from ._arrow import Table
from ._compare import Span, span
from ._data import Data, data as rows_of
from ._library import call_long
from ._progress import Progress, reporting

#: Passages whose texts are fetched at a time.
_FETCHED = 256


class SharedPassage(NamedTuple):
    """A passage that two texts of a collection share, the earlier text first."""

    #: What the texts are called: their ids, or their rows.
    a: Any
    b: Any
    #: Where it stands in either.
    a_span: Span
    b_span: Span
    #: The overlap of the word bigrams of the two places.
    similarity: float
    containment: float
    #: The rows of the two, from 0.
    row_a: int
    row_b: int


class SharedPassages(AbstractSequence):
    """A list of shared passages, held as columns, by the rows of both texts and by place.

    ``row_a``, ``row_b``, ``a_start``, ``a_end``, ``b_start``, ``b_end`` (bytes of UTF-8), ``similarity`` and
    ``containment`` are arrays.
    """

    def __init__(self, source: Data, columns: Dict[str, array]) -> None:
        self._data = source
        self.row_a: array = columns["a"]
        self.row_b: array = columns["b"]
        self.a_start: array = columns["a_start"]
        self.a_end: array = columns["a_end"]
        self.b_start: array = columns["b_start"]
        self.b_end: array = columns["b_end"]
        self.similarity: array = columns["similarity"]
        self.containment: array = columns["containment"]

    def __len__(self) -> int:
        return len(self.row_a)

    @overload
    def __getitem__(self, index: int) -> SharedPassage: ...

    @overload
    def __getitem__(self, index: slice) -> List[SharedPassage]: ...

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return list(self._items(range(*index.indices(len(self)))))
        return next(self._items([range(len(self))[index]]))

    def __iter__(self) -> Iterator[SharedPassage]:
        return self._items(range(len(self)))

    def _items(self, indices: Sequence[int]) -> Iterator[SharedPassage]:
        for start in range(0, len(indices), _FETCHED):
            some = indices[start : start + _FETCHED]
            rows = sorted({row for i in some for row in (self.row_a[i], self.row_b[i])})
            keys = array("Q", rows)
            names = dict(zip(rows, self._data.ids(keys)))
            texts = {row: text.encode() for row, text in zip(rows, self._data.strings(keys))}
            for i in some:
                a, b = self.row_a[i], self.row_b[i]
                yield SharedPassage(
                    names[a],
                    names[b],
                    span(texts[a], self.a_start[i], self.a_end[i]),
                    span(texts[b], self.b_start[i], self.b_end[i]),
                    self.similarity[i],
                    self.containment[i],
                    a,
                    b,
                )

    def to_arrow(self) -> Any:
        """A pyarrow table: the ids of both, their places in bytes, similarity, containment, and both rows."""
        import pyarrow

        columns = {"a": self._data.ids(self.row_a), "b": self._data.ids(self.row_b)}
        for name in ("a_start", "a_end", "b_start", "b_end"):
            columns[name] = pyarrow.array(getattr(self, name), pyarrow.uint64())
        for name in ("similarity", "containment"):
            columns[name] = pyarrow.array(getattr(self, name), pyarrow.float64())
        for name in ("row_a", "row_b"):
            columns[name] = pyarrow.array(getattr(self, name), pyarrow.uint64())
        return pyarrow.table(columns)

    def __repr__(self) -> str:
        return f"<{len(self)} of SharedPassage>"


def passages(
    data: Any,
    text: str = "text",
    id: Any = None,
    *,
    run: int = 16,
    min_bytes: int = 150,
    on_error: str = "fail",
    threads: Optional[int] = None,
    progress: Progress = None,
) -> SharedPassages:
    """Finds the passages that texts share with each other, word for word or edited.

    Texts that have ``run`` equal words in a row are compared, and most of those that have eight or more; what
    they share is what ``refrain.compare`` says of the two. Where more than ten texts hold the same run, each
    later one is compared with the first and with the two before it, so that a footer costs three comparisons a
    text. Levels, classes and what a text says twice by itself are the business of ``refrain.check``.

    :param data: as for ``refrain.dedup``, and ``text`` and ``id`` as well.
    :param run: equal words in a row that no two texts share unseen, 8 to 1,024. Larger is faster.
    :param min_bytes: leave out what is shorter than this in either text, but not 25 equal words; below 150 single
        sentences are told, too.
    :param on_error: ``fail``, or ``skip`` to leave out rows that are null.
    :raises RefrainError: for settings out of range and for texts that are null; ``row`` says which.
    """
    options = _library.options(on_error=on_error, threads=threads)
    least = _library.integer("min_bytes", min_bytes, 0)
    run = _library.integer("run", run)
    source = rows_of(data, text, id)
    texts = source.texts(None)
    table = Table()
    with reporting(progress) as report:
        call_long(
            "refrain_passages",
            texts.handle.value,
            run,
            least,
            options,
            *table.target,
            options=options,
            size=texts.size,
            report=report,
        )
    return SharedPassages(source, table.columns())
