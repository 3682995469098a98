"""``refrain dedup`` over Parquet files: row group by row group, all columns kept."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from threading import Event
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Tuple

from ._dedup import Deduplication, _policy, dedup
from ._library import RefrainError

#: How Parquet calls codecs, and how a writer does.
_CODECS = {"UNCOMPRESSED": "NONE", "LZ4_RAW": "LZ4"}


def six_digits(share: float) -> float:
    """A share with the six digits that the program writes: halves go up, and only equal sets are 1.

    The shortest decimal of a quotient that is a half of a millionth is that half.
    """
    digits = float(Decimal(repr(share)).quantize(Decimal("0.000001"), ROUND_HALF_UP))
    return 0.999999 if share < 1 <= digits else digits


class Refused(Exception):
    """What ends a run with exit status 2: one sentence."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="refrain dedup",
        description="Remove near-duplicate rows from Parquet files. All columns are kept, row groups stay "
        "apart, and each column is compressed as it was. Needs pyarrow; paths such as s3://... are "
        "opened by fsspec.",
        allow_abbrev=False,
    )
    parser.add_argument("inputs", nargs="+", help="Parquet files, or folders of them")
    parser.add_argument("-o", "--output", help="a file, or a folder for one file per input")
    parser.add_argument("--evidence", help="a line or row per removed row: .jsonl or .parquet")
    parser.add_argument("--clusters", help="a line or row per row with its cluster")
    parser.add_argument("--keep", default="first")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--recall", type=float, default=0.99)
    parser.add_argument("--bands", type=int)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--match", default="near")
    parser.add_argument("--exhaustive", action="store_true")
    parser.add_argument("--ngram", type=int, default=5)
    parser.add_argument("--text-field", default="text")
    parser.add_argument("--id-field", default="id")
    parser.add_argument("--on-error", default="fail", choices=("fail", "skip"))
    parser.add_argument("--threads", type=int)
    parser.add_argument("--memory", help="such as 512M or 4G")
    parser.add_argument("-q", "--quiet", action="store_true")
    return parser


def inputs_of(arguments: List[str]) -> List[str]:
    """The inputs among arguments, told without knowing all options."""
    takes_value = {
        option
        for action in _parser()._actions
        if action.nargs is None and action.const is None
        for option in action.option_strings
    }
    inputs: List[str] = []
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in takes_value:
            skip = True
        elif not argument.startswith("-"):
            inputs.append(argument)
    return inputs


def _bytes(text: Optional[str]) -> Optional[int]:
    if text is None:
        return None
    units = {"K": 10, "M": 20, "G": 30, "T": 40}
    digits, unit = (text[:-1], text[-1].upper()) if text[-1:].upper() in units else (text, "")
    if not digits.isdigit():
        raise Refused(f"--memory: {text} is not a size such as 512M or 4G")
    return int(digits) << units.get(unit, 0)


class Place(NamedTuple):
    """A file: what opens it, its path there, and what the user called it."""

    system: Any
    path: str
    name: str


def _place(name: str) -> Place:
    from pyarrow import fs

    if "://" not in name:
        return Place(fs.LocalFileSystem(), os.path.abspath(name), name)
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        system, path = fs.FileSystem.from_uri(name)
        return Place(system, path, name)
    opened, path = url_to_fs(name)
    return Place(fs.PyFileSystem(fs.FSSpecHandler(opened)), path, name)


def _found(names: List[str]) -> List[Place]:
    """The files that inputs stand for: those of a folder by path."""
    from pyarrow import fs

    places: List[Place] = []
    for name in names:
        place = _place(name)
        info = place.system.get_file_info(place.path)
        if info.type == fs.FileType.NotFound:
            raise Refused(f"{name}: cannot read: No such file or directory")
        if info.type != fs.FileType.Directory:
            if not name.lower().endswith((".parquet", ".pq")):
                raise Refused(f"{name}: is no Parquet file; run records and Parquet apart")
            places.append(place)
            continue
        selector = fs.FileSelector(place.path, recursive=True)
        inside = sorted(i.path for i in place.system.get_file_info(selector) if i.is_file)
        files = [path for path in inside if path.lower().endswith(".parquet")]
        if not files:
            raise Refused(f"{name}: holds no Parquet files")
        base = name.rstrip("/")
        for path in files:
            shown = f"{base}/{os.path.relpath(path, place.path)}"
            places.append(Place(place.system, path, shown))
    return places


