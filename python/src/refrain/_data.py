"""What a caller gave: lists, Arrow, Polars, pandas, DuckDB or datasets, all seen as rows of texts.

Of these packages none is imported here before the caller did.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any, Callable, List, Mapping, Optional, Sequence

from . import _arrow
from ._arrow import Texts


class Data:
    """Rows with a text each, of which some can be taken out again."""

    def texts(self, policy: Optional[str]) -> Texts:
        """Hands the texts to the library, with the column that a keep policy looks at."""
        raise NotImplementedError

    def take(self, rows: Sequence[int]) -> Any:
        """These rows, as what the caller gave."""
        raise NotImplementedError

    def ids(self, rows: Sequence[int]) -> List[Any]:
        """What these rows are called: their numbers where nothing else is known."""
        return list(rows)

    def strings(self, rows: Sequence[int]) -> List[Any]:
        """The texts of these rows."""
        raise NotImplementedError


class ListData(Data):
    """A list of strings, of records, or of pairs of an id and a text."""

    def __init__(self, items: Sequence[Any], text: str, id: Any) -> None:
        self._items = items
        self._ids: Optional[Sequence[Any]] = None
        self._field: Optional[Callable[[str], List[Any]]] = None
        self._texts: Sequence[Any]
        first = next((item for item in items if item is not None), None)
        if isinstance(first, Mapping):
            self._texts = self._column(text)
            self._field = self._column
            if id is not None and isinstance(id, str):
                self._ids = self._column(id)
        elif isinstance(first, tuple):
            for row, item in enumerate(items):
                if not isinstance(item, tuple) or len(item) != 2:
                    raise TypeError(f"row {row} is not a pair of an id and a text")
            self._ids = [item[0] for item in items]
            self._texts = [item[1] for item in items]
        else:
            self._texts = items
        if id is not None and not isinstance(id, str):
            self._ids = list(id)
            if len(self._ids) != len(items):
                raise ValueError(f"there are {len(self._ids)} ids for {len(items)} texts")
        elif id is not None and self._ids is None:
            raise TypeError("id names a column, and a list of strings has none; pass a list of ids")

    def _column(self, name: str) -> List[Any]:
        values = []
        for row, item in enumerate(self._items):
            if not isinstance(item, Mapping):
                raise TypeError(f"row {row} is a {type(item).__name__}, not a record")
            values.append(item.get(name))
        if values and all(value is None for value in values):
            names = ", ".join(map(str, list(self._items[0])[:12]))
            raise KeyError(f"no record has the field {name!r}; fields are: {names}")
        return values

    def texts(self, policy: Optional[str]) -> Texts:
        if policy is None:
            return _arrow.from_list(self._texts)
        if self._field is None:
            raise TypeError(f"keep names the field {policy!r}, and these texts have no fields")
        pyarrow = _pyarrow(f"keep={policy!r} for a list of records")
        table = pyarrow.table({"t": pyarrow.array(self._texts), "k": self._field(policy)})
        return _arrow.from_stream(table, "t", "k", table.nbytes)

    def take(self, rows: Sequence[int]) -> Any:
        items = self._items
        return [items[row] for row in rows]

    def ids(self, rows: Sequence[int]) -> List[Any]:
        ids = self._ids
        return list(rows) if ids is None else [ids[row] for row in rows]

    def strings(self, rows: Sequence[int]) -> List[Any]:
        texts = self._texts
        return [texts[row] for row in rows]


class MappingData(ListData):
    """A dict of texts by their ids."""

    def __init__(self, items: Mapping[Any, Any], text: str) -> None:
        self._mapping = items
        super().__init__(list(items.values()), text, list(items))

    def take(self, rows: Sequence[int]) -> Any:
        return {id: self._mapping[id] for id in self.ids(rows)}


class ArrowData(Data):
    """A pyarrow table, or a column of one."""

    def __init__(self, table: Any, text: str, id: Any, back: Optional[Callable[[Any], Any]]) -> None:
        import pyarrow

        self._pyarrow = pyarrow
        self._table = table
        self._back = back or (lambda table: table)
        self._is_column = isinstance(table, (pyarrow.Array, pyarrow.ChunkedArray))
        if isinstance(table, pyarrow.Array):
            self._table = pyarrow.chunked_array([table])
            self._back = lambda column: column.combine_chunks()
        self._text = text
        self._id = _named_id(id, self._is_column)
        if not self._is_column:
            _require_columns(self._table.column_names, text, self._id)

    def texts(self, policy: Optional[str]) -> Texts:
        if self._is_column:
            return _arrow.from_stream(_Streamed(self._table), None, policy, self._table.nbytes)
        if policy is not None:
            _require_columns(self._table.column_names, policy)
        names = [self._text] if policy in (None, self._text) else [self._text, policy]
        table = self._table.select(names)
        return _arrow.from_stream(_Streamed(table), self._text, policy, table.nbytes)

    def take(self, rows: Sequence[int]) -> Any:
        return self._back(self._table.take(self._numbers(rows)))

    def _numbers(self, rows: Sequence[int]) -> Any:
        if isinstance(rows, array) and len(rows):
            return self._pyarrow.Array.from_buffers(
                self._pyarrow.uint64(), len(rows), [None, self._pyarrow.py_buffer(rows)]
            )
        return self._pyarrow.array(list(rows), self._pyarrow.uint64())

    def ids(self, rows: Sequence[int]) -> List[Any]:
        if self._id is None:
            return list(rows)
        return self._table.column(self._id).take(self._numbers(rows)).to_pylist()

    def strings(self, rows: Sequence[int]) -> List[Any]:
        column = self._table if self._is_column else self._table.column(self._text)
        return column.take(self._numbers(rows)).to_pylist()


class _Streamed:
    """A table or a column of pyarrow as a stream, also for versions of it that lack one of them."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        if hasattr(self._source, "__arrow_c_stream__"):
            return self._source.__arrow_c_stream__(requested_schema)
        return self._source.to_reader().__arrow_c_stream__(requested_schema)


