"""Near-duplicates among texts: who stays, who goes, and which pairs there are."""

from __future__ import annotations

from array import array
from collections.abc import Sequence as AbstractSequence
from ctypes import byref, c_uint64
from typing import Any, Dict, Generic, Iterator, List, NamedTuple, Optional, Sequence, TypeVar, overload

from . import _library
from ._arrow import Table, Texts
from ._data import Data, data as rows_of
from ._library import Handle, REASONS, call, call_long
from ._progress import Progress, reporting


class Removal(NamedTuple):
    """A text that goes, and the one that stays for it."""

    #: What the text that goes is called: its id, or its row.
    id: Any
    #: What the text that stays is called.
    kept: Any
    #: The exact Jaccard similarity of their sets of word n-grams.
    similarity: float
    #: The share of the smaller set that the larger one holds.
    containment: float
    #: ``identical``, ``same-words`` or ``near``.
    reason: str
    #: The rows of the two, from 0.
    row: int
    kept_row: int


class Pair(NamedTuple):
    """Two texts that are duplicates of each other, the earlier one first."""

    a: Any
    b: Any
    similarity: float
    containment: float
    reason: str
    row_a: int
    row_b: int


Item = TypeVar("Item", Removal, Pair)


class Columns(AbstractSequence, Generic[Item]):
    """A list of removals or pairs, held as columns.

    Attributes ``first``, ``second`` (rows), ``similarity``, ``containment`` and ``reason`` (numbers, see
    ``REASONS``) are arrays.
    """

    def __init__(self, kind: Any, names: Sequence[str], data: Data, columns: Dict[str, array]) -> None:
        self._kind = kind
        self._names = names
        self._data = data
        self.first: array = columns[names[0]]
        self.second: array = columns[names[1]]
        self.similarity: array = columns["similarity"]
        self.containment: array = columns["containment"]
        self.reason: array = columns["reason"]

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> List[Item]: ...

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return list(self._items(range(*index.indices(len(self)))))
        return next(self._items([range(len(self))[index]]))

    def __iter__(self) -> Iterator[Item]:
        return self._items(range(len(self)))

    def _items(self, indices: Sequence[int]) -> Iterator[Any]:
        first = array("Q", (self.first[i] for i in indices))
        second = array("Q", (self.second[i] for i in indices))
        names = zip(self._data.ids(first), self._data.ids(second))
        for i, (a, b) in zip(indices, names):
            yield self._kind(
                a,
                b,
                self.similarity[i],
                self.containment[i],
                REASONS[self.reason[i]],
                self.first[i],
                self.second[i],
            )

    def to_arrow(self) -> Any:
        """A pyarrow table: the ids of both, similarity, containment, reason, and both rows."""
        import pyarrow

        reasons = pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(self.reason, pyarrow.int8()), pyarrow.array(REASONS)
        )
        first, second = self._kind._fields[:2]
        rows = self._kind._fields[5:]
        return pyarrow.table(
            {
                first: self._data.ids(self.first),
                second: self._data.ids(self.second),
                "similarity": pyarrow.array(self.similarity, pyarrow.float64()),
                "containment": pyarrow.array(self.containment, pyarrow.float64()),
                "reason": reasons,
                rows[0]: pyarrow.array(self.first, pyarrow.uint64()),
                rows[1]: pyarrow.array(self.second, pyarrow.uint64()),
            }
        )

    def __repr__(self) -> str:
        return f"<{len(self)} of {self._kind.__name__}>"


class Deduplication:
    """Which texts stay, which go, and why.

    It holds on to the texts, so that another threshold can be asked for.
    """

    def __init__(
        self,
        data: Data,
        texts: Texts,
        handle: Handle,
        settings: Dict[str, Any],
        threshold: float,
        columns: Dict[str, array],
        skipped: array,
    ) -> None:
        self._data = data
        self._texts = texts
        self._handle = handle
        self._settings = settings
        #: The least similarity of near-duplicates.
        self.threshold = threshold
        #: The texts that go, by row.
        self.removed: Columns[Removal] = Columns(Removal, ("removed", "kept"), data, columns)
        #: Rows that hold no text and were left out, with ``on_error="skip"``.
        self.skipped: List[int] = list(skipped)
        gone = bytearray(texts.count)
        for row in self.removed.first:
            gone[row] = 1
        for row in skipped:
            gone[row] = 1
        #: The rows that stay, ascending.
        self.rows: array = array("Q", (row for row in range(texts.count) if not gone[row]))

    @property
    def selected(self) -> Any:
        """What stays, as the caller gave it: a list, table, frame, relation or dataset."""
        return self._data.take(self.rows)

    @property
    def kept(self) -> List[Any]:
        """What the texts that stay are called."""
        return self._data.ids(self.rows)

    @property
    def duplicate_ratio(self) -> float:
        """The share of the texts that go."""
        read = len(self.rows) + len(self.removed)
        return len(self.removed) / read if read else 0.0

    @property
    def clusters(self) -> List[List[Any]]:
        """The clusters of two texts and more: first the one that stays, then those that go for it."""
        members: Dict[int, List[int]] = {}
        for row, kept in zip(self.removed.first, self.removed.second):
            members.setdefault(kept, [kept]).append(row)
        clusters = [members[kept] for kept in sorted(members)]
        names = iter(self._data.ids(array("Q", (row for rows in clusters for row in rows))))
        return [[next(names) for _ in rows] for rows in clusters]

    def rethreshold(self, threshold: float, progress: Progress = None) -> "Deduplication":
        """The same texts at a higher threshold, from the pairs that are known; no text is sketched again.

        The first call compares all pairs of candidates; later ones take milliseconds.
        """
        settings = dict(self._settings, threshold=threshold)
        options = _library.options(**settings)
        table = Table()
        with reporting(progress) as report:
            call_long(
                "refrain_dedup_removed",
                self._handle.value,
                options.threshold,
                options,
                *table.target,
                options=options,
                size=self._texts.size,
                report=report,
            )
        return Deduplication(
            self._data,
            self._texts,
            self._handle,
            settings,
            options.threshold,
            table.columns(),
            array("Q", self.skipped),
        )

    def __repr__(self) -> str:
        return (
            f"<Deduplication at {self.threshold:g}: {len(self.rows)} stay, {len(self.removed)} go>"
        )


