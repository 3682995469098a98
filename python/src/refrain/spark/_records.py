"""From a data frame to its sketched records, numbered in the order that decides who stays."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import partial, reduce
from operator import and_
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np
import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from .. import _library
from .._library import RefrainError
from . import _native
from ._stages import BROADCAST_ROWS, Kept, Stages

INTEGERS = (T.ByteType, T.ShortType, T.IntegerType, T.LongType)
COMPARABLE = (T.NumericType, T.DateType, T.TimestampType, T.TimestampNTZType)


class Source(NamedTuple):
    """The caller's frame and which of its columns mean what."""

    frame: DataFrame
    text: str
    order: Tuple[str, ...]
    id: str

    @property
    def order_columns(self) -> List[Column]:
        """The columns that identify a record, as all stages call them."""
        return [F.col(quoted(name)).alias(f"o_{i}") for i, name in enumerate(self.order)]

    @property
    def order_names(self) -> List[str]:
        return [f"o_{i}" for i in range(len(self.order))]

    @property
    def is_numbered(self) -> bool:
        """Whether the order is one column of integers."""
        kind = self.frame.schema[self.order[0]].dataType
        return len(self.order) == 1 and isinstance(kind, INTEGERS)

    def without(self, gone: Kept) -> DataFrame:
        """The records but those that `gone` names by the order; ships no text while they are few."""
        keys = gone.frame.select(*(F.col(name).alias(f"gone_{name}") for name in self.order_names))
        if gone.rows <= BROADCAST_ROWS:
            keys = F.broadcast(keys)
        same = [
            self.frame[quoted(column)] == F.col(f"gone_{name}")
            for name, column in zip(self.order_names, self.order)
        ]
        return self.frame.join(keys, reduce(and_, same), "left_anti")


def quoted(name: str) -> str:
    """A column's name as an expression, dots included."""
    return "`" + name.replace("`", "``") + "`"


def source(
    frame: Any, text: str, order: Union[str, Sequence[str]], id: Optional[str], on_error: str
) -> Source:
    """Checks the columns, and leaves rows without a text out if they are to be skipped."""
    if not isinstance(frame, DataFrame) and not hasattr(frame, "mapInArrow"):
        raise TypeError(f"a {type(frame).__name__} is no Spark data frame")
    names = (order,) if isinstance(order, str) else tuple(order)
    if not names:
        raise ValueError("order must name a column")
    id = names[0] if id is None else id
    for name in (text, *names, id):
        if not isinstance(name, str):
            raise TypeError(f"columns are named by a str, not {type(name).__name__}")
        if name not in frame.columns:
            raise KeyError(f"no column {name!r}; columns are: {', '.join(frame.columns[:12])}")
    kind = frame.schema[text].dataType
    if not isinstance(kind, T.StringType):
        raise TypeError(f"the column {text!r} holds {kind.simpleString()}, not texts")
    if on_error == "skip":
        frame = frame.where(F.col(quoted(text)).isNotNull())
    return Source(frame, text, names, id)


class Precedence(NamedTuple):
    """Who comes first, before the order is asked: the least or the greatest rank, or the last in order."""

    rank: Optional[Column]
    descends: bool

    def sort(self, names: Sequence[str]) -> List[Column]:
        """The columns to sort by; records without a rank come last."""
        if self.rank is None:
            return [F.desc(name) if self.descends else F.asc(name) for name in names]
        rank = F.desc_nulls_last("rank") if self.descends else F.asc_nulls_last("rank")
        return [rank, *map(F.asc, names)]


def precedence(source: Source, keep: str) -> Precedence:
    """What a keep policy says of a frame, checked against its columns."""
    if not isinstance(keep, str):
        raise TypeError(f"keep must be a str, not {type(keep).__name__}")
    if keep in ("first", "last"):
        return Precedence(None, keep == "last")
    if keep == "longest":
        return Precedence(F.octet_length(F.col(quoted(source.text))), True)
    kind, _, rest = keep.partition(":")
    name, _, values = rest.partition("=")
    known = kind in ("newest", "oldest", "score", "priority")
    if not known or not name or (kind == "priority") != bool(values):
        raise RefrainError(f"keep: {keep!r} is not known", _library.BAD_SETTING)
    if name not in source.frame.columns:
        raise KeyError(f"keep: no column {name!r}")
    column = F.col(quoted(name))
    if kind == "priority":
        listed = values.split(",")
        rank = F.lit(len(listed))
        for place in reversed(range(len(listed))):
            rank = F.when(column.cast("string") == listed[place], place).otherwise(rank)
        return Precedence(rank, False)
    found = source.frame.schema[name].dataType
    if not isinstance(found, T.NumericType if kind == "score" else COMPARABLE):
        raise TypeError(f"keep: {name!r} holds {found.simpleString()}; cast it to a number or a date")
    return Precedence(column, kind != "oldest")


