"""Ten thousand calls with wrong data: an exception each time, or a right answer, and never a crash."""

import array
import ctypes
import gc
import itertools
import os
import random
import subprocess
import sys
import threading

import pytest
from conftest import UGLY, prose

import refrain
from refrain import _arrow, _library

pa = pytest.importorskip("pyarrow")

#: What a call may raise.
EXPECTED = (TypeError, ValueError, KeyError, OverflowError, ImportError, pa.ArrowException)


class Rude:
    """Has the method that Arrow data has, and gives something else."""

    def __init__(self, answer):
        self.answer = answer

    def __arrow_c_stream__(self, requested_schema=None):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def values(rng):
    """Things that are no texts, or strange ones."""
    table = pa.table({"text": ["one two three", None, "x"] * 3, "n": range(9)})
    words = pa.array(["alpha beta gamma delta", "x", None, "", "é"] * 4)
    return [
        None, 0, -1, 2**70, 1.5, float("nan"), True, b"bytes", bytearray(b"x"), "one", "", object(), int, len,
        [], [None], [1], ["a", 2], ["a", None], ["\ud800"], [b"a"], [[]], [{}], [{"text": 3}],
        [{"text": "a"}, 3], [("a",)], [("a", "b"), "c"], [(1, 2)], (), ("a", "b"), {}, {"a": None}, {"a": 1},
        {1: "a"}, set(), {"a"}, iter(["a", "b"]), range(3), memoryview(b"x"), array.array("q", [1]),
        table, table.slice(4), table.slice(9), table.select(["n"]), table.drop_columns(["text"]),
        table.rename_columns(["text", "text"]), pa.table({}), pa.table({"text": pa.nulls(3)}),
        pa.table({"text": pa.array([b"\xff\xfe", b"ok"])}), pa.table({"text": pa.array([1, 2])}),
        pa.table({"text": pa.array([["a"], ["b"]])}), pa.table({"text": pa.array([{"a": 1}])}),
        pa.table({"text": pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"]).buffers())}),
        words, words.slice(3), words.slice(7, 5), words.dictionary_encode(), words.dictionary_encode().slice(6),
        words.cast(pa.large_string()), pa.chunked_array([words, words.slice(2)]),
        pa.chunked_array([], pa.string()), pa.array([], pa.string()), pa.nulls(4), pa.nulls(0, pa.string()),
        pa.array([1, 2]), pa.array([True]), pa.record_batch({"text": words}), pa.record_batch({"x": words}).slice(3),
        pa.table({"text": words}).to_reader(), pa.DictionaryArray.from_arrays(pa.array([0, None, 1]), words[:2]),
        pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.uint16()), pa.array(["a", None])),
        pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])),
        Rude(None), Rude(3), Rude("x"), Rude(ValueError("no")), Rude(words), Rude(object()), UGLY, UGLY * 3,
    ]  # fmt: skip


def strings(rng):
    return [None, 1, b"text", "", "text", "id", "x", "n", "\0", "\ud800", "text\0", "a" * 5000, [], float("nan")]


def numbers(rng):
    return [
        None, 0, -1, 1, 5, 0.5, 0.8, 1.0, 1.0001, -0.0, float("nan"), float("inf"), 2**31, -(2**63), 2**64, 10**400,
        "0.8", "", b"1", [], {}, True, 1e-7, 1e-300, 64, 65, 1024, 1025, object(),
    ]  # fmt: skip


