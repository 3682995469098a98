"""What stages have in common: results that are kept, names that the Spark UI shows, and joins by size."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import Any, Dict, Iterator, List, Optional

import pyarrow as pa

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

log = logging.getLogger("refrain.spark")

#: Rows up to which a result is computed again where it is read: less work than a stage of its own.
FEW_ROWS = 200_000

#: Rows up to which one side of a join is sent to all executors: some 24 bytes a row on each.
BROADCAST_ROWS = 4_000_000


class Stages:
    """The results of one run.

    A result that later stages read more than once is written to the checkpoint directory of the Spark context.
    Without such a directory, it is cached on the disks of the executors, and what is lost with one of them is
    computed again: all stages are pure. `localCheckpoint` would forget how.
    """

    def __init__(self, frame: DataFrame) -> None:
        self.session = frame.sparkSession
        self._held: List[DataFrame] = []
        try:
            self._context: Any = self.session.sparkContext
        except Exception:  # Spark Connect has none.
            self._context = None

    @contextmanager
    def named(self, name: str) -> Iterator[None]:
        """Gives the jobs inside a name."""
        if self._context is None:
            yield
            return
        before = self._context.getLocalProperty("spark.job.description")
        self._context.setLocalProperty("spark.job.description", f"refrain: {name}")
        try:
            yield
        finally:
            self._context.setLocalProperty("spark.job.description", before)

    def keep(self, name: str, frame: DataFrame, **sums: Column) -> "Kept":
        """Computes a result, which is there until `release`, how many rows it has, and the sums of columns."""
        with self.named(name):
            directory = None
            if self._context is not None:
                directory = self._context._jsc.sc().getCheckpointDir()
            if directory is not None and directory.isDefined():
                kept = frame.checkpoint(eager=True)
            else:
                from pyspark import StorageLevel

                held = frame.persist(StorageLevel.DISK_ONLY)
                self._held.append(held)
                kept = self._leaf(held)
            columns = [F.coalesce(F.sum(column), F.lit(0)).alias(of) for of, column in sums.items()]
            found = kept.agg(F.count(F.lit(1)).alias("rows"), *columns).collect()[0].asDict()
        rows = found.pop("rows")
        log.info("%s: %d rows", name, rows)
        return Kept(kept, rows, found)

    def keep_many(self, name: str, frame: DataFrame, most: int) -> "Kept":
        """A result of at most so many rows: computed now if these are many, and where it is read if they are few."""
        return self.keep(name, frame) if most > FEW_ROWS else Kept(frame, most)

    def _leaf(self, held: DataFrame) -> DataFrame:
        """A cached frame whose plan begins with it, so that plans do not grow from stage to stage.

        Its partitions still know how they were made. This is what `checkpoint` does but for the files, by
        a method that Spark keeps to itself; without it, plans only take longer to make.
        """
        if self._context is None:
            return held
        try:
            plan = held._jdf.queryExecution().toRdd()
            frame = self.session._jsparkSession.internalCreateDataFrame(plan, held._jdf.schema(), False)
            return DataFrame(frame, self.session)
        except (AttributeError, TypeError):
            return held

    def release(self, but_last: bool = False) -> None:
        """Lets go of all results, except the last one where the caller gets it."""
        for frame in self._held[: len(self._held) - but_last]:
            frame.unpersist()
        self._held = []


class Kept:
    """A result, how many rows it has (at most, if it was not computed), and sums that came with it."""

    def __init__(self, frame: DataFrame, rows: int, sums: Optional[Dict[str, int]] = None) -> None:
        self.frame = frame
        self.rows = rows
        self.sums = sums or {}

    @property
    def side(self) -> DataFrame:
        """The result as the smaller side of a join, sent to all executors if it is small."""
        return F.broadcast(self.frame) if self.rows <= BROADCAST_ROWS else self.frame


def empty(session: Any, schema: str) -> Kept:
    """A result without rows."""
    return Kept(session.createDataFrame([], schema), 0)


def local(session: Any, **columns: Any) -> Kept:
    """A result that the driver made: columns of whole numbers."""
    table = pa.table({name: pa.array(list(values), pa.int64()) for name, values in columns.items()})
    return Kept(session.createDataFrame(table), table.num_rows)
