"""Texts joined to candidates, and compared where they meet."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

import numpy as np
import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from .._library import RefrainError
from . import _native
from ._records import Records
from ._stages import Kept, Stages, empty

#: Records of a hub that are compared in one place; each place gets the texts that its records ask for.
PLACE_RECORDS = 4096

FIGURES = "earlier long, later long, shared long, left long, right long"

#: From texts, and pairs of rows of them (earlier, later), to columns, and which pairs are told.
Comparison = Callable[[Any, np.ndarray, np.ndarray], Tuple[Dict[str, Any], np.ndarray]]


def overlaps(
    stages: Stages, records: Records, links: Kept, settings: Dict[str, Any], name: str, all_pairs: bool = False
) -> Kept:
    """The exact figures of candidates that reach the threshold, or of all: FIGURES."""
    comparison = partial(_overlaps, settings=settings, all_pairs=all_pairs)
    return compared(stages, records, links, comparison, FIGURES, name)


def same_words(stages: Stages, records: Records, links: Kept) -> Optional[Kept]:
    """The pairs of records whose words differ: earlier, later."""
    if links.rows == 0:
        return None
    return compared(stages, records, links, _other_words, "earlier long, later long", "same words")


def compared(
    stages: Stages, records: Records, links: Kept, comparison: Comparison, schema: str, name: str
) -> Kept:
    """Brings texts to the rows of hub, item and others, and compares each item with its others.

    A text is shipped once a hub in which it is needed; what shares no key is never shipped. A hub of more than
    `PLACE_RECORDS` records is spread over several places.
    """
    if links.rows == 0:
        return empty(stages.session, schema)
    placed = _placed(stages, links, name).select(
        "hub",
        "place",
        F.inline(
            F.concat(
                F.array(F.struct("item", "others", F.lit(False).alias("asked"))),
                F.transform("others", _asked),
            )
        ),
    )
    # An item that others ask for has no list in that row, and the collection passes it over.
    members = stages.keep_many(
        f"{name}: members",
        placed.groupBy("hub", "place", "item").agg(
            F.flatten(F.collect_list("others")).alias("others"), F.max("asked").alias("asked")
        ),
        links.rows + links.sums.get("pairs", links.rows),
    )
    items = stages.keep_many(f"{name}: items", members.frame.select("item").distinct(), members.rows)
    # A text that is not found any more is null here, and an error where it is missed.
    with_texts = members.frame.join(records.texts(items), "item", "left")
    together = with_texts.repartition("hub", "place").sortWithinPartitions("hub", "place", "item")
    columns = together.select("hub", "place", "item", "others", "asked", "text")
    return stages.keep(name, columns.mapInArrow(partial(_compare, comparison=comparison), schema))


def _placed(stages: Stages, links: Kept, name: str) -> DataFrame:
    """The rows of links with the place in which their hub compares them."""
    asking = links.frame.select("hub", "item", "others")
    if links.rows > PLACE_RECORDS:
        crowds = links.frame.groupBy("hub").agg(F.count(F.lit(1)).alias("records"))
        crowded = stages.keep(f"{name}: crowds", crowds.where(F.col("records") > PLACE_RECORDS))
        if crowded.rows:
            places = F.ceil(F.col("records") / PLACE_RECORDS)
            place = F.coalesce(F.pmod(F.xxhash64("item"), places), F.lit(0)).cast("long")
            return asking.join(crowded.side, "hub", "left").withColumn("place", place).drop("records")
    return asking.withColumn("place", F.lit(0).cast("long"))


def _asked(other: Column) -> Column:
    none = F.lit(None).cast("array<long>")
    return F.struct(other.alias("item"), none.alias("others"), F.lit(True).alias("asked"))


def _compare(batches: Iterator[Any], comparison: Comparison) -> Iterator[Any]:
    """Sorted rows of hub, place, item, others, asked and text to what is told of their pairs.

    Of a hub that goes on in the next batch, only texts that are asked for are held.
    """
    held_place: Tuple[int, int] = (0, -1)
    held_items: List[int] = []
    held_texts = pa.array([], pa.large_string())
    for batch in batches:
        if batch.num_rows == 0:
            continue
        hubs, places, items, others, asked = (batch.column(i).to_pylist() for i in range(5))
        if batch.column("text").null_count:
            row = batch.column("text").is_null().to_pylist().index(True)
            raise RefrainError(f"record {items[row]} has no text any more: the data changed while it was read")
        texts = pa.concat_arrays([held_texts, _native.utf8(batch.column("text"))])
        rows: Dict[Tuple[int, int, int], int] = {}
        for row, item in enumerate(held_items):
            rows[(*held_place, item)] = row
        base = len(held_items)
        earlier: List[int] = []
        later: List[int] = []
        for row, (hub, place, item, wanted) in enumerate(zip(hubs, places, items, others)):
            rows[(hub, place, item)] = base + row
            for other in wanted:
                earlier.append(rows[(hub, place, other)])
                later.append(base + row)
        last = (hubs[-1], places[-1])
        keep = [row for row, item in enumerate(held_items)] if last == held_place else []
        numbers = [held_items[row] for row in keep]
        for row in reversed(range(len(items))):
            if (hubs[row], places[row]) != last:
                break
            if asked[row]:
                keep.append(base + row)
                numbers.append(items[row])
        all_items = np.array(held_items + items, np.int64)
        if earlier:
            first, second = np.array(earlier), np.array(later)
            columns, told = comparison(texts, first, second)
            arrays = {"earlier": pa.array(all_items[first[told]]), "later": pa.array(all_items[second[told]])}
            yield pa.RecordBatch.from_pydict({**arrays, **columns})
        held_place, held_items = last, numbers
        held_texts = texts.take(pa.array(keep, pa.int64()))


def _overlaps(
    texts: Any, first: np.ndarray, second: np.ndarray, settings: Dict[str, Any], all_pairs: bool
) -> Tuple[Dict[str, Any], np.ndarray]:
    # The later record's n-grams stay in the table while its candidates are held against them.
    figures = _native.verify(texts, second, first, settings)
    reached = np.asarray(figures.column("reached"))
    told = np.arange(len(first)) if all_pairs else np.flatnonzero(reached)
    shared, right, left = (np.asarray(figures.column(i))[told].astype(np.int64) for i in range(3))
    return {"shared": pa.array(shared), "left": pa.array(left), "right": pa.array(right)}, told


def _other_words(
    texts: Any, first: np.ndarray, second: np.ndarray
) -> Tuple[Dict[str, Any], np.ndarray]:
    words = _native.first_of_words(texts)
    return {}, np.flatnonzero(words[first] != words[second])