def calls(rng):
    """One call after the other, for ever."""
    for number in itertools.count():
        # Some are used up by being looked at.
        if number % 20 == 0:
            known = values(rng)
        data, other = rng.choice(known), rng.choice(known)
        some = {}
        for name in ("threshold", "recall", "ngram", "threads", "bands", "rows", "memory"):
            if rng.random() < 0.12:
                some[name] = rng.choice(numbers(rng))
        if some.get("threads") is not None and isinstance(some["threads"], int) and some["threads"] > 16:
            del some["threads"]
        for name in ("text", "id", "match", "on_error", "keep"):
            if rng.random() < 0.12:
                some[name] = rng.choice(strings(rng) + ["skip", "words", "longest", "newest:n", "newest:text"])
        kind = rng.randrange(8)
        if kind <= 2:
            yield lambda: exhaust(refrain.dedup(data, **some))
        elif kind == 3:
            some.pop("keep", None)
            yield lambda: list(refrain.pairs(data, **some))
        elif kind == 4:
            yield lambda: refrain.similarity(data, other, ngram=rng.choice(numbers(rng)))
        elif kind == 5:
            yield lambda: refrain.compare(data, other, min_bytes=rng.choice(numbers(rng)))
        elif kind == 6:
            least, markup = rng.choice(numbers(rng)), rng.choice(strings(rng) + ["html", "notebook"])
            yield lambda: refrain.check(data, min_words=least, markup=markup, threads=1)
        else:
            yield lambda: index_calls(rng, data, other)


def exhaust(result):
    """Looks at all that a result has, and holds it to what is always true."""
    gone = {r.row for r in result.removed}
    assert not gone & set(result.rows)
    assert all(r.kept_row in set(result.rows) for r in result.removed)
    assert sum(map(len, result.clusters)) == len(gone) + len({r.kept_row for r in result.removed})
    result.selected, result.kept, result.duplicate_ratio, result.rethreshold(1.0), repr(result)


def index_calls(rng, data, other):
    index = refrain.SimilarityIndex(rng.choice([0.8, 0.5, rng.choice(numbers(rng))]))
    index.insert("a", "alpha beta gamma delta epsilon")
    for call in (
        lambda: index.insert(data, other),
        lambda: index.insert_many(data, other),
        lambda: index.query(data),
        lambda: index.query_many(data, rng.choice(numbers(rng))),
        lambda: index.remove(data),
    ):
        try:
            call()
        except EXPECTED:
            pass
    assert index.query("alpha beta gamma delta epsilon")[0].id == "a" or not index.remove("a")


def test_ten_thousand_calls():
    rng = random.Random(11)
    done = refused = 0
    for call, _ in zip(calls(rng), range(10_000)):
        try:
            call()
            done += 1
        except EXPECTED:
            refused += 1
    assert done > 1000 and refused > 1000


def test_ten_thousand_calls_from_threads():
    """Several threads at once, over data that they share."""
    texts = prose(60, 3)
    table = pa.table({"text": texts})
    index = refrain.SimilarityIndex()
    expected = list(refrain.dedup(texts).removed)
    failures = []

    def work(seed):
        rng = random.Random(seed)
        try:
            for call, number in zip(calls(rng), range(250)):
                try:
                    call()
                except EXPECTED:
                    pass
                assert list(refrain.dedup(table, threads=2).removed) == expected
                index.insert((seed, number), texts[number % 60])
                index.query(texts[rng.randrange(60)])
                index.remove((seed, number))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(index) == 0