class Records(NamedTuple):
    """Records in the order of their items: item, o_0 ..., id, and what was made of their texts; no texts."""

    source: Source
    rows: Kept
    #: Whether items are the numbers of the order.
    is_numbered: bool

    def named(self, frame: DataFrame, **columns: str) -> DataFrame:
        """Items to ids, by column and its new name; with the first one, what the order says of it.

        Ships nothing if items, order and ids are the same numbers.
        """
        source = self.source
        names = source.order_names
        if self.is_numbered and source.id == source.order[0]:
            kind = source.frame.schema[source.id].dataType
            for column, name in columns.items():
                frame = frame.withColumn(name, F.col(column).cast(kind))
            return frame.withColumn("o_0", F.col(next(iter(columns))).cast(kind))
        for number, (column, name) in enumerate(columns.items()):
            ids = self.rows.frame.select(
                F.col("item").alias("of"), F.col("id").alias(f"id_{number}"), *(names if number == 0 else [])
            )
            frame = frame.withColumn("of", F.col(column)).join(ids, "of").drop("of", column)
            frame = frame.withColumnRenamed(f"id_{number}", name)
        return frame

    def texts(self, items: Kept) -> DataFrame:
        """The texts of some items: item, text. Ships nothing but the items while they are few."""
        source = self.source
        names = source.order_names
        if self.is_numbered:
            wanted = items.frame.select("item")
            named = source.frame.select(
                F.col(quoted(source.order[0])).cast("long").alias("item"),
                F.col(quoted(source.text)).alias("text"),
            )
            if items.rows <= BROADCAST_ROWS:
                wanted = F.broadcast(wanted)
            return named.join(wanted, "item", "left_semi")
        wanted = self.rows.frame.join(items.side.select("item"), "item").select("item", *names)
        if items.rows <= BROADCAST_ROWS:
            wanted = F.broadcast(wanted)
        texts = source.frame.select(*source.order_columns, F.col(quoted(source.text)).alias("text"))
        return texts.join(wanted, names).select("item", "text")


#: What stays of a text as signed numbers: hashes of its words, sentences and bytes, and how many n-grams it has.
SKETCHED = ("words_low", "words_high", "cut", "text_low", "text_high", "shingles")


def sketched(stages: Stages, source: Source, settings: Dict[str, Any], keep: str) -> Records:
    """Records with their hashes and keys."""
    fields = [T.StructField(name, T.LongType(), False) for name in SKETCHED]
    fields.append(T.StructField("keys", T.ArrayType(T.LongType(), False), False))
    return _numbered(stages, source, keep, "sketch", fields, partial(_sketch, settings=settings))


def seeded(stages: Stages, source: Source, run: int) -> Records:
    """Records with their seeds."""
    fields = [T.StructField("seeds", T.ArrayType(T.LongType(), False), False)]
    return _numbered(stages, source, "first", "seeds", fields, partial(_seeds, run=run))


def _numbered(
    stages: Stages, source: Source, keep: str, name: str, fields: List[T.StructField], work: Callable[..., Iterator[Any]]
) -> Records:
    """Reads all texts once, makes these fields of each, and numbers the records.

    Ships nothing of a record if the order is one column of integers, and otherwise its row once.
    """
    order = precedence(source, keep)
    columns = [*source.order_columns, F.col(quoted(source.id)).alias("id")]
    if order.rank is not None:
        columns.append(order.rank.alias("rank"))
    read = source.frame.select(*columns, F.col(quoted(source.text)).alias("text"))
    passing = [field for field in read.schema.fields if field.name != "text"]
    schema = T.StructType([T.StructField(field.name, field.dataType, True) for field in passing] + fields)
    kept = stages.keep(
        name, read.mapInArrow(partial(work, passing=[field.name for field in passing]), schema)
    )
    with stages.named("order"):
        _require_order(source, kept.frame)
    if keep == "first" and source.is_numbered:
        items = kept.frame.withColumn("item", F.col("o_0").cast("long"))
        return Records(source, Kept(items, kept.rows), True)
    by = order.sort(source.order_names)
    in_order = kept.frame.repartitionByRange(*by).sortWithinPartitions(*by)
    # The number of a row grows with its partition, and then with its place there.
    numbered = in_order.withColumn("item", F.monotonically_increasing_id())
    return Records(source, stages.keep("order", numbered), False)