class PolarsData(Data):
    """A Polars frame or series."""

    def __init__(self, frame: Any, text: str, id: Any) -> None:
        self._frame = frame
        self._is_column = not hasattr(frame, "columns")
        self._text = text
        self._id = _named_id(id, self._is_column)
        if not self._is_column:
            _require_columns(frame.columns, text, self._id)

    def texts(self, policy: Optional[str]) -> Texts:
        if self._is_column:
            if policy is not None:
                raise TypeError(f"keep names the column {policy!r}, and a series has none")
            return _arrow.from_stream(self._frame, None, None, self._frame.estimated_size())
        if policy is not None:
            _require_columns(self._frame.columns, policy)
        names = [self._text] if policy in (None, self._text) else [self._text, policy]
        frame = self._frame.select(names)
        return _arrow.from_stream(frame, self._text, policy, frame.estimated_size())

    def take(self, rows: Sequence[int]) -> Any:
        return self._frame[self._numbers(rows)]

    def _numbers(self, rows: Sequence[int]) -> Any:
        import polars

        return polars.Series("rows", rows, dtype=polars.UInt64)

    def ids(self, rows: Sequence[int]) -> List[Any]:
        if self._id is None:
            return list(rows)
        return self._frame[self._id][self._numbers(rows)].to_list()

    def strings(self, rows: Sequence[int]) -> List[Any]:
        column = self._frame if self._is_column else self._frame[self._text]
        return column[self._numbers(rows)].to_list()


class PandasData(Data):
    """A pandas frame or series."""

    def __init__(self, frame: Any, text: str, id: Any) -> None:
        self._frame = frame
        self._is_column = not hasattr(frame, "columns")
        self._text = text
        self._id = _named_id(id, self._is_column)
        if not self._is_column:
            _require_columns(list(frame.columns), text, self._id)

    def texts(self, policy: Optional[str]) -> Texts:
        if self._is_column:
            if policy is not None:
                raise TypeError(f"keep names the column {policy!r}, and a series has none")
            column = self._frame
        else:
            if policy is not None:
                _require_columns(list(self._frame.columns), policy)
            column = self._frame[self._text]
        if getattr(column, "ndim", 1) != 1:
            raise ValueError(f"there are several columns {self._text!r}")
        if policy is None and "pyarrow" not in sys.modules:
            missing = column.isna().tolist()
            values = column.tolist()
            return _arrow.from_list([None if gone else v for v, gone in zip(values, missing)])
        pyarrow = _pyarrow("a pandas frame")
        try:
            columns = {"t": pyarrow.Array.from_pandas(column)}
            if policy is not None:
                columns["k"] = pyarrow.Array.from_pandas(self._frame[policy])
        except (pyarrow.ArrowTypeError, pyarrow.ArrowInvalid) as error:
            raise TypeError(f"the column {self._text!r} holds other things than texts: {error}") from None
        if pyarrow.types.is_null(columns["t"].type):
            columns["t"] = columns["t"].cast(pyarrow.string())
        table = pyarrow.table(columns)
        return _arrow.from_stream(table, "t", None if policy is None else "k", table.nbytes)

    def take(self, rows: Sequence[int]) -> Any:
        return self._frame.iloc[list(rows)]

    def ids(self, rows: Sequence[int]) -> List[Any]:
        if self._id is None:
            return list(rows)
        return self._frame[self._id].iloc[list(rows)].tolist()

    def strings(self, rows: Sequence[int]) -> List[Any]:
        column = self._frame if self._is_column else self._frame[self._text]
        return column.iloc[list(rows)].tolist()