class Shard:
    """An input: its rows lie one behind the other with those of the others."""

    def __init__(self, place: Place, first: int) -> None:
        import pyarrow.parquet as parquet

        self.place = place
        self.first = first
        self.file = reading(place, lambda: parquet.ParquetFile(place.system.open_input_file(place.path)))
        self.metadata = self.file.metadata
        self.rows = self.metadata.num_rows
        self.schema = self.file.schema_arrow

    def group(self, index: int, columns: Optional[List[str]] = None) -> Any:
        return reading(self.place, lambda: self.file.read_row_group(index, columns=columns))

    @property
    def compression(self) -> Dict[str, str]:
        """The codec of each column, by its path."""
        if self.metadata.num_row_groups == 0:
            return {}
        group = self.metadata.row_group(0)
        columns = [group.column(index) for index in range(group.num_columns)]
        return {c.path_in_schema: _CODECS.get(c.compression, c.compression) for c in columns}


def reading(place: Place, read: Any) -> Any:
    """What ``read`` returns; what goes wrong names the file."""
    import pyarrow

    try:
        return read()
    except (pyarrow.ArrowException, OSError, EOFError) as error:
        cause = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise Refused(f"{place.name}: cannot read: {cause}") from None


class Outputs:
    """Files that get their names when all of them are whole."""

    def __init__(self) -> None:
        self._pending: List[Tuple[Place, str]] = []

    def open(self, place: Place) -> Any:
        folder, _, name = place.path.rpartition("/")
        hidden = f"{folder}/.{name}.{os.getpid()}.tmp"
        try:
            stream = place.system.open_output_stream(hidden)
        except OSError as error:
            raise Refused(f"{place.name}: cannot write: {error}") from None
        self._pending.append((place, hidden))
        return stream

    def publish(self) -> None:
        while self._pending:
            place, hidden = self._pending[0]
            place.system.move(hidden, place.path)
            self._pending.pop(0)

    def discard(self) -> None:
        for place, hidden in self._pending:
            try:
                place.system.delete_file(hidden)
            except OSError:
                pass
        self._pending = []


def _groups(shards: List[Shard], columns: List[str]) -> Iterator[Tuple[Shard, Any]]:
    """The row groups of all shards in order; the next one is read while the caller has the last."""
    with ThreadPoolExecutor(1) as pool:
        waiting: Optional[Tuple[Shard, Any]] = None
        for shard in shards:
            for index in range(shard.metadata.num_row_groups):
                ahead = (shard, pool.submit(shard.group, index, columns))
                if waiting is not None:
                    yield waiting[0], waiting[1].result().select(columns)
                waiting = ahead
        if waiting is not None:
            yield waiting[0], waiting[1].result().select(columns)


def _spooled(shards: List[Shard], columns: List[str]) -> Any:
    """The columns that the engine needs, in a nameless file that is mapped: memory holds a row group."""
    import pyarrow

    handle, path = tempfile.mkstemp(prefix="refrain-", suffix=".arrow")
    os.close(handle)
    try:
        fields: Optional[Any] = None
        writer: Any = None
        for shard in shards:
            missing = [name for name in columns if name not in shard.schema.names]
            if missing:
                names = ", ".join(shard.schema.names[:12])
                raise Refused(f"{shard.place.name}: no column \"{missing[0]}\"; columns are: {names}")
        for shard, table in _groups(shards, columns):
            if fields is None:
                fields = table.schema.remove_metadata()
                writer = pyarrow.ipc.new_file(path, fields)
            try:
                writer.write_table(table.cast(fields))
            except (pyarrow.ArrowInvalid, ValueError) as error:
                raise Refused(
                    f"{shard.place.name}: its columns have other types than those of "
                    f"{shards[0].place.name}: {error}"
                ) from None
        if writer is None:
            fields = pyarrow.schema([shards[0].schema.field(name) for name in columns])
            return fields.empty_table()
        writer.close()
        return pyarrow.ipc.open_file(pyarrow.memory_map(path)).read_all()
    except OSError as error:
        raise Refused(f"{path}: cannot write: {error}") from None
    finally:
        os.unlink(path)