def _policy(keep: Any) -> Optional[str]:
    """The column that a keep policy looks at."""
    if not isinstance(keep, str):
        raise TypeError(f"keep must be a str, not {type(keep).__name__}")
    kind, _, rest = keep.partition(":")
    if kind in ("newest", "oldest", "score") and rest:
        return rest
    if kind == "priority" and "=" in rest:
        return rest.partition("=")[0]
    return None


def dedup(
    data: Any,
    text: str = "text",
    id: Any = None,
    threshold: float = 0.8,
    keep: str = "first",
    *,
    recall: float = 0.99,
    ngram: int = 5,
    match: str = "near",
    exhaustive: bool = False,
    bands: Optional[int] = None,
    rows: Optional[int] = None,
    on_error: str = "fail",
    threads: Optional[int] = None,
    memory: Optional[int] = None,
    progress: Progress = None,
) -> Deduplication:
    """Finds the near-duplicates among texts, and which of them are to go.

    What ``refrain dedup`` removes of a file, this removes of the same texts.

    :param data: a list of texts, of records or of pairs of an id and a text; a dict of texts; anything with
        ``__arrow_c_stream__``; a Polars, pandas or DuckDB frame, series or relation; a Hugging Face dataset.
    :param text: the column or field that holds the texts.
    :param id: the column or field that says what they are called; a list of ids for a list of texts. Where
        it is None, they are called by their rows, from 0.
    :param threshold: the least Jaccard similarity of near-duplicates, above 0 and at most 1.
    :param keep: ``first``, ``last``, ``longest``, ``newest:COLUMN``, ``oldest:COLUMN``, ``score:COLUMN`` or
        ``priority:COLUMN=v1,v2``.
    :param recall: the least probability with which a pair at the threshold is proposed.
    :param ngram: words in an n-gram, 1 to 64.
    :param match: ``near``, ``words`` (only texts with the same words) or ``identical``.
    :param exhaustive: whether no pair may be missed, at the cost of time.
    :param bands: with ``rows``, the bands and rows of signatures, instead of ``recall``.
    :param on_error: ``fail``, or ``skip`` to leave out rows that are null.
    :param threads: as many as processors where None; the result is the same for any number.
    :param memory: bytes that keys and shingles may take, 1 GiB where None.
    :param progress: see ``refrain.Progress``.
    :raises RefrainError: for settings out of range and for texts that are null; ``row`` says which.
    """
    settings: Dict[str, Any] = dict(
        threshold=threshold,
        recall=recall,
        ngram=ngram,
        match=match,
        exhaustive=exhaustive,
        bands=bands,
        rows=rows,
        on_error=on_error,
        threads=threads,
        memory=memory,
        keep=keep,
    )
    policy = _policy(keep)
    options = _library.options(**settings)
    source = rows_of(data, text, id)
    texts = source.texts(policy)
    handle = c_uint64()
    with reporting(progress) as report:
        call_long(
            "refrain_dedup",
            texts.handle.value,
            options,
            byref(handle),
            options=options,
            size=texts.size,
            report=report,
        )
    result = Handle(handle.value)
    removed, skipped = Table(), Table()
    call("refrain_dedup_removed", result.value, 0.0, None, *removed.target)
    call("refrain_dedup_skipped", result.value, *skipped.target)
    return Deduplication(
        source,
        texts,
        result,
        settings,
        options.threshold,
        removed.columns(),
        skipped.columns()["row"],
    )


def pairs(
    data: Any,
    text: str = "text",
    id: Any = None,
    threshold: float = 0.8,
    *,
    recall: float = 0.99,
    ngram: int = 5,
    match: str = "near",
    exhaustive: bool = False,
    bands: Optional[int] = None,
    rows: Optional[int] = None,
    all_pairs: bool = False,
    on_error: str = "fail",
    threads: Optional[int] = None,
    memory: Optional[int] = None,
    progress: Progress = None,
) -> "Columns[Pair]":
    """Lists the pairs of texts that are duplicates, by first and second row, as ``refrain pairs`` does.

    :param all_pairs: whether every pair of more than a hundred texts with the same words is listed, and not
        only the first with each of the others.
    """
    options = _library.options(
        threshold=threshold,
        recall=recall,
        ngram=ngram,
        match=match,
        exhaustive=exhaustive,
        bands=bands,
        rows=rows,
        all_pairs=all_pairs,
        on_error=on_error,
        threads=threads,
        memory=memory,
    )
    source = rows_of(data, text, id)
    texts = source.texts(None)
    table = Table()
    with reporting(progress) as report:
        call_long(
            "refrain_pairs",
            texts.handle.value,
            options,
            *table.target,
            options=options,
            size=texts.size,
            report=report,
        )
    return Columns(Pair, ("a", "b"), source, table.columns())
