"""The stages of the C library over Arrow arrays, as executors call them: one thread, no way to interrupt."""

from __future__ import annotations

from ctypes import c_void_p
from typing import Any, Dict

import numpy as np
import pyarrow as pa

from .. import _arrow, _library
from .._arrow import Table, Texts
from .._library import call


def options(settings: Dict[str, Any]) -> Any:
    """Options of the library; a task has one processor."""
    return _library.options(**{**settings, "threads": 1})


def texts(values: Any) -> Texts:
    """Imports an array of texts, which must outlive the result."""
    return _arrow.from_stream(pa.table({"text": values}), "text", None, values.nbytes)


def sketch(values: Any, settings: Dict[str, Any]) -> Any:
    """A row a text: hashes of its words and sentences, shingles, and a key a band."""
    table = Table()
    held = texts(values)
    call("refrain_sketch", held.handle.value, options(settings), *table.target)
    return table.batch()


def verify(values: Any, left: np.ndarray, right: np.ndarray, settings: Dict[str, Any]) -> Any:
    """The exact overlap of each pair of rows, and whether it reaches the threshold."""
    table = Table()
    held = texts(values)
    left, right = (np.ascontiguousarray(rows, np.uint64) for rows in (left, right))
    pointers = (c_void_p(left.ctypes.data), c_void_p(right.ctypes.data))
    count = len(left)
    call("refrain_verify", held.handle.value, *pointers, count, options(settings), *table.target)
    return table.batch()


def first_of_words(values: Any) -> np.ndarray:
    """For each text the row of the first one with the same words, verified word by word."""
    from .._dedup import dedup

    firsts = np.arange(len(values))
    removed = dedup(pa.table({"text": values}), match="words", threads=1, progress=False).removed
    firsts[np.asarray(removed.first, np.int64)] = np.asarray(removed.second, np.int64)
    return firsts


def seeds(values: Any, run: int) -> Any:
    """The seeds of texts: row and seed, by row."""
    table = Table()
    held = texts(values)
    call("refrain_seeds", held.handle.value, run, options({}), *table.target)
    return table.batch()


def compare_rows(values: Any, left: np.ndarray, right: np.ndarray, least: int) -> Any:
    """The passages of pairs of rows, pair by pair: left, right, places in bytes, similarity and containment."""
    table = Table()
    held = texts(values)
    left, right = (np.ascontiguousarray(rows, np.uint64) for rows in (left, right))
    pointers = (c_void_p(left.ctypes.data), c_void_p(right.ctypes.data))
    settings = options({})
    call("refrain_compare_rows", held.handle.value, *pointers, len(left), least, settings, *table.target)
    return table.batch()


def signed(column: Any) -> Any:
    """The same 64 bits as Spark takes them: it has no unsigned type."""
    return pa.Array.from_buffers(pa.int64(), len(column), [None, column.buffers()[1]], 0, column.offset)


def utf8(values: Any) -> Any:
    """Texts with offsets of 64 bits, whatever Spark sent."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return values if pa.types.is_large_string(values.type) else values.cast(pa.large_string())
