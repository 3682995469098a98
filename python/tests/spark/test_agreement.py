"""What Spark says of a data frame is what one machine says of the same records, however they are spread."""

import datetime
import json
import os
import random

import pytest
from made_up import UGLY, crowd, prose

import refrain
from refrain import spark as refrain_spark
from refrain.spark._stages import Stages

#: Corpora to compare on besides, as "docs.jsonl:0.8,docs.jsonl:0.5".
CORPORA = [entry.rpartition(":") for entry in os.environ.get("REFRAIN_SPARK_CORPORA", "").split(",") if entry]


def recut(texts):
    """The same words in other sentences."""
    return [text.replace(". ", " ").lower() for text in texts]


def corpus():
    texts = prose(500, 7)
    texts += recut(texts[20:40]) + texts[30:50] + [text.upper() for text in texts[40:60]] + UGLY
    texts += [text.replace(" ", ". ") for text in texts[20:30]]
    return texts + crowd(90, 3) + [texts[1]] * 120 + [texts[2].upper()] * 3


def frame_of(session, texts, partitions, seed=1):
    """The records in any order, in so many partitions."""
    rows = [(number, f"r{number}", text) for number, text in enumerate(texts)]
    random.Random(seed).shuffle(rows)
    return session.createDataFrame(rows, "number long, name string, text string").repartition(partitions)


def removed(evidence):
    return sorted(tuple(row) for row in evidence.collect())


def found_of(items):
    for item in items:
        yield (f"r{item[-2]}", f"r{item[-1]}", item.similarity, item.containment, item.reason)


@pytest.mark.parametrize("threshold, partitions", [(0.8, 7), (0.5, 3)])
def test_dedup(session, threshold, partitions):
    texts = corpus()
    frame = frame_of(session, texts, partitions, seed=partitions)
    kept, evidence = refrain_spark.dedup(frame, order="number", id="name", threshold=threshold)
    one = refrain.dedup(texts, threshold=threshold)
    assert removed(evidence) == sorted(found_of(one.removed))
    assert kept.columns == frame.columns
    assert sorted(row["number"] for row in kept.select("number").collect()) == list(one.rows)
    assert {r.reason for r in one.removed} == {"identical", "same-words", "near"}


def test_options(session):
    options = {"keep": "last", "match": "words"}
    texts = corpus()
    frame = frame_of(session, texts, 5)
    _, evidence = refrain_spark.dedup(frame, order="number", id="name", **options)
    assert removed(evidence) == sorted(found_of(refrain.dedup(texts, **options).removed))


def test_keep_by_dates_and_an_order_of_two_columns(session):
    """Neither column tells records apart, and neither is a number."""
    texts = prose(200, 8)
    days = [datetime.date(2024, 1, 1 + number * 7 % 15) for number in range(len(texts))]
    rows = [(f"{n:03}"[:2], f"{n:03}"[2:], f"r{n}", text, day) for n, (text, day) in enumerate(zip(texts, days))]
    random.Random(3).shuffle(rows)
    frame = session.createDataFrame(rows, "`a.b` string, c string, id string, text string, day date")
    kept, evidence = refrain_spark.dedup(frame, order=["a.b", "c"], id="id", keep="newest:day")
    import pyarrow as pa

    one = refrain.dedup(pa.table({"text": texts, "day": days}), keep="newest:day")
    assert removed(evidence) == sorted(found_of(one.removed))
    assert kept.count() == len(one.rows)


def test_pairs(session):
    texts = corpus()
    frame = frame_of(session, texts, 4)
    found = refrain_spark.pairs(frame, order="number", id="name", threshold=0.5)
    one = refrain.pairs(texts, threshold=0.5)
    assert removed(found) == sorted(found_of(one))


def test_a_worker_is_killed(session, cluster, monkeypatch):
    """What it held is computed again; the answer is the same."""
    texts = corpus()
    frame = frame_of(session, texts, 6)
    keep = Stages.keep
    killed = []

    def keep_and_kill(self, name, frame, **sums):
        kept = keep(self, name, frame, **sums)
        if name in ("sketch", "candidates"):
            killed.append(name)
            cluster.kill_worker()
        return kept

    monkeypatch.setattr(Stages, "keep", keep_and_kill)
    kept, evidence = refrain_spark.dedup(frame, order="number", id="name")
    one = refrain.dedup(texts)
    assert killed == ["sketch", "candidates"]
    assert removed(evidence) == sorted(found_of(one.removed))
    assert kept.count() == len(one.rows)


def test_checkpoints(session, tmp_path):
    """With a directory for checkpoints, stages are written there."""
    session.sparkContext.setCheckpointDir(str(tmp_path))
    texts = prose(100, 5)
    _, evidence = refrain_spark.dedup(frame_of(session, texts, 3), order="number", id="name")
    assert removed(evidence) == sorted(found_of(refrain.dedup(texts).removed))
    assert any(tmp_path.rglob("part-*"))


@pytest.mark.parametrize("path, _, threshold", CORPORA)
def test_real_corpora(session, path, _, threshold):
    with open(path) as file:
        texts = [json.loads(line)["text"] for line in file]
    frame = frame_of(session, texts, 8)
    kept, evidence = refrain_spark.dedup(frame, order="number", id="name", threshold=float(threshold))
    one = refrain.dedup(texts, threshold=float(threshold))
    assert removed(evidence) == sorted(found_of(one.removed))
    assert kept.count() == len(one.rows)


def passages_of(frame):
    return sorted(tuple(row) for row in frame.collect())


def passages_of_one(found):
    return sorted(
        (f"r{p.row_a}", f"r{p.row_b}", p.a_span.start, p.a_span.end, p.b_span.start, p.b_span.end, *p[4:6])
        for p in found
    )


@pytest.mark.parametrize("partitions, options", [(5, {}), (3, {"run": 9, "min_bytes": 0})])
def test_passages(session, partitions, options):
    """Copies, edited copies, a footer in many texts, and characters of several bytes."""
    texts = corpus()[:400] + [f"{text} Größe: {text[:200]}" for text in prose(60, 8)]
    footer = " ".join(f"footer{number % 19}" for number in range(40))
    texts += [f"{text} {footer}" for text in prose(40, 9)]
    frame = frame_of(session, texts, partitions)
    found = refrain_spark.passages(frame, order="number", id="name", **options)
    assert found.columns == ["a", "b", "a_start", "a_end", "b_start", "b_end", "similarity", "containment"]
    expected = passages_of_one(refrain.passages(texts, **options))
    assert passages_of(found) == expected
    assert len(expected) > 200