def _sketch(batches: Iterator[Any], passing: List[str], settings: Dict[str, Any]) -> Iterator[Any]:
    """Texts to hashes, batch by batch."""
    for batch in batches:
        texts = _native.utf8(batch.column("text"))
        with _naming(batch, passing):
            sketch = _native.sketch(texts, settings)
        digests = _digests(texts)
        keys = [_native.signed(sketch.column(i)) for i in range(4, sketch.num_columns)]
        together = np.stack([np.asarray(key) for key in keys], axis=1).ravel()
        ends = np.arange(len(texts) + 1, dtype=np.int32) * len(keys)
        arrays = [batch.column(name) for name in passing]
        arrays += [_native.signed(sketch.column(name)) for name in SKETCHED[:3]]
        arrays += [pa.array(digests[:, 0]), pa.array(digests[:, 1])]
        arrays += [sketch.column("shingles").cast(pa.int64())]
        arrays += [pa.ListArray.from_arrays(pa.array(ends), pa.array(together))]
        yield pa.RecordBatch.from_arrays(arrays, names=[*passing, *SKETCHED, "keys"])


def _seeds(batches: Iterator[Any], passing: List[str], run: int) -> Iterator[Any]:
    """Texts to the hashes that stand for their runs of words, batch by batch."""
    for batch in batches:
        texts = _native.utf8(batch.column("text"))
        with _naming(batch, passing):
            found = _native.seeds(texts, run)
        ends = np.searchsorted(np.asarray(found.column("row")), np.arange(len(texts) + 1)).astype(np.int32)
        seeds = pa.ListArray.from_arrays(pa.array(ends), _native.signed(found.column("seed")))
        arrays = [*(batch.column(name) for name in passing), seeds]
        yield pa.RecordBatch.from_arrays(arrays, names=[*passing, "seeds"])


@contextmanager
def _naming(batch: Any, passing: List[str]) -> Iterator[None]:
    """Names the record that an error is about by its order."""
    try:
        yield
    except RefrainError as error:
        if error.row is None:
            raise
        names = [name for name in passing if name.startswith("o_")]
        place = ", ".join(str(batch.column(name)[error.row]) for name in names)
        raise RefrainError(f"the record with the order {place}: {error}", error.status) from None


def _digests(texts: Any) -> np.ndarray:
    """BLAKE2b of each text, 128 bits as two numbers: equal ones need not be compared again."""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    view = memoryview(data) if data is not None else memoryview(b"")
    joined = b"".join(
        hashlib.blake2b(view[start:end], digest_size=16).digest() for start, end in zip(ends, ends[1:])
    )
    return np.frombuffer(joined, np.int64).reshape(-1, 2)


def _require_order(source: Source, rows: DataFrame) -> None:
    """Whether the order tells all records apart; ships some 20 bytes a record."""
    names = source.order_names
    counted = rows.groupBy(*names).agg(F.count(F.lit(1)).alias("records"))
    missing = F.lit(False)
    for name in names:
        missing = missing | F.col(name).isNull()
    wrong = counted.where((F.col("records") > 1) | missing).limit(1).collect()
    if not wrong:
        return
    values = [wrong[0][name] for name in names]
    told = ", ".join(f"{name} = {value}" for name, value in zip(source.order, values))
    if any(value is None for value in values):
        raise RefrainError(f"the order has no value where {told}", _library.BAD_ARGUMENT)
    raise RefrainError(
        f"the order does not tell records apart: {wrong[0]['records']} have {told}; name a further column",
        _library.BAD_ARGUMENT,
    )