class DatasetData(ArrowData):
    """A Hugging Face dataset: its table, and which rows of it are meant."""

    def __init__(self, dataset: Any, text: str, id: Any) -> None:
        import pyarrow

        self._dataset = dataset
        table = dataset.data.table
        indices = getattr(dataset, "_indices", None)
        _require_columns(table.column_names, text)
        if indices is not None:
            table = table.take(indices.column(0))
        if isinstance(table, pyarrow.Table):
            super().__init__(table, text, id, None)
        else:
            raise TypeError("the dataset has no Arrow table")

    def take(self, rows: Sequence[int]) -> Any:
        return self._dataset.select(list(rows))


def _named_id(id: Any, is_column: bool) -> Optional[str]:
    if id is None:
        return None
    if not isinstance(id, str):
        raise TypeError("id must name a column")
    if is_column:
        raise TypeError(f"id names the column {id!r}, and a single column has none")
    return id


def _require_columns(known: Sequence[Any], *names: Optional[str]) -> None:
    for name in names:
        if name is not None and name not in known:
            shown = ", ".join(map(str, list(known)[:12]))
            raise KeyError(f"no column {name!r}; columns are: {shown}")


def _pyarrow(purpose: str) -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ImportError(f"{purpose} needs pyarrow: pip install pyarrow") from None
    return pyarrow


def _module(data: Any) -> str:
    """The package that a value's class, or one that it derives from, is of."""
    known = ("pyarrow", "polars", "pandas", "duckdb", "_duckdb", "datasets")
    for kind in type(data).__mro__:
        name = (kind.__module__ or "").split(".")[0]
        if name in known:
            return name.lstrip("_")
    return ""


def _duckdb(relation: Any, text: str, id: Any) -> Data:
    import duckdb

    fetch = getattr(relation, "to_arrow_table", None) or getattr(relation, "fetch_arrow_table", None)
    if fetch is None:
        raise TypeError(f"a {type(relation).__name__} is no DuckDB relation")
    _pyarrow("a DuckDB relation")
    return ArrowData(fetch(), text, id, lambda table: duckdb.from_arrow(table))


def data(source: Any, text: str = "text", id: Any = None) -> Data:
    """The rows of whatever a caller gave."""
    if not isinstance(text, str):
        raise TypeError(f"text must name a column, and is a {type(text).__name__}")
    module = _module(source)
    kind = type(source).__name__
    if module == "polars":
        if kind == "LazyFrame":
            source = source.collect()
        if type(source).__name__ in ("DataFrame", "Series"):
            return PolarsData(source, text, id)
    elif module == "pandas":
        if kind in ("DataFrame", "Series") or hasattr(source, "iloc"):
            return PandasData(source, text, id)
    elif module == "duckdb":
        return _duckdb(source, text, id)
    elif module == "datasets" and not isinstance(source, dict):
        if not hasattr(source, "data") or not hasattr(source, "select"):
            raise TypeError(f"a datasets.{kind} has no table; load it without streaming")
        return DatasetData(source, text, id)
    elif isinstance(source, Mapping):
        if module == "datasets":
            raise TypeError("a DatasetDict has several datasets; pass one of them")
        return MappingData(source, text)
    elif isinstance(source, (list, tuple)):
        return ListData(list(source), text, id)
    elif isinstance(source, (str, bytes, bytearray, memoryview)):
        raise TypeError(f"one {kind} is no collection of texts; pass a list")
    if hasattr(source, "__arrow_c_stream__") or hasattr(source, "__arrow_c_array__"):
        pyarrow = _pyarrow(f"a {kind}")
        if isinstance(source, (pyarrow.Table, pyarrow.Array, pyarrow.ChunkedArray)):
            return ArrowData(source, text, id, None)
        if isinstance(source, pyarrow.RecordBatch):
            return ArrowData(pyarrow.Table.from_batches([source]), text, id, _one_batch)
        if hasattr(source, "__arrow_c_stream__"):
            reader = pyarrow.RecordBatchReader.from_stream(source)
            return ArrowData(reader.read_all(), text, id, None)
        return ArrowData(pyarrow.array(source), text, id, None)
    if hasattr(source, "__iter__"):
        return ListData(list(source), text, id)
    raise TypeError(f"a {kind} is no collection of texts")


def _one_batch(table: Any) -> Any:
    import pyarrow

    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=table.schema)
