"""Refrain finds near-duplicates and repeated passages in text.

>>> import refrain
>>> result = refrain.dedup(["one and the same text", "one and the same text", "another text"])
>>> result.selected
['one and the same text', 'another text']

The engine is the one of the ``refrain`` program, which this package installs as well.
"""

from ._check import CheckResult, Finding, Place, check
from ._compare import Overlap, Passage, Span, compare, similarity
from ._dedup import Columns, Deduplication, Pair, Removal, dedup, pairs
from ._index import Match, SimilarityIndex
from ._library import RefrainError
from ._passages import SharedPassage, SharedPassages, passages
from ._progress import Progress

__version__ = "0.1.0"

__all__ = [
    "CheckResult",
    "Columns",
    "Deduplication",
    "Finding",
    "Match",
    "Overlap",
    "Pair",
    "Passage",
    "Place",
    "Progress",
    "RefrainError",
    "Removal",
    "SharedPassage",
    "SharedPassages",
    "SimilarityIndex",
    "Span",
    "check",
    "compare",
    "dedup",
    "pairs",
    "passages",
    "similarity",
]
