"""Shared passages: what a comparison finds in every two texts that have a run of words in common."""

import random

import pytest
from made_up import UGLY, prose

import refrain

pa = pytest.importorskip("pyarrow")


def planted(count, seed):
    """Texts of which every third holds a stretch of an earlier one, with up to three words changed."""
    rng = random.Random(seed)
    texts = [text.split() for text in prose(3 * count, seed, 80)]
    # Copies of whole texts would share everything.
    texts = [words for number, words in enumerate(texts) if not any(words[:5] == t[:5] for t in texts[:number])]
    made = []
    for number, words in enumerate(texts[:count]):
        if made and number % 3 == 0:
            source = rng.choice(made)
            start = rng.randrange(max(1, len(source) - 50))
            passage = source[start : start + 50]
            for _ in range(number % 4):
                passage[rng.randrange(len(passage))] = "äöü"
            words = words[:20] + passage + words[20:]
        made.append(words)
    return [" ".join(words) for words in made]


def runs(text, length):
    words = text.lower().replace(".", "").split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def told(passages):
    return [(p.row_a, p.row_b, p.a_span, p.b_span, p.similarity, p.containment) for p in passages]


def test_passages():
    texts = planted(90, 3) + UGLY
    found = refrain.passages(texts, threads=2)
    long, short = ([runs(text, length) for text in texts] for length in (16, 8))
    pairs = {(p.row_a, p.row_b) for p in found}
    asked = {(a, b) for b in range(len(texts)) for a in range(b) if long[a] & long[b]}
    assert pairs >= {pair for pair in asked if refrain.compare(texts[pair[0]], texts[pair[1]], min_bytes=150)}
    assert all(short[a] & short[b] for a, b in pairs)
    assert len(asked) > 25
    expected = [
        (a, b, p.a, p.b, p.similarity, p.containment)
        for a, b in sorted(pairs)
        for p in refrain.compare(texts[a], texts[b], min_bytes=150)
    ]
    assert told(found) == expected
    # Characters, not bytes.
    last = next(p for p in found if "ä" in texts[p.row_b][: p.b_span.end])
    assert texts[last.row_b].encode()[last.b_span.start_byte : last.b_span.end_byte].decode() == (
        texts[last.row_b][last.b_span.start : last.b_span.end]
    )
    assert found[0] == next(iter(found)) and found[-1:] == [list(found)[-1]]


def test_forms_and_settings():
    texts = planted(40, 4)
    expected = told(refrain.passages(texts))
    table = pa.table({"n": range(len(texts)), "body": texts})
    from_table = refrain.passages(table, text="body", id="n", threads=1)
    assert told(from_table) == expected
    assert [(p.a, p.b) for p in from_table] == [(a, b) for a, b, *_ in expected]
    assert from_table.to_arrow().num_rows == len(expected) > 10
    # A shorter run finds more pairs, single sentences more passages.
    assert set(expected) <= set(told(refrain.passages(texts, run=8)))
    assert len(refrain.passages(texts, min_bytes=0)) >= len(expected)
    assert told(refrain.passages([*texts, None], on_error="skip")) == expected


def test_what_is_refused():
    for run in (7, 1025, -1):
        with pytest.raises(refrain.RefrainError, match="between 8 and 1024 words"):
            refrain.passages(["a"], run=run)
    with pytest.raises(refrain.RefrainError, match="row 1: the text is null"):
        refrain.passages(["a", None])
    with pytest.raises(TypeError):
        refrain.passages(["a"], run=16.5)
    assert len(refrain.passages([])) == 0