def test_names_of_errors():
    with pytest.raises(refrain.RefrainError, match="row 2: the text is null") as caught:
        refrain.dedup(["a", "b", None])
    assert caught.value.row == 2
    assert refrain.dedup(["a", "b", None, "b"], on_error="skip").skipped == [2]
    with pytest.raises(KeyError, match="columns are: body, n"):
        refrain.dedup(pa.table({"body": ["a"], "n": [1]}))
    with pytest.raises(refrain.RefrainError, match="not UTF-8"):
        refrain.dedup(pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"]).buffers()))
    with pytest.raises(TypeError, match="row 1: the text is a int, not a str"):
        refrain.dedup(["a", 2])
    with pytest.raises(refrain.RefrainError, match="threshold"):
        refrain.dedup(["a"], threshold=80)
    with pytest.raises(TypeError, match="no collection"):
        refrain.dedup("a text")
    # Null rows of a struct are null texts.
    struct = pa.StructArray.from_arrays([pa.array(["a", "b"])], ["text"], mask=pa.array([False, True]))
    assert struct.null_count == 1


def test_handles_that_are_gone():
    for name in ("refrain_texts_count", "refrain_index_count"):
        for value in (0, 1 << 63, (1 << 64) - 1):
            with pytest.raises(refrain.RefrainError, match="handle"):
                _library.call(name, value, ctypes.byref(ctypes.c_int64()))
    texts = _arrow.from_list(["a"])
    with pytest.raises(refrain.RefrainError, match="another kind"):
        _library.call("refrain_index_count", texts.handle.value, ctypes.byref(ctypes.c_int64()))


def test_memory_is_given_back():
    """What a table lends is released with its handle."""
    texts = prose(200, 5)
    # A call so long that it is watched, on a thread of its own.
    long = prose(2500, 5)
    assert sum(map(len, long)) > _library.SHORT_CALL
    gc.collect()
    before = pa.total_allocated_bytes()
    for _ in range(20):
        refrain.dedup(pa.table({"text": texts}))
    for _ in range(3):
        table = pa.table({"text": long})
        refrain.dedup(table).rethreshold(0.9)
        refrain.pairs(table)
        refrain.passages(table)
    del table
    gc.collect()
    assert pa.total_allocated_bytes() == before


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_no_leak():
    texts = prose(300, 6)
    table = pa.table({"text": texts})
    # What is watched, and not over at once.
    long = pa.table({"text": prose(2500, 6)})

    def round():
        result = refrain.dedup(table, threads=1)
        result.rethreshold(0.9)
        refrain.pairs(texts, threads=1)
        index = refrain.SimilarityIndex()
        index.insert_many(range(len(texts)), texts)
        index.query_many(texts, threads=1)
        refrain.dedup(long, threads=1, progress=False).rethreshold(0.9)

    for _ in range(15):
        round()
    before = resident()
    for _ in range(60):
        round()
    # The short texts alone would be 8 MB here, and what the long ones need 60 MB.
    assert resident() - before < 6 << 20


FORK = """
import multiprocessing, refrain, random
words = ["w%d" % i for i in range(500)]
rng = random.Random(1)
texts = [" ".join(rng.choices(words, k=40)) for _ in range(3000)] * 2
def work(_):
    return len(refrain.dedup(texts, threads=2).removed)
expected = work(0)
assert expected == 3000
with multiprocessing.get_context("fork").Pool(3) as pool:
    assert pool.map(work, range(6)) == [expected] * 6
assert work(0) == expected
"""


def test_fork():
    subprocess.run([sys.executable, "-c", FORK], check=True, timeout=120)


INTERRUPTED = """
import random, signal, sys, threading, time, os
import refrain
rng = random.Random(1)
words = ["w%d" % i for i in range(2000)]
texts = [" ".join(rng.choices(words, k=60)) for _ in range(60000)]
before = open("/proc/self/status").read()
def interrupt():
    time.sleep(float(sys.argv[1]))
    global sent
    sent = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)
call = getattr(refrain, sys.argv[2])
threading.Thread(target=interrupt).start()
try:
    while True:
        call(texts, threshold=0.05, exhaustive=sys.argv[3] == "1")
except KeyboardInterrupt:
    print("stopped", time.monotonic() - sent)
assert len(refrain.dedup(["a b c d e f"] * 2).removed) == 1
"""


@pytest.mark.parametrize("after", [0.7, 2.5])
@pytest.mark.parametrize("what", [("dedup", "0"), ("pairs", "0")])
def test_interruption(what, after):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(after), *what], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("stopped")


def test_process_is_left_alone():
    def state():
        with open("/proc/self/status") as file:
            return [line for line in file if line.startswith(("SigCgt", "SigIgn", "SigBlk", "Umask"))]

    before = state()
    refrain.dedup(prose(3000, 8))
    assert state() == before


def test_progress():
    seen = []
    texts = prose(1500, 9) * 8
    refrain.dedup(texts, progress=lambda *told: seen.append(told), threads=1)
    assert all(stage in _library.STAGES and 0 <= done <= total for stage, done, total in seen)
    refrain.dedup(texts, progress=False)
    with pytest.raises(RuntimeError):
        # Until a call takes so long that somebody is told.
        for doubled in range(8):
            refrain.dedup(prose(3000 << doubled, 9), threshold=0.3, threads=1, progress=raising)


def raising(*_):
    raise RuntimeError("from a callback")
