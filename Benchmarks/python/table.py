#!/usr/bin/env python3
"""`refrain.dedup` of a table in memory beside the command line's run over the same records, and beside rivals.

Runs in an environment that has the wheel; rivals that are not installed are left out.

    Benchmarks/python/table.py CORPUS.jsonl [--runs 5] [--rivals datasketch rensa]

The table's time is that of the call. The command line's is that of `refrain dedup --dry-run`, once with the reading
and once without: what `--dry-run --match identical` takes, which reads and hashes all texts and sketches none, is
taken off both sides. Medians of alternating runs.
"""

import argparse
import importlib.util
import pathlib
import statistics
import subprocess
import sys
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="JSON Lines with a field text")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rivals", nargs="*", default=[])
    options = parser.parse_args()

    import pyarrow.json

    import refrain

    reading = pyarrow.json.ReadOptions(block_size=64 << 20)
    table = pyarrow.json.read_json(options.corpus, read_options=reading).select(["text"])
    program = str(pathlib.Path(sys.executable).parent / "refrain")

    def of_table(match):
        start = time.perf_counter()
        found = refrain.dedup(table, match=match, progress=False)
        return time.perf_counter() - start, len(found.removed)

    def of_program(match):
        start = time.perf_counter()
        subprocess.run([program, "dedup", options.corpus, "--dry-run", "-q", "--match", match], check=True)
        return time.perf_counter() - start, None

    ways = [(f, match) for f in (of_table, of_program) for match in ("near", "identical")]
    times = {way: [] for way in ways}
    for run in range(options.runs + 1):
        for way in ways:
            seconds, removed = way[0](way[1])
            if run:  # The first one warms the caches.
                times[way].append(seconds)
            if way == ways[0]:
                gone = removed
    median = {way: statistics.median(seconds) for way, seconds in times.items()}
    table_s, program_s = median[ways[0]], median[ways[2]]
    size = table.column("text").nbytes / 1e6
    print(f"{table.num_rows} documents, {size:.0f} MB of text, {gone} removed, medians of {options.runs}")
    print(f"refrain.dedup(table)        {table_s:8.2f} s   {size / table_s:8.1f} MB/s")
    print(f"refrain dedup --dry-run     {program_s:8.2f} s   {size / program_s:8.1f} MB/s")
    print(f"table/program               {table_s / program_s:8.2f}")
    without = (table_s - median[ways[1]]) / (program_s - median[ways[3]])
    print(f"table/program, no reading   {without:8.2f}")
    if not options.rivals:
        return
    path = pathlib.Path(__file__).resolve().parents[1] / "rivals" / "whole_run.py"
    spec = importlib.util.spec_from_file_location("whole_run", path)
    rivals = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rivals)
    exact = set(refrain.dedup(table, exhaustive=True, progress=False).removed.first)
    ours = set(refrain.dedup(table, progress=False).removed.first)
    print(f"recall of refrain           {len(ours & exact) / len(exact):8.4f}, alone {len(ours - exact)}")
    texts = table.column("text").to_pylist()
    for name in options.rivals:
        start = time.perf_counter()
        removed = rivals.RIVALS[name](texts)
        seconds = time.perf_counter() - start
        print(
            f"{name:27s} {seconds:8.2f} s   {size / seconds:8.1f} MB/s   recall "
            f"{len(removed & exact) / len(exact):.4f}, alone {len(removed - exact)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
