"""The passages that the records of a data frame share with each other."""

from __future__ import annotations

from functools import partial
from typing import Any, Dict, Optional, Sequence, Tuple, Union

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .. import _library
from . import _native
from ._buckets import Neighbours, listed
from ._compare import compared
from ._records import seeded, source
from ._stages import Stages, log

PLACES = ("a_start", "a_end", "b_start", "b_end")
PASSAGES = (
    "earlier long, later long, a_start long, a_end long, b_start long, b_end long, "
    "similarity double, containment double"
)

#: Pairs of records whose texts are made ready in one call.
CALL_PAIRS = 4096


def passages(
    df: DataFrame,
    text: str = "text",
    order: Union[str, Sequence[str]] = "id",
    id: Optional[str] = None,
    *,
    run: int = 16,
    min_bytes: int = 150,
    on_error: str = "fail",
) -> DataFrame:
    """Lists the passages that records share, word for word or edited: `a`, `b` (ids, the earlier record first),
    `a_start`, `a_end`, `b_start`, `b_end` (characters, so that ``substring(text, a_start + 1, a_end - a_start)`` is
    the passage), `similarity` and `containment`, in no order.

    They are those of ``refrain.passages`` for the same records in that order. The frame is read twice; texts are
    shipped for records alone that share a run of words with another one.

    :param text: the column of texts.
    :param order: the column, or columns, that say who is first; see ``dedup``.
    :param id: the column that records are called by; by default the first one of the order.
    :param run: equal words in a row that no two texts share unseen, 8 to 1,024. Larger ships less.
    :param min_bytes: leave out what is shorter than this in either text, but not 25 equal words; below 150 single
        sentences are told, too.
    :param on_error: ``fail``, or ``skip`` to leave out rows that are null.
    :raises RefrainError: for settings out of range, and for an order that does not tell records apart.
    """
    run = _library.integer("run", run)
    least = _library.integer("min_bytes", min_bytes, 0)
    _native.seeds(pa.array([""], pa.large_string()), run)
    given = source(df, text, order, id, on_error)
    stages = Stages(df)
    try:
        records = seeded(stages, given, run)
        band = F.lit(0).alias("band")
        keyed = records.rows.frame.select("item", band, F.explode("seeds").alias("key"))
        links = stages.keep(
            "pairs to compare",
            listed(keyed, Neighbours),
            pairs=F.size("others"),
            capped=F.col("capped").cast("int"),
        )
        if links.sums["capped"]:
            log.info(
                "%d records share a run with more than ten earlier ones, and are compared with three of these",
                links.sums["capped"],
            )
        found = compared(stages, records, links, partial(_passages, least=least), PASSAGES, "passages")
        told = records.named(found.frame, earlier="a", later="b")
        named = stages.keep("named", told.select("a", "b", *PLACES, "similarity", "containment"))
        stages.release(but_last=True)
        return named.frame
    except BaseException:
        stages.release()
        raise


def _passages(
    texts: Any, first: np.ndarray, second: np.ndarray, least: int
) -> Tuple[Dict[str, Any], np.ndarray]:
    # By the first text, which is made ready once for all that follow it.
    order = np.lexsort((second, first))
    parts = [
        _native.compare_rows(texts, first[some], second[some], least)
        for some in np.array_split(order, max(1, len(order) // CALL_PAIRS))
    ]
    found = pa.Table.from_batches(parts)
    left, right = (np.asarray(found.column(name)).astype(np.int64) for name in ("left", "right"))
    told = order[np.searchsorted(_number(first, second)[order], _number(left, right))]
    columns: Dict[str, Any] = {}
    for names, rows in ((PLACES[:2], left), (PLACES[2:], right)):
        ends = np.stack([np.asarray(found.column(name)).astype(np.int64) for name in names])
        for name, places in zip(names, _characters(texts, rows, ends)):
            columns[name] = pa.array(places)
    for name in ("similarity", "containment"):
        columns[name] = found.column(name).combine_chunks()
    return columns, told


def _number(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Pairs of rows as numbers in their order."""
    return (first << 32) | second


def _characters(texts: Any, rows: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Places in the UTF-8 of texts as numbers of characters, as Spark counts them."""
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if not len(rows):
        return places
    everything = np.frombuffer(data, np.uint8)
    result = np.empty_like(places)
    for row in np.unique(rows):
        own = rows == row
        # How many characters begin before each byte, and at the end.
        begins = (everything[starts[row] : starts[row + 1]] & 0xC0) != 0x80
        before = np.concatenate([[0], np.cumsum(begins)])
        result[:, own] = before[places[:, own]]
    return result
