"""Candidates by equal keys, with the caps of one machine."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, Iterator, List, Tuple

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ._classes import Classes
from ._records import Records
from ._stages import Kept, Stages

LISTS = "item long, hub long, others array<long>, capped boolean"


class Representatives:
    """A bucket whose records are compared with the first ones: `Buckets` of the engine."""

    #: How many of them: `Buckets.representatives`.
    MOST = 64

    def __init__(self) -> None:
        self.firsts: List[int] = []
        self.size = 0

    def add(self, item: int) -> Tuple[List[int], bool]:
        """The records before this one that it is compared with, and whether the bucket kept others from it."""
        others, capped = self.firsts, self.size > self.MOST
        self.size += 1
        if len(self.firsts) < self.MOST:
            self.firsts = [*self.firsts, item]
        return others, capped


class Neighbours:
    """A bucket whose first records are compared with all before them, and later ones with the first and with the two
    before them: `SharedKeys` of the engine."""

    #: How many are compared with all: `SharedKeys.full`.
    FULL = 10

    def __init__(self) -> None:
        self.firsts: List[int] = []
        self.lasts: List[int] = []

    def add(self, item: int) -> Tuple[List[int], bool]:
        """As with `Representatives`."""
        capped = len(self.firsts) == self.FULL
        others = sorted({self.firsts[0], *self.lasts}) if capped else self.firsts
        if not capped:
            self.firsts = [*self.firsts, item]
        self.lasts = [*self.lasts[-1:], item]
        return others, capped


#: Makes an empty bucket.
Bucket = Callable[[], Any]


def candidates(stages: Stages, records: Records, classes: Classes) -> Kept:
    """The candidates of each record: hub, item, others, capped.

    `others` are earlier than `item`. Each pair stands in one row; `hub` is the first record of a bucket that holds
    it, so that what lies in crowded buckets meets in one place. `capped` is true once for each record of which
    a crowded bucket left candidates out. Ships a row of 20 bytes a band and record; a task holds 64 items of
    a bucket at a time, however many there are.
    """
    rows = classes.without_represented(records.rows.frame.where("shingles > 0").select("item", "keys"))
    keyed = rows.select("item", F.posexplode("keys").alias("band", "key"))
    return stages.keep(
        "candidates", listed(keyed), pairs=F.size("others"), capped=F.col("capped").cast("int")
    )


def listed(keyed: DataFrame, rule: Bucket = Representatives) -> DataFrame:
    """The candidates that follow from rows of item, band and key; each pair of records stands in one row."""
    in_buckets = keyed.repartition("band", "key").sortWithinPartitions("band", "key", "item")
    lists = in_buckets.select("band", "key", "item").mapInArrow(partial(_bucket_lists, rule=rule), LISTS)
    by_item = lists.repartition("item").sortWithinPartitions("item", "hub")
    return by_item.mapInArrow(_distinct_lists, LISTS)


def _bucket_lists(batches: Iterator[Any], rule: Bucket = Representatives) -> Iterator[Any]:
    """The rows of buckets, sorted, to a list for each record that has others before it in its bucket."""
    place: Tuple[int, int] = (-1, 0)
    bucket = rule()
    for batch in batches:
        bands, keys, items = (np.asarray(batch.column(i)) for i in range(3))
        if not len(items):
            continue
        changes = np.flatnonzero((bands[1:] != bands[:-1]) | (keys[1:] != keys[:-1])) + 1
        starts = np.concatenate([[0], changes])
        ends = np.concatenate([changes, [len(items)]])
        writer = ListWriter()
        # Most buckets have one record; only the first and the last of a batch may go on elsewhere.
        wanted = np.flatnonzero(ends - starts > 1)
        for run in np.union1d(wanted, [0, len(starts) - 1]):
            start, end = int(starts[run]), int(ends[run])
            here = (int(bands[start]), int(keys[start]))
            if here != place:
                place, bucket = here, rule()
            for item in items[start:end].tolist():
                others, capped = bucket.add(item)
                if others:
                    writer.add(item, others[0], others, capped)
        yield writer.batch()


def _distinct_lists(batches: Iterator[Any]) -> Iterator[Any]:
    """The lists of each record, sorted by hub, to lists in which each candidate stands once."""
    current = None
    hubs: Dict[int, List[int]] = {}
    capped = False

    def finish(writer: "ListWriter") -> None:
        nonlocal capped
        seen: set = set()
        for hub, others in hubs.items():
            fresh = [other for other in others if other not in seen]
            if fresh:
                writer.add(current, hub, sorted(fresh), capped)
                seen.update(fresh)
                capped = False

    for batch in batches:
        writer = ListWriter()
        columns = (batch.column(i).to_pylist() for i in range(4))
        for item, hub, others, cut in zip(*columns):
            if item != current:
                finish(writer)
                current, hubs, capped = item, {}, False
            known = hubs.get(hub)
            hubs[hub] = others if known is None or known == others else sorted({*known, *others})
            capped = capped or cut
        yield writer.batch()
    writer = ListWriter()
    finish(writer)
    yield writer.batch()


class ListWriter:
    """Rows of `LISTS`, as a batch."""

    def __init__(self) -> None:
        self._items: List[int] = []
        self._hubs: List[int] = []
        self._others: List[List[int]] = []
        self._capped: List[bool] = []

    def add(self, item: Any, hub: int, others: List[int], capped: bool) -> None:
        """Adds a row; the list must not change afterwards."""
        self._items.append(item)
        self._hubs.append(hub)
        self._others.append(others)
        self._capped.append(capped)

    def batch(self) -> Any:
        ends = np.zeros(len(self._others) + 1, np.int32)
        np.cumsum([len(others) for others in self._others], out=ends[1:])
        flat = np.fromiter((item for others in self._others for item in others), np.int64, int(ends[-1]))
        return pa.RecordBatch.from_arrays(
            [
                pa.array(self._items, pa.int64()),
                pa.array(self._hubs, pa.int64()),
                pa.ListArray.from_arrays(pa.array(ends), pa.array(flat)),
                pa.array(self._capped, pa.bool_()),
            ],
            names=["item", "hub", "others", "capped"],
        )