class Run:
    """A deduplication of Parquet files."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        places = _found(options.inputs)
        self.shards: List[Shard] = []
        for place in places:
            first = self.shards[-1].first + self.shards[-1].rows if self.shards else 0
            self.shards.append(Shard(place, first))

    def decide(self) -> Deduplication:
        options = self.options
        policy = _policy(options.keep)
        columns = [options.text_field]
        if policy is not None and policy not in columns:
            columns.append(policy)
        self.has_ids = all(options.id_field in shard.schema.names for shard in self.shards)
        if self.has_ids and options.id_field not in columns:
            columns.append(options.id_field)
        self.table = _spooled(self.shards, columns)
        return dedup(
            self.table,
            text=options.text_field,
            threshold=options.threshold,
            keep=options.keep,
            recall=options.recall,
            ngram=options.ngram,
            match=options.match,
            exhaustive=options.exhaustive,
            bands=options.bands,
            rows=options.rows,
            on_error=options.on_error,
            threads=options.threads,
            memory=_bytes(options.memory),
            progress=False if options.quiet else None,
        )

    def targets(self) -> List[Place]:
        """The output of each input, or the one of all."""
        if self.options.output is None:
            return []
        place = _place(self.options.output)
        info = place.system.get_file_info(place.path)
        is_folder = info.type.name == "Directory" or self.options.output.endswith("/")
        if not is_folder:
            self._require_apart(place)
            return [place]
        place.system.create_dir(place.path, recursive=True)
        targets: Dict[str, Place] = {}
        for shard in self.shards:
            name = shard.place.path.rpartition("/")[2]
            path = f"{place.path.rstrip('/')}/{name}"
            target = Place(place.system, path, f"{place.name.rstrip('/')}/{name}")
            if path in targets:
                raise Refused(f"--output: two inputs would both be written to {target.name}")
            targets[path] = target
            self._require_apart(target)
        return list(targets.values())

    def _require_apart(self, target: Place) -> None:
        for shard in self.shards:
            if os.path.realpath(shard.place.path) == os.path.realpath(target.path):
                raise Refused(f"--output: {target.name} is an input of this run; write to another file")

    def write(self, targets: List[Place], gone: bytearray, outputs: Outputs) -> None:
        """Writes the rows that stay, row group by row group; several files at once, a thread each."""
        if len(targets) == 1:
            return self._write(self.shards, targets[0], gone, outputs, Event())
        threads = self.options.threads or len(os.sched_getaffinity(0))
        stop = Event()
        with ThreadPoolExecutor(threads) as pool:
            jobs = [
                pool.submit(self._write, [shard], target, gone, outputs, stop)
                for shard, target in zip(self.shards, targets)
            ]
            try:
                for job in jobs:
                    job.result()
            except BaseException:
                stop.set()
                pool.shutdown(cancel_futures=True)
                raise

    def _write(
        self, shards: List[Shard], target: Place, gone: bytearray, outputs: Outputs, stop: Event
    ) -> None:
        """Writes what stays of some shards to one file, unless it is stopped before."""
        import pyarrow
        import pyarrow.parquet as parquet

        compression = shards[0].compression
        codecs: Any = compression or "snappy"
        if len(set(compression.values())) == 1:
            codecs = next(iter(compression.values()))
        stream = outputs.open(target)
        writer = parquet.ParquetWriter(stream, shards[0].schema, compression=codecs)
        for shard in shards:
            if shard.schema != writer.schema:
                raise Refused(
                    f"{shard.place.name}: has other columns than {self.shards[0].place.name}; "
                    "write to a folder"
                )
            first = shard.first
            for index in range(shard.metadata.num_row_groups):
                if stop.is_set():
                    return
                table = shard.group(index)
                stays = bytes(1 - flag for flag in gone[first : first + table.num_rows])
                mask = pyarrow.Array.from_buffers(
                    pyarrow.uint8(), len(stays), [None, pyarrow.py_buffer(stays)]
                ).cast(pyarrow.bool_())
                first += table.num_rows
                kept = table.filter(mask)
                if kept.num_rows:
                    writer.write_table(kept, row_group_size=kept.num_rows)
        writer.close()
        stream.close()

    def at(self, row: int) -> str:
        """``FILE:ROW`` of a row, from 1."""
        low, high = 0, len(self.shards)
        while high - low > 1:
            middle = (low + high) // 2
            if self.shards[middle].first <= row:
                low = middle
            else:
                high = middle
        # Empty shards begin where the next one does.
        return f"{self.shards[low].place.name}:{row - self.shards[low].first + 1}"

    def ids(self, rows: Any) -> List[Any]:
        import pyarrow

        if not self.has_ids:
            return [self.at(row) for row in rows]
        column = self.table.column(self.options.id_field)
        taken = column.take(pyarrow.array(list(rows), pyarrow.uint64())).to_pylist()
        return [self.at(row) if id is None else id for row, id in zip(rows, taken)]

    def evidence(self, result: Deduplication) -> List[Dict[str, Any]]:
        removed = result.removed
        names = zip(self.ids(removed.first), self.ids(removed.second))
        return [
            {
                "removed": a,
                "kept": b,
                "removedAt": self.at(removal.row),
                "keptAt": self.at(removal.kept_row),
                "similarity": six_digits(removal.similarity),
                "containment": six_digits(removal.containment),
                "reason": removal.reason,
            }
            for removal, (a, b) in zip(removed, names)
        ]

    def clusters(self, result: Deduplication) -> List[Dict[str, Any]]:
        kept = dict(zip(result.removed.first, result.removed.second))
        skipped = set(result.skipped)
        rows = [row for row in range(self.table.num_rows) if row not in skipped]
        firsts = [kept.get(row, row) for row in rows]
        return [
            {"id": a, "cluster": b, "kept": row == first}
            for row, first, a, b in zip(rows, firsts, self.ids(rows), self.ids(firsts))
        ]


def _write_lines(place: Place, lines: List[Dict[str, Any]], names: List[str], outputs: Outputs) -> None:
    import pyarrow
    import pyarrow.parquet as parquet

    with outputs.open(place) as stream:
        if place.path.lower().endswith(".parquet"):
            table = pyarrow.table({name: [line[name] for line in lines] for name in names})
            parquet.write_table(table, stream, compression="zstd")
        else:
            for line in lines:
                stream.write((json.dumps(line, ensure_ascii=False, default=str) + "\n").encode())


def _run(arguments: List[str]) -> str:
    options = _parser().parse_args(arguments)
    if options.output is None and not options.dry_run:
        raise Refused("--output: is missing; name a file or a folder, or use --dry-run")
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise Refused("Parquet files are read by pyarrow: pip install pyarrow") from None
    run = Run(options)
    targets = run.targets()
    result = run.decide()
    gone = bytearray(run.table.num_rows)
    for row in (*result.removed.first, *result.skipped):
        gone[row] = 1
    outputs = Outputs()
    try:
        if not options.dry_run:
            run.write(targets, gone, outputs)
        if options.evidence:
            names = ["removed", "kept", "removedAt", "keptAt", "similarity", "containment", "reason"]
            _write_lines(_place(options.evidence), run.evidence(result), names, outputs)
        if options.clusters:
            lines = run.clusters(result)
            _write_lines(_place(options.clusters), lines, ["id", "cluster", "kept"], outputs)
        outputs.publish()
    finally:
        outputs.discard()
    total = len(result.rows) + len(result.removed)
    skipped = f"; {len(result.skipped)} rows without a text left out" if result.skipped else ""
    return f"{len(result.rows)} of {total} rows kept, {len(result.removed)} removed{skipped}"


def main(arguments: List[str]) -> int:
    """Runs the command; returns its exit status."""
    try:
        summary = _run(arguments)
    except (Refused, RefrainError, KeyError, TypeError) as error:
        words = error.args[0] if isinstance(error, KeyError) else error
        print(f"refrain: {words}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    if "-q" not in arguments and "--quiet" not in arguments:
        print(summary, file=sys.stderr)
    return 0
