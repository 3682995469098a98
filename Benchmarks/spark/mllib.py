#!/usr/bin/env python3
"""`refrain.spark.pairs` beside MLlib's MinHashLSH, both on word 5-grams, and both beside the exact pairs.

Runs in an environment that has the wheel and pyspark.

    Benchmarks/spark/mllib.py CORPUS.jsonl [--records 20000] [--threshold 0.8] [--master local[2]]
"""

import argparse
import json
import os
import sys
import tempfile
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--tables", type=int, nargs="*", default=[5, 20], help="hash tables of MLlib")
    options = parser.parse_args()
    with open(options.corpus) as file:
        texts = [json.loads(line)["text"] for line, _ in zip(file, range(options.records))]

    import pyarrow as pa
    import pyarrow.parquet as pq

    import refrain

    exact = refrain.pairs(texts, threshold=options.threshold, exhaustive=True, all_pairs=True)
    exact = set(zip(exact.first, exact.second))
    print(f"{len(texts)} records, {len(exact)} exact pairs at {options.threshold}")

    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory(prefix="refrain-spark-") as scratch:
        pq.write_table(pa.table({"number": range(len(texts)), "text": texts}), f"{scratch}/corpus.parquet")
        builder = SparkSession.builder.master(options.master).config("spark.driver.memory", "6g")
        for key, value in {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "8",
            "spark.local.dir": scratch,
        }.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        frame = session.read.parquet(f"{scratch}/corpus.parquet").repartition(8).cache()
        frame.count()

        def told(name, seconds, found):
            print(
                f"{name:28s} {seconds:8.1f} s   {len(found)} pairs   "
                f"recall {len(found & exact) / len(exact):.4f}   wrong {len(found - exact)}",
                flush=True,
            )

        def ours():
            from refrain import spark as refrain_spark

            rows = refrain_spark.pairs(frame, order="number", threshold=options.threshold, all_pairs=True).collect()
            return {(row["a"], row["b"]) for row in rows}

        def theirs(tables):
            from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
            from pyspark.sql import functions as F

            words = RegexTokenizer(inputCol="text", outputCol="words", pattern=r"\W+").transform(frame)
            grams = NGram(n=5, inputCol="words", outputCol="grams").transform(words.where("size(words) >= 5"))
            vectors = HashingTF(inputCol="grams", outputCol="vector", binary=True, numFeatures=1 << 22).transform(grams)
            vectors = vectors.select("number", "vector").cache()
            model = MinHashLSH(inputCol="vector", outputCol="hashes", numHashTables=tables, seed=77).fit(vectors)
            joined = model.approxSimilarityJoin(vectors, vectors, 1 - options.threshold)
            rows = joined.select(F.col("datasetA.number").alias("a"), F.col("datasetB.number").alias("b"))
            found = {(row["a"], row["b"]) for row in rows.where("a < b").collect()}
            vectors.unpersist()
            return found

        for name, run in [
            ("refrain.spark, first call", ours),
            ("refrain.spark", ours),
            *((f"MLlib, {tables} tables", lambda tables=tables: theirs(tables)) for tables in options.tables),
        ]:
            start = time.perf_counter()
            found = run()
            told(name, time.perf_counter() - start, found)
        session.stop()


if __name__ == "__main__":
    main()
