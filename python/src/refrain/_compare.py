"""Two texts beside each other: how alike they are, and which passages they share."""

from __future__ import annotations

from typing import Any, List, NamedTuple, Optional, Sequence, Union, overload

from . import _arrow, _library
from ._arrow import Table
from ._library import call_long


class Overlap(NamedTuple):
    """The exact overlap of two sets of word n-grams."""

    shared: int
    left: int
    right: int

    @property
    def similarity(self) -> float:
        """The Jaccard similarity, from 0 to 1; 0 for two texts without a word."""
        union = self.left + self.right - self.shared
        return self.shared / union if union else 0.0

    @property
    def containment(self) -> float:
        """The share of the smaller set that the larger one holds."""
        least = min(self.left, self.right)
        return self.shared / least if least else 0.0

    def __float__(self) -> float:
        return self.similarity


@overload
def similarity(  # type: ignore[overload-overlap]
    a: str, b: str, *, ngram: int = 5, threads: Optional[int] = None
) -> Overlap: ...


@overload
def similarity(
    a: Sequence[str], b: Sequence[str], *, ngram: int = 5, threads: Optional[int] = None
) -> List[Overlap]: ...


def similarity(
    a: Union[str, Sequence[str]],
    b: Union[str, Sequence[str]],
    *,
    ngram: int = 5,
    threads: Optional[int] = None,
) -> Union[Overlap, List[Overlap]]:
    """How alike two texts are, or two lists of texts row by row.

    ``float(similarity(a, b))`` is the Jaccard similarity of their sets of word n-grams.
    """
    alone = isinstance(a, str)
    if alone != isinstance(b, str):
        raise TypeError("both must be a str, or both lists of str")
    left = _arrow.from_list([a] if isinstance(a, str) else list(a))
    right = _arrow.from_list([b] if isinstance(b, str) else list(b))
    options = _library.options(ngram=ngram, threads=1 if alone and threads is None else threads)
    table = Table()
    call_long(
        "refrain_similarity",
        left.handle.value,
        right.handle.value,
        options,
        *table.target,
        options=options,
        size=left.size + right.size,
    )
    columns = table.columns()
    overlaps = [Overlap(*row) for row in zip(columns["shared"], columns["left"], columns["right"])]
    return overlaps[0] if alone else overlaps


class Span(NamedTuple):
    """A stretch of a text: characters, as Python counts them, and bytes of its UTF-8."""

    start: int
    end: int
    start_byte: int
    end_byte: int


class Passage(NamedTuple):
    """A passage that two texts share."""

    a: Span
    b: Span
    #: The overlap of the word bigrams of the two places.
    similarity: float
    containment: float


def span(utf8: bytes, start: int, end: int) -> Span:
    """The stretch between two bytes of a text."""
    before = len(utf8[:start].decode("utf-8", "replace"))
    return Span(before, before + len(utf8[start:end].decode("utf-8", "replace")), start, end)


def compare(a: str, b: str, *, min_bytes: int = 0) -> List[Passage]:
    """The passages that two texts share, by place, as ``refrain compare`` finds them in plain text.

    ``a[p.a.start : p.a.end]`` is a passage ``p`` as it reads in ``a``.

    :param min_bytes: leave out what is shorter than this in either text; from 150 on, single sentences
        are left out.
    """
    for name, value in (("a", a), ("b", b)):
        if not isinstance(value, str):
            raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    left, right = _arrow.from_list([a]), _arrow.from_list([b])
    options = _library.options(threads=1)
    table = Table()
    call_long(
        "refrain_compare",
        left.handle.value,
        right.handle.value,
        _library.integer("min_bytes", min_bytes, 0),
        options,
        *table.target,
        options=options,
        size=left.size + right.size,
    )
    columns = table.columns()
    utf8 = a.encode(), b.encode()
    names = ("a_start", "a_end", "b_start", "b_end", "similarity", "containment")
    passages: List[Any] = []
    for a_start, a_end, b_start, b_end, alike, within in zip(*(columns[name] for name in names)):
        passages.append(
            Passage(span(utf8[0], a_start, a_end), span(utf8[1], b_start, b_end), alike, within)
        )
    return passages
