#!/usr/bin/env python3
"""`refrain dedup` over shards of Parquet beside DuckDB's bare scan of the same files, and whether all columns stay.

Runs in an environment that has the wheel and duckdb.

    Benchmarks/python/parquet.py SHARD.parquet ...
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shards", nargs="+")
    parser.add_argument("--text", default="text")
    options = parser.parse_args()

    import duckdb
    import pyarrow.parquet as pq

    database = duckdb.connect()
    database.execute(f"SET threads = {os.cpu_count()}")
    names = pq.read_schema(options.shards[0]).names
    # Each column is read and made, and nothing else is done with it.
    sums = ", ".join(f'sum(hash("{name}"))' for name in names)
    size = sum(os.path.getsize(shard) for shard in options.shards) / 1e6
    start = time.perf_counter()
    before = database.execute(f"SELECT count(*), {sums} FROM read_parquet(?)", [options.shards]).fetchone()
    scan = time.perf_counter() - start
    texts = sum(
        pq.ParquetFile(shard).metadata.row_group(group).column(names.index(options.text)).total_uncompressed_size
        for shard in options.shards
        for group in range(pq.ParquetFile(shard).metadata.num_row_groups)
    )
    print(f"{len(options.shards)} shards, {size:.0f} MB, {texts / 1e6:.0f} MB of text, {before[0]} rows")
    print(f"DuckDB's scan     {scan:8.2f} s   {size / scan:8.1f} MB/s of files   {texts / 1e6 / scan:8.1f} MB/s of text")
    program = str(pathlib.Path(sys.executable).parent / "refrain")
    with tempfile.TemporaryDirectory(prefix="refrain-parquet-", dir=os.environ.get("TMPDIR")) as scratch:
        target, evidence = f"{scratch}/out/", f"{scratch}/evidence.parquet"
        start = time.perf_counter()
        command = [program, "dedup", *options.shards, "-o", target, "--evidence", evidence, "-q"]
        subprocess.run([*command, "--text-field", options.text], check=True)
        seconds = time.perf_counter() - start
        kept = sorted(map(str, pathlib.Path(target).rglob("*.parquet")))
        gone = pq.read_metadata(evidence).num_rows
        print(
            f"refrain dedup     {seconds:8.2f} s   {size / seconds:8.1f} MB/s of files   "
            f"{texts / 1e6 / seconds:8.1f} MB/s of text   {seconds / scan:.1f} times the scan"
        )
        columns = ", ".join(f'"{name}"' for name in names)
        strange = database.execute(
            f"SELECT count(*) FROM (SELECT {columns} FROM read_parquet(?) EXCEPT ALL "
            f"SELECT {columns} FROM read_parquet(?))",
            [kept, options.shards],
        ).fetchone()[0]
        rows = database.execute("SELECT count(*) FROM read_parquet(?)", [kept]).fetchone()[0]
        print(f"kept {rows} + removed {gone} = {rows + gone} of {before[0]}; kept rows that are not the given ones: {strange}")
        if strange or rows + gone != before[0]:
            sys.exit(1)


if __name__ == "__main__":
    main()
