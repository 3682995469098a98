"""The rules that decide are those of one machine: who stays, and who is proposed at all."""

import random
from ctypes import c_void_p

import numpy as np
import pyarrow as pa
import pytest
from made_up import near

import refrain
from refrain import _library
from refrain._arrow import Table
from refrain._library import call
from refrain.spark import _buckets
from refrain.spark._stages import Kept, Stages
from refrain.spark._survive import decide, survivors


def naive_survivors(pairs, words):
    """The rule as it is written: one record after the other, each against all before it."""
    gone = {}
    for item in sorted({item for pair in pairs for item in pair} | words.keys()):
        kept = sorted(
            other
            for other in range(item)
            if other not in gone
            and ((other, item) in pairs or (item in words and words.get(other) == words[item]))
        )
        if kept:
            gone[item] = kept[0]
    return gone


def random_graph(rng):
    nodes = rng.randrange(2, 40)
    pairs = set()
    for _ in range(rng.randrange(0, 3 * nodes)):
        a, b = sorted(rng.sample(range(nodes), 2))
        pairs.add((a, b))
    if rng.random() < 0.3:
        pairs |= {(i, i + 1) for i in range(min(nodes - 1, 8))}
    words = {item: item % 5 for item in range(nodes) if rng.random() < 0.2}
    firsts = {}
    for item, number in sorted(words.items()):
        firsts.setdefault(number, item)
    return pairs, {item: firsts[number] for item, number in words.items()}


def test_survivors_on_random_graphs():
    rng = random.Random(5)
    gone = 0
    for _ in range(2000):
        pairs, words = random_graph(rng)
        shuffled = rng.sample(sorted(pairs), len(pairs))
        found = decide(shuffled, words.items())
        assert found == naive_survivors(pairs, words)
        gone += len(found)
    assert gone > 10_000


@pytest.mark.parametrize("seed", range(12))
def test_survivors_are_those_of_the_engine(seed):
    """Texts that resemble each other in chains: all pairs of the engine, and what it makes of them."""
    texts = near(120, seed)
    pairs = refrain.pairs(texts, threshold=0.5, exhaustive=True)
    one = refrain.dedup(texts, threshold=0.5, exhaustive=True)
    assert {r.row: r.kept_row for r in one.removed} == decide(zip(pairs.first, pairs.second), [])
    chained = set(pairs.second) - set(one.removed.first)
    assert len(one.removed) > 20 and chained


def test_rounds_give_the_same(session):
    """Many graphs at once, so that a round is worth its jobs; one of them is a long chain."""
    rng = random.Random(9)
    pairs, words = {(i, i + 1) for i in range(5)}, {}
    for number in range(1, 30):
        more, of_words = random_graph(rng)
        pairs |= {(a + 100 * number, b + 100 * number) for a, b in more}
        words.update({a + 100 * number: b + 100 * number for a, b in of_words.items()})
    frame = session.createDataFrame(rng.sample(sorted(pairs), len(pairs)), "earlier long, later long")
    recut = session.createDataFrame(sorted(words.items()), "item long, words long")
    stages = Stages(frame)
    expected = decide(pairs, words.items())
    # The first rounds run on the cluster, and the driver decides what is left.
    found = survivors(stages, Kept(frame, len(pairs)), Kept(recut, len(words)), limit=20)
    assert {row["item"]: row["kept"] for row in found.frame.collect()} == expected
    stages.release()
    assert expected == naive_survivors(pairs, words)


def engine_candidates(keys):
    """Pairs that the engine proposes for rows of keys."""
    table = Table()
    options = _library.options(threads=2)
    flat = np.ascontiguousarray(keys, np.uint64)
    call("refrain_candidates", c_void_p(flat.ctypes.data), *keys.shape, options, *table.target)
    columns = table.columns()
    return set(zip(columns["earlier"], columns["later"]))


def batches(rows, schema, rng):
    """Sorted rows as batches of any size."""
    rows = sorted(rows)
    while rows:
        size = rng.choice([1, 2, 7, 100, 5000])
        part, rows = rows[:size], rows[size:]
        columns = zip(*part)
        yield pa.RecordBatch.from_arrays([pa.array(c, t) for c, t in zip(columns, schema)], names=list("abcd")[: len(schema)])


@pytest.mark.parametrize("seed", range(30))
def test_candidates_are_those_of_the_engine(seed):
    """Random keys, some of them in crowds: the same pairs, each once, and who was cut off."""
    rng = random.Random(seed)
    rows, bands = rng.choice([2, 50, 400]), rng.choice([1, 3, 9])
    values = rng.choice([2, 20, rows])
    keys = np.array([[rng.randrange(1, values + 1) for _ in range(bands)] for _ in range(rows)], np.int64)
    keyed = [(band, int(keys[row, band]), row) for row in range(rows) for band in range(bands)]
    types = (pa.int32(), pa.int64(), pa.int64())
    lists = [
        row
        for batch in _buckets._bucket_lists(batches(keyed, types, rng))
        for row in zip(*(batch.column(i).to_pylist() for i in range(4)))
    ]
    types = (pa.int64(), pa.int64(), pa.list_(pa.int64()), pa.bool_())
    found, cut, hubs = [], [], {}
    for batch in _buckets._distinct_lists(batches(lists, types, rng)):
        for item, hub, others, capped in zip(*(batch.column(i).to_pylist() for i in range(4))):
            found += [(other, item) for other in others]
            cut += [item] * capped
            assert hub <= others[0] and others == sorted(others)
    assert len(found) == len(set(found))
    assert set(found) == engine_candidates(keys)
    before = [sum(keys[:row, band] == keys[row, band]) for row in range(rows) for band in range(bands)]
    crowded = {index // bands for index, count in enumerate(before) if count > 64}
    assert sorted(cut) == sorted(crowded)


@pytest.mark.parametrize("seed", range(10))
def test_neighbours_follow_the_rule(seed):
    """The first ten of a bucket with all before them, later ones with the first and the two before."""
    rng = random.Random(seed)
    holders = {key: sorted(rng.sample(range(200), rng.choice([1, 2, 10, 11, 60]))) for key in range(30)}
    keyed = [(0, key, item) for key, items in holders.items() for item in items]
    found, cut = [], []
    lists = [
        row
        for batch in _buckets._bucket_lists(batches(keyed, (pa.int32(), pa.int64(), pa.int64()), rng), _buckets.Neighbours)
        for row in zip(*(batch.column(i).to_pylist() for i in range(4)))
    ]
    types = (pa.int64(), pa.int64(), pa.list_(pa.int64()), pa.bool_())
    for batch in _buckets._distinct_lists(batches(lists, types, rng)):
        for item, hub, others, capped in zip(*(batch.column(i).to_pylist() for i in range(4))):
            found += [(other, item) for other in others]
            cut += [item] * capped
    expected = {
        (items[other], item)
        for items in holders.values()
        for place, item in enumerate(items)
        for other in range(place)
        if place < 10 or other == 0 or other >= place - 2
    }
    assert len(found) == len(set(found)) and set(found) == expected
    assert sorted(cut) == sorted({item for items in holders.values() for item in items[10:]})
