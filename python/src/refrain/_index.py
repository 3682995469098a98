"""An index of texts in memory: insert, query, remove."""

from __future__ import annotations

import threading
from array import array
from ctypes import byref, c_int64, c_uint64, c_void_p
from typing import Any, Dict, Hashable, Iterable, List, NamedTuple, Optional, Sequence

from . import _arrow, _library
from ._arrow import Table
from ._library import REASONS, Handle, RefrainError, call, call_long


class Match(NamedTuple):
    """A text of the index that resembles the one that was asked about."""

    id: Any
    similarity: float
    containment: float
    #: ``identical``, ``same-words`` or ``near``.
    reason: str


class SimilarityIndex:
    """An index that says which known texts resemble a new one.

    Every match was compared on its exact sets of word n-grams. Several threads may use one index. It holds a
    copy of each text.
    """

    def __init__(self, threshold: float = 0.8, *, recall: float = 0.99, ngram: int = 5) -> None:
        options = _library.options(threshold=threshold, recall=recall, ngram=ngram)
        handle = c_uint64()
        call("refrain_index_new", options, byref(handle))
        self._handle = Handle(handle.value)
        self._lock = threading.Lock()
        self._numbers: Dict[Hashable, int] = {}
        self._ids: Dict[int, Any] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, id: Hashable) -> bool:
        return id in self._numbers

    def insert(self, id: Hashable, text: str) -> None:
        """Adds a text; an id that is taken is an error, and then nothing is added."""
        self.insert_many([id], [text])

    def insert_many(self, ids: Iterable[Hashable], texts: Sequence[str]) -> None:
        """Adds many texts at once, or none of them where an id is taken."""
        ids = list(ids)
        new = _arrow.from_list(list(texts))
        with self._lock:
            known = set()
            for id in ids:
                if id in self._numbers or id in known:
                    raise RefrainError(f"id: {id!r} is already in the index; remove it first")
                known.add(id)
            numbers = array("Q", range(self._next, self._next + len(ids)))
            address = c_void_p(numbers.buffer_info()[0])
            call("refrain_index_insert", self._handle.value, new.handle.value, address, len(ids))
            self._next += len(ids)
            self._numbers.update(zip(ids, numbers))
            self._ids.update(zip(numbers, ids))

    def remove(self, id: Hashable) -> bool:
        """Takes a text out; whether there was one."""
        with self._lock:
            number = self._numbers.pop(id, None)
            if number is None:
                return False
            numbers = array("Q", [number])
            removed = c_int64()
            address = c_void_p(numbers.buffer_info()[0])
            call("refrain_index_remove", self._handle.value, address, 1, byref(removed))
            del self._ids[number]
            return removed.value == 1

    def query(self, text: str, limit: Optional[int] = None) -> List[Match]:
        """The texts that reach the threshold or have the same words, the nearest first."""
        return self.query_many([text], limit, threads=1)[0]

    def query_many(
        self, texts: Sequence[str], limit: Optional[int] = None, *, threads: Optional[int] = None
    ) -> List[List[Match]]:
        """What ``query`` says of each of many texts."""
        asked = _arrow.from_list(list(texts))
        options = _library.options(threads=threads)
        most = (1 << 62) if limit is None else _library.integer("limit", limit, 0, 1 << 62)
        table = Table()
        call_long(
            "refrain_index_query",
            self._handle.value,
            asked.handle.value,
            most,
            options,
            *table.target,
            options=options,
            size=asked.size,
        )
        columns = table.columns()
        matches: List[List[Match]] = [[] for _ in range(asked.count)]
        names = ("query", "id", "similarity", "containment", "reason")
        for row, number, alike, within, reason in zip(*(columns[name] for name in names)):
            # One that was removed meanwhile is no match any more.
            id = self._ids.get(number, matches)
            if id is not matches:
                matches[row].append(Match(id, alike, within, REASONS[reason]))
        return matches
