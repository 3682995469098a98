#!/usr/bin/env python3
"""What each stage of `refrain.spark.dedup`, or of `passages`, takes and ships, as a table, and whether its answer is that
of one machine.

Runs in an environment that has the wheel and pyspark. The figures are those of Spark's own event log.

    Benchmarks/spark/stages.py CORPUS.jsonl --master local[2]
    Benchmarks/spark/stages.py CORPUS.parquet --master workers --threshold 0.5 --check
    Benchmarks/spark/stages.py CORPUS.jsonl --passages --check

`--master workers` starts a standalone master and two workers on 127.0.0.1, and stops them.
"""

import argparse
import collections
import json
import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python" / "tests" / "spark"))
from cluster import SHORT_LIVED, Cluster


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="JSON Lines or Parquet, with a column of texts")
    parser.add_argument("--text", default="text")
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--master", default="local[2]", help="as Spark has it, or `workers`")
    parser.add_argument("--partitions", type=int, default=8, help="of the shuffled input and of each shuffle")
    parser.add_argument("--memory", default="2g", help="of the driver, which is the executor of local[n], and of executors")
    parser.add_argument("--passages", action="store_true", help="shared passages instead of duplicates")
    parser.add_argument("--run", type=int, default=16, help="of passages: words in a row that no two texts share unseen")
    parser.add_argument("--check", action="store_true", help="compare with one machine; the corpus must fit in memory")
    return parser.parse_args()


def open_session(master, options, scratch):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    events = pathlib.Path(scratch) / "events"
    events.mkdir()
    settings = {
        "spark.driver.memory": options.memory,
        "spark.executor.memory": options.memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(options.partitions),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
        "spark.eventLog.dir": events.as_uri(),
        "spark.local.dir": scratch,
    }
    if options.master == "workers":
        settings["spark.executor.extraJavaOptions"] = settings["spark.driver.extraJavaOptions"] = SHORT_LIVED
    builder = SparkSession.builder.master(master)
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session, events


def numbered(session, options, scratch):
    """The corpus with a column `number` that says who is first, in any order, as Parquet."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.json
    import pyarrow.parquet as pq

    path = pathlib.Path(options.corpus)
    if path.suffix == ".parquet":
        table = pq.read_table(path, columns=[options.text])
    else:
        reading = pyarrow.json.ReadOptions(block_size=64 << 20)
        table = pyarrow.json.read_json(path, read_options=reading).select([options.text])
    # Offsets of 64 bits: all texts together may have more than 2 GiB.
    texts = table.column(options.text).cast(pa.large_string())
    table = pa.table({options.text: texts, "number": np.arange(table.num_rows)})
    order = np.random.default_rng(77).permutation(table.num_rows)
    folder = pathlib.Path(scratch) / "corpus"
    folder.mkdir()
    size = -(-table.num_rows // options.partitions)
    for part in range(options.partitions):
        pq.write_table(table.take(order[part * size : (part + 1) * size]), folder / f"part-{part}.parquet")
    return session.read.parquet(str(folder)), table


class Totals:
    """What all tasks of one named stage took."""

    def __init__(self):
        self.jobs = set()
        self.tasks = 0
        self.seconds = 0.0
        self.written = 0
        self.spilled = 0


def stage_totals(events):
    """Figures by the description of the job, in the order of the first one."""
    (log,) = (path for path in events.rglob("*") if path.is_file() and not path.name.startswith("."))
    names, totals = {}, collections.defaultdict(Totals)
    for line in log.open():
        event = json.loads(line)
        if event["Event"] == "SparkListenerJobStart":
            name = (event["Properties"] or {}).get("spark.job.description") or "other"
            totals[name].jobs.add(event["Job ID"])
            for stage in event["Stage IDs"]:
                names.setdefault(stage, name)
        elif event["Event"] == "SparkListenerTaskEnd":
            metrics = event.get("Task Metrics")
            if metrics is None:
                continue
            mine = totals[names[event["Stage ID"]]]
            mine.tasks += 1
            mine.seconds += metrics["Executor Run Time"] / 1000
            mine.written += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            mine.spilled += metrics["Disk Bytes Spilled"]
    return totals


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="refrain-spark-") as scratch:
        cluster = Cluster(pathlib.Path(scratch), options.memory) if options.master == "workers" else None
        try:
            measure(options, cluster.url if cluster else options.master, scratch)
        finally:
            if cluster:
                cluster.stop()


def measure(options, master, scratch):
    from refrain import spark as refrain_spark
    from refrain.spark._stages import Stages

    session, events = open_session(master, options, scratch)
    frame, table = numbered(session, options, scratch)
    walls = collections.Counter()
    keep = Stages.keep

    def timed(self, name, frame, **sums):
        start = time.monotonic()
        kept = keep(self, name, frame, **sums)
        walls[f"refrain: {name}"] += time.monotonic() - start
        return kept

    Stages.keep = timed
    start = time.monotonic()
    if options.passages:
        told = refrain_spark.passages(frame, text=options.text, order="number", run=options.run)
        found = sorted(tuple(row) for row in told.collect())
        what = f"run {options.run}: {len(found)} passages"
    else:
        kept, evidence = refrain_spark.dedup(
            frame, text=options.text, order="number", threshold=options.threshold
        )
        found = sorted(tuple(row) for row in evidence.collect())
        what = f"threshold {options.threshold}: {len(found)} removed"
    wall = time.monotonic() - start
    kept_rows = 0 if options.passages else kept.count()
    session.stop()
    documents = table.num_rows
    size = table.column(options.text).nbytes / 1e6
    print(f"{options.corpus}, master {options.master}: {documents} documents, {size:.0f} MB of text,")
    print(f"{what}, {wall:.1f} s")
    print()
    print("| stage | wall s | task s | tasks | shuffled, MB | bytes a document |")
    print("|---|---|---|---|---|---|")
    totals = stage_totals(events)
    for name, mine in totals.items():
        if name.startswith("refrain"):
            print(
                f"| {name[9:]} | {walls[name]:.1f} | {mine.seconds:.1f} | {mine.tasks} "
                f"| {mine.written / 1e6:.2f} | {mine.written / documents:.1f} |"
            )
    ours = [mine for name, mine in totals.items() if name.startswith("refrain")]
    written = sum(mine.written for mine in ours)
    print(
        f"| all | {wall:.1f} | {sum(mine.seconds for mine in ours):.1f} | {sum(mine.tasks for mine in ours)} "
        f"| {written / 1e6:.2f} | {written / documents:.1f} |"
    )
    if options.check:
        start = time.monotonic()
        one, one_rows = of_one_machine(table, options)
        seconds = time.monotonic() - start
        print()
        print(f"one machine: {seconds:.1f} s; equal in all rows and figures: {found == one}")
        print(f"kept rows equal in number: {kept_rows == one_rows}")
        if found != one or kept_rows != one_rows:
            sys.exit(1)


def of_one_machine(table, options):
    """What the package says of the same records in memory, and how many it keeps."""
    import refrain

    if options.passages:
        told = refrain.passages(table, text=options.text, run=options.run, progress=False)
        return sorted(
            (p.row_a, p.row_b, p.a_span.start, p.a_span.end, p.b_span.start, p.b_span.end, p.similarity, p.containment)
            for p in told
        ), 0
    one = refrain.dedup(table, text=options.text, threshold=options.threshold, progress=False)
    removed = ((r[-2], r[-1], r.similarity, r.containment, r.reason) for r in one.removed)
    return sorted(removed), len(one.rows)


if __name__ == "__main__":
    main()
