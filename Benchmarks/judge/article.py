"""Fits the points that tell whether two sentences of an article repeat each other.

LABELS  JSON Lines, a judged pair of sentences each: {"doc", "a_start", "a_end", "b_start", "b_end", "label": 0 or 1}, with
        offsets in bytes of the article.
FOUND   the result of `refrain check --scope within --candidates --all --format json` on the articles: each pair of
        sentences that was measured is a finding, with its measures in `why`.

The fit is a logistic regression of few parameters: each step of a measure counts the same, so a measure has one weight,
and the steps say how its values are stretched: weights in bits by their square root, all others evenly. Steps of free
height were tried. They fit the same labels better and other ones worse. What may speak for a repetition never counts
against it, and the other way round.

A pair may be a note from the probability on that makes the expected F1 of the labelled pairs the best, if its score tells
it too, and is an error from SURE on. F1 counts judged pairs that were never proposed as missed. It is printed for each file of labels, by the
points fitted on all others, and for all of them by tenfold cross-validation over articles.
"""

import hashlib
import json
import math
import sys
from collections import defaultdict

ROOTS = [9, 12, 16, 20, 25, 30, 36, 42, 49, 56, 64, 72, 81]
# By measure: +1 where more speaks for a repetition, -1 where it speaks against it, and from where its steps count.
SHAPE = {
    "shared": (1, ROOTS),
    "contained": (1, list(range(25, 100, 5))),
    "aligned": (1, ROOTS[:9]),
    "numbers": (-1, [1, 2, 3, 4]),
    "contrast": (-1, [1, 2, 3]),
    "figures": (1, [1, 2]),
    "rare": (1, [1, 2, 3, 4, 5]),
    "lead": (1, [1]),
    "quoted": (1, [1]),
}
# Sentences with less of their word bigrams in common are not told, whatever they measure, as the program has it. The
# weights are fitted on them, too.
LEAST_LIKENESS = 1 / 16
# Points a unit of the regression.
SCALE = 10
# The weight of the squares of the parameters, each in units of its measure's standard deviation.
PENALTY = 10.0
ROUNDS = 2000
# The least probability of an error.
SURE = 0.55


def pairs(labels, found):
    """The judged pairs of a file: the article, the label, and the measures; None where it was not proposed."""
    with open(found, encoding="utf-8") as file:
        findings = json.load(file)["findings"]
    by_article = defaultdict(list)
    for finding in findings:
        if finding.get("why", {}).get("table") != "article":
            continue
        measured = {item["measure"]: item["value"] for item in finding["why"]["measures"]}
        measured["alike"] = finding["similarity"] >= LEAST_LIKENESS
        spans = [(p["start"]["byte"], p["end"]["byte"]) for p in finding["occurrences"][:2]]
        by_article[str(finding["occurrences"][0]["id"])].append((spans, measured))

    def on(span, start, end):
        common = min(span[1], end) - max(span[0], start)
        return common >= 0.3 * (end - start) and span[1] - span[0] <= 3 * (end - start)

    with open(labels, encoding="utf-8") as file:
        for line in file:
            pair = json.loads(line)
            held = [
                measured
                for spans, measured in by_article[pair["doc"]]
                if on(spans[0], pair["a_start"], pair["a_end"])
                and on(spans[1], pair["b_start"], pair["b_end"])
            ]
            best = max(held, key=lambda m: (m["alike"], m["shared"], m["contained"]), default=None)
            yield pair["doc"], int(pair["label"]), best


def steps(measured):
    return [sum(measured[name] >= bound for bound in bounds) for name, (_, bounds) in SHAPE.items()]


def fit(data):
    """The weight of a step of each measure, and the constant, by projected gradient descent."""
    rows = [(steps(measured), label) for _, label, measured in data if measured]
    signs = [sign for sign, _ in SHAPE.values()]
    count = len(rows)
    means = [sum(x[i] for x, _ in rows) / count for i in range(len(signs))]
    spreads = [
        math.sqrt(sum((x[i] - means[i]) ** 2 for x, _ in rows) / count) or 1.0
        for i in range(len(signs))
    ]
    scaled = [([(v - m) / s for v, m, s in zip(x, means, spreads)], label) for x, label in rows]
    weights, constant = [0.0] * len(signs), 0.0
    for round_number in range(ROUNDS):
        pace = 1.0 / (1 + round_number / 500)
        change = [PENALTY / count * weight for weight in weights]
        shift = 0.0
        for x, label in scaled:
            score = constant + sum(w * v for w, v in zip(weights, x))
            miss = (1 / (1 + math.exp(-score)) - label) / count
            shift += miss
            for i, value in enumerate(x):
                change[i] += miss * value
        constant -= pace * shift
        for i, sign in enumerate(signs):
            weights[i] -= pace * change[i]
            if weights[i] * sign < 0:
                weights[i] = 0.0
    own = [weight / spread for weight, spread in zip(weights, spreads)]
    return own, constant - sum(w * m for w, m in zip(own, means))


def table(data):
    """Whole points for the steps of each measure, and the least sums of a note and an error."""
    weights, constant = fit(data)
    points = {}
    for weight, (name, (_, bounds)) in zip(weights, SHAPE.items()):
        held = []
        for number, bound in enumerate(bounds, 1):
            whole = round(number * weight * SCALE)
            if whole != (held[-1][1] if held else 0):
                held.append((bound, whole))
        points[name] = held
    sums = sorted((total(m, points) for _, _, m in data if m and m["alike"]), reverse=True)
    chances = [1 / (1 + math.exp(-(s / SCALE + constant))) for s in sums]
    best, note, right = -1.0, 0, 0.0
    for told, (own, chance) in enumerate(zip(sums, chances), 1):
        right += chance
        f1 = 2 * right / (told + sum(chances))
        # Of equal sums all are told.
        if f1 > best and (told == len(sums) or sums[told] != own):
            best, note = f1, own
    return points, note, max(note, math.ceil((math.log(SURE / (1 - SURE)) - constant) * SCALE))


def total(measured, points):
    """The points of a pair."""
    sum_ = 0
    for name, held in points.items():
        reached = [value for bound, value in held if measured[name] >= bound]
        sum_ += reached[-1] if reached else 0
    return sum_


def counts(data, points, least):
    """Repetitions that are told, other pairs that are, and all repetitions."""
    told = [label for _, label, m in data if m and m["alike"] and total(m, points) >= least]
    return sum(told), len(told) - sum(told), sum(label for _, label, _ in data)


def figure(name, told):
    right, wrong, there = told
    f1 = 2 * right / max(1, right + wrong + there)
    print(f"{name}: F1 {f1:.3f}, {right} of {there}, and {wrong} others", file=sys.stderr)


def fold(article):
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % 10


def fitted(files):
    """The table of all labels; prints how well it does on labels that it was not fitted on."""
    sources = [list(pairs(labels, found)) for labels, found in files]
    data = [pair for source in sources for pair in source]
    for number, (labels, _) in enumerate(files):
        others = [pair for other, source in enumerate(sources) if other != number for pair in source]
        if others:
            points, note, _ = table(others)
            figure(f"{labels}, fitted on the others", counts(sources[number], points, note))
    folded = [(0, 0, 0)]
    for number in range(10):
        points, note, _ = table([pair for pair in data if fold(pair[0]) != number])
        folded.append(counts([pair for pair in data if fold(pair[0]) == number], points, note))
    figure("all, cross-validated", tuple(map(sum, zip(*folded))))
    points, note, error = table(data)
    figure("all, notes", counts(data, points, note))
    figure("all, errors", counts(data, points, error))
    return points, note, error
