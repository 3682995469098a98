"""What the package says of values is what the program says of a file of them, record by record."""

import datetime
import json
import subprocess
import sys

import pytest
from conftest import ROOT, lines, write_records

import refrain
from refrain._parquet import six_digits

pa = pytest.importorskip("pyarrow")


def records():
    with open(ROOT / "Fixtures" / "corpus.jsonl") as file:
        return [json.loads(line) for line in file]


def forms(rows):
    """The same rows in all forms that are taken."""
    table = pa.Table.from_pylist(rows)
    yield "records", rows
    yield "table", table
    yield "chunks", pa.concat_tables([table.slice(0, 3), table.slice(3)])
    yield "reader", table.to_reader(max_chunksize=7)
    yield "large", table.set_column(
        table.column_names.index("text"), "text", table["text"].cast(pa.large_string())
    )
    yield "dictionary", table.set_column(
        table.column_names.index("text"), "text", table["text"].dictionary_encode()
    )
    try:
        import polars

        yield "polars", polars.from_arrow(table)
        yield "lazy", polars.from_arrow(table).lazy()
    except ImportError:
        pass
    try:
        import pandas  # noqa: F401

        yield "pandas", table.to_pandas()
    except ImportError:
        pass
    try:
        import duckdb

        yield "duckdb", duckdb.from_arrow(table)
    except ImportError:
        pass
    try:
        import datasets

        yield "datasets", datasets.Dataset(table)
        half = len(rows) // 2
        halves = [datasets.Dataset(table.slice(0, half)), datasets.Dataset(table.slice(half))]
        yield "datasets of two", datasets.concatenate_datasets(halves)
    except ImportError:
        pass


def evidence_of(result):
    return [
        (r.id, r.kept, six_digits(r.similarity), six_digits(r.containment), r.reason) for r in result.removed
    ]


def evidence(path):
    names = ("removed", "kept", "similarity", "containment", "reason")
    return [tuple(line[name] for name in names) for line in lines(path)]


def ids_of(selected):
    if isinstance(selected, list):
        return [row["id"] for row in selected]
    if hasattr(selected, "fetchall"):
        return [row[selected.columns.index("id")] for row in selected.fetchall()]
    column = selected["id"]
    for name in ("to_pylist", "to_list", "tolist"):
        if hasattr(column, name):
            return getattr(column, name)()
    return list(column)


@pytest.mark.parametrize("threshold", [0.8, 0.5])
def test_every_form(tmp_path, command, texts, threshold):
    rows = [{"id": f"r{row}", "text": text} for row, text in enumerate(texts)]
    source, out, why = (tmp_path / name for name in ("in.jsonl", "out.jsonl", "why.jsonl"))
    write_records(source, rows)
    command("dedup", source, "-o", out, "--evidence", why, "--threshold", threshold, "-q")
    seen = set()
    for name, data in forms(rows):
        result = refrain.dedup(data, id="id", threshold=threshold, threads=2)
        assert evidence_of(result) == evidence(why), name
        assert ids_of(result.selected) == [line["id"] for line in lines(out)], name
        assert len(result.removed) > 100
        if name not in ("reader", "lazy"):
            assert type(result.selected) is type(data), name
        seen.add(name)
    assert len(seen) >= 6


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"keep": "longest"},
        {"keep": "newest:date"},
        {"keep": "priority:source=wire,print"},
        {"match": "identical"},
        {"match": "words"},
        {"exhaustive": True},
        {"ngram": 3},
        {"recall": 0.5},
        {"bands": 16, "rows": 4},
    ],
    ids=str,
)
def test_options(tmp_path, command, options):
    rows = records()
    for number, row in enumerate(rows):
        row["id"] = f"r{number}"
        row["date"] = f"2024-01-{10 + number * 7 % 15}"
        row["source"] = ["wire", "web", "print"][number % 3]
    source, out, why, groups = (tmp_path / n for n in ("in.jsonl", "out.jsonl", "why.jsonl", "groups.jsonl"))
    write_records(source, rows)
    flags = []
    for name, value in options.items():
        flags += [f"--{name}"] if value is True else [f"--{name}", value]
    command("dedup", source, "-o", out, "--evidence", why, "--clusters", groups, "-q", *flags)
    for data in (rows, pa.Table.from_pylist(rows)):
        result = refrain.dedup(data, id="id", **options)
        assert evidence_of(result) == evidence(why)
        assert result.kept == [line["id"] for line in lines(out)]
        clusters = {}
        for line in lines(groups):
            clusters.setdefault(line["cluster"], []).append(line["id"])
        expected = {first: set(ids) for first, ids in clusters.items() if len(ids) > 1}
        assert {ids[0]: set(ids) for ids in result.clusters} == expected


def test_keep_by_other_types():
    texts = ["one two three four five six seven", "One two three four five six seven."]
    days = [datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)]
    times = [datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1, 1)]
    for values in (days, times, [1, 2], [0.5, 0.75], ["2024-01-01", "2024-01-02"]):
        table = pa.table({"text": texts, "k": values})
        assert list(refrain.dedup(table, keep="newest:k").rows) == [1]
    with pytest.raises(refrain.RefrainError, match="row 1"):
        refrain.dedup(pa.table({"text": texts, "k": ["2024-01-01", "soon"]}), keep="newest:k")
    with pytest.raises(KeyError, match="no column"):
        refrain.dedup(pa.table({"text": texts}), keep="newest:k")


