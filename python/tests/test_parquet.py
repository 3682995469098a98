"""Parquet through the command of the package."""

import os
import subprocess
import sys

import pytest
from conftest import lines, prose, write_records

pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402

import refrain  # noqa: E402


def run(*arguments, status=0, folder=None):
    done = subprocess.run(
        [sys.executable, "-m", "refrain", *map(str, arguments)], capture_output=True, text=True, cwd=folder
    )
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture
def shards(tmp_path):
    """Four files with several codecs and types, an empty row group and an empty file."""
    texts = prose(400, 21)
    rows = [
        {"id": f"r{n}", "text": text, "score": n / 7, "tags": [str(n % 3)] * (n % 4), "when": n}
        for n, text in enumerate(texts)
    ]
    table = pa.Table.from_pylist(rows)
    table = table.set_column(4, "when", table["when"].cast(pa.timestamp("ms")))
    table = table.replace_schema_metadata({"made by": "a test"})
    folder = tmp_path / "in"
    folder.mkdir()
    codecs = ["zstd", "gzip", "none", {"text": "zstd", "id": "snappy"}]
    for number, codec in enumerate(codecs):
        part = table.slice(number * 100, 100) if number < 3 else table.slice(300, 0)
        pq.write_table(part, folder / f"{number}.parquet", compression=codec, row_group_size=30)
    return folder, rows[:300]


def test_folder(tmp_path, shards, command):
    folder, rows = shards
    source, out, why = (tmp_path / name for name in ("in.jsonl", "out.jsonl", "why.jsonl"))
    plain = [{**row, "when": str(row["when"])} for row in rows]
    write_records(source, plain)
    command("dedup", source, "-o", out, "--evidence", why, "-q")
    kept = {line["id"] for line in lines(out)}
    evidence = tmp_path / "why.parquet"
    run("dedup", *sorted(folder.iterdir()), "-o", f"{tmp_path}/unique/", "--evidence", evidence)
    for number in range(4):
        before = pq.read_table(folder / f"{number}.parquet")
        after = pq.read_table(tmp_path / "unique" / f"{number}.parquet")
        mask = pa.array([id in kept for id in before["id"].to_pylist()], pa.bool_())
        assert after.equals(before.filter(mask), check_metadata=True)
        old = pq.ParquetFile(folder / f"{number}.parquet").metadata
        new = pq.ParquetFile(tmp_path / "unique" / f"{number}.parquet").metadata
        if old.num_rows:
            first = [old.row_group(0).column(i).compression for i in range(old.num_columns)]
            assert first == [new.row_group(0).column(i).compression for i in range(new.num_columns)]
            assert new.num_row_groups == old.num_row_groups
    told = pq.read_table(evidence).to_pylist()
    names = ("removed", "kept", "similarity", "containment", "reason")
    assert [[line[name] for name in names] for line in told] == [
        [line[name] for name in names] for line in lines(why)
    ]
    assert told[0]["removedAt"].startswith(f"{folder}/0.parquet:")
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_one_file_and_lines(tmp_path, shards):
    folder, rows = shards
    done = run("dedup", "in", "-o", "one.parquet", "--clusters", "groups.jsonl", "--evidence", "why.jsonl",
               "--keep", "longest", folder=tmp_path)  # fmt: skip
    result = refrain.dedup(rows, id="id", keep="longest")
    assert pq.read_table(tmp_path / "one.parquet")["id"].to_pylist() == result.kept
    assert [line["removed"] for line in lines(tmp_path / "why.jsonl")] == [r.id for r in result.removed]
    groups = lines(tmp_path / "groups.jsonl")
    assert sum(line["kept"] for line in groups) == len(result.kept)
    assert f"{len(result.kept)} of 300 rows kept" in done.stderr


def test_errors(tmp_path, shards):
    folder, _ = shards
    out = tmp_path / "out"
    whole = (folder / "1.parquet").read_bytes()
    (folder / "1.parquet").write_bytes(whole[: len(whole) // 2])
    assert "1.parquet: cannot read" in run("dedup", folder, "-o", f"{out}/", status=2).stderr
    # The footer is whole and a page is not.
    (folder / "1.parquet").write_bytes(b"PAR1" + bytes(len(whole) // 2) + whole[len(whole) // 2 + 4 :])
    assert "1.parquet: cannot read" in run("dedup", folder, "-o", f"{out}/", status=2).stderr
    (folder / "1.parquet").write_bytes(whole)
    assert not out.exists() or not os.listdir(out)
    assert "is missing" in run("dedup", folder, status=2).stderr
    assert "no column \"body\"" in run("dedup", folder, "--dry-run", "--text-field", "body", status=2).stderr
    assert "is an input" in run("dedup", folder, "-o", folder, status=2).stderr
    assert "No such file" in run("dedup", "missing.parquet", "--dry-run", status=2).stderr
    assert "threshold" in run("dedup", folder, "--dry-run", "--threshold", "3", status=2).stderr
    table = pa.table({"text": ["a", None]})
    pq.write_table(table, tmp_path / "null.parquet")
    assert "row 1" in run("dedup", tmp_path / "null.parquet", "--dry-run", status=2).stderr
    run("dedup", tmp_path / "null.parquet", "-o", tmp_path / "x.parquet", "--on-error", "skip")
    assert pq.read_table(tmp_path / "x.parquet").num_rows == 1


def test_other_commands_are_the_program(tmp_path):
    assert run("--version").stdout.strip() == refrain.__version__
    assert run("dedup", "missing.jsonl", "-o", "x", status=2).stderr.startswith("refrain: missing.jsonl")
    assert "pip install refrain-text" in run("pairs", tmp_path / "x.parquet", status=2).stderr