def test_rethreshold_is_what_the_pairs_say(texts):
    low = refrain.dedup(texts, threshold=0.5, exhaustive=True)
    for threshold in (0.5, 0.7, 0.9, 1):
        again = low.rethreshold(threshold)
        fresh = refrain.dedup(texts, threshold=threshold, exhaustive=True)
        assert list(again.removed) == list(fresh.removed)
        assert again.threshold == threshold
    with pytest.raises(refrain.RefrainError, match="below"):
        low.rethreshold(0.4)


def test_pairs(tmp_path, command, texts):
    rows = [{"id": row, "text": text} for row, text in enumerate(texts)]
    source = tmp_path / "in.jsonl"
    write_records(source, rows)
    for threshold in (0.8, 0.5):
        out = command("pairs", source, "--threshold", threshold, "-q")
        expected = [tuple(json.loads(line).values()) for line in out.splitlines()]
        found = refrain.pairs(texts, threshold=threshold)
        assert [
            (p.a, p.b, six_digits(p.similarity), six_digits(p.containment), p.reason) for p in found
        ] == expected
        assert found[-1] == list(found)[-1] and found[:2] == list(found)[:2]


def test_similarity_is_that_of_pairs(texts):
    found = refrain.pairs(texts, threshold=0.5)
    overlaps = refrain.similarity([texts[p.a] for p in found], [texts[p.b] for p in found])
    assert [o.similarity for o in overlaps] == list(found.similarity)
    assert [o.containment for o in overlaps] == list(found.containment)


def test_compare(tmp_path, command, texts):
    pair = refrain.pairs(texts, threshold=0.5)[0]
    a, b = "é \U0001f600 " + texts[pair.a], texts[pair.b]
    (tmp_path / "a.txt").write_text(a)
    (tmp_path / "b.txt").write_text(b)
    out = command("compare", "--format", "jsonl", tmp_path / "a.txt", tmp_path / "b.txt")
    expected = [json.loads(line) for line in out.splitlines()]
    passages = refrain.compare(a, b)
    assert passages and len(passages) == len(expected)
    spans = {(p.a.start_byte, p.a.end_byte, p.b.start_byte, p.b.end_byte) for p in passages}
    assert spans == {
        (e["a"]["start"], e["a"]["end"], e["b"]["start"], e["b"]["end"]) for e in expected
    }
    for p in passages:
        assert a[p.a.start : p.a.end].encode() == a.encode()[p.a.start_byte : p.a.end_byte]


def test_check(tmp_path, command, texts):
    pages = {}
    for number in range(8):
        body = "\n\n".join([texts[number], texts[100 + number % 3], texts[200]])
        pages[str(tmp_path / f"{number}.md")] = f"# Page {number}\n\n{body}\n"
        (tmp_path / f"{number}.md").write_text(pages[str(tmp_path / f"{number}.md")])
    expected = json.loads(command("check", *pages, "--format", "json", status=1))
    result = refrain.check(pages)
    assert result.document["findings"] == [
        {**found, "gates": mine["gates"], "level": mine["level"]}
        for found, mine in zip(expected["findings"], result.document["findings"])
    ]
    assert len(result.findings) > 2
    assert result.findings[0].places[0].name in pages
    assert "<html" in result.report("html")


def test_the_index_is_the_deduplication(texts):
    index = refrain.SimilarityIndex()
    removed = []
    for row, text in enumerate(texts):
        if index.query(text):
            removed.append(row)
        else:
            index.insert(row, text)
    assert removed == [r.row for r in refrain.dedup(texts).removed]
    assert len(index) == len(texts) - len(removed)
    batch = index.query_many(texts)
    assert [index.query(text) for text in texts[:50]] == batch[:50]
    assert 0 in index and index.remove(0) and not index.remove(0) and 0 not in index


def test_same_for_any_number_of_threads(texts):
    results = [refrain.dedup(texts, threads=threads) for threads in (1, 2, 7)]
    assert list(results[0].removed) == list(results[1].removed) == list(results[2].removed)


def test_without_other_packages(tmp_path):
    """Lists need nothing but Python."""
    code = (
        "import sys\n"
        "for name in ('pyarrow', 'polars', 'pandas', 'numpy', 'tqdm'): sys.modules[name] = None\n"
        "import refrain\n"
        "assert refrain.dedup(['a b c d e f', 'a b c d e f', 'x']).selected == ['a b c d e f', 'x']\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_digits_are_those_of_the_program():
    # 97 / 128 and 1 / 640 end in half a millionth.
    assert [six_digits(share) for share in (97 / 128, 1 / 640, 1 / 3, 1.0, 9999999 / 10**7)] == [
        0.757813, 0.001563, 0.333333, 1.0, 0.999999,
    ]  # fmt: skip
