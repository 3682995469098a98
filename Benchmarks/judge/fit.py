#!/usr/bin/env python3
"""Fit the tables of points that give findings their level, and write them as Swift.

    fit.py --page LABELS FOUND [--page LABELS FOUND ...] --article LABELS FOUND [--article LABELS FOUND ...]
           [--write PointTable+Fitted.swift]
    fit.py --check PointTable+Fitted.swift    fails if this is not as the script writes its tables

LABELS  JSON Lines, a judged pair of places each: {"a": {"path", "start", "end"}, "b": {...}, "labels": [...], "weight": W},
        with offsets in bytes and a label from each reader: G (an editor would want it fixed before merging), S (a
        repetition that is wanted or minor) or H (nothing an editor would want to see). W is how many findings the pair
        stands for.
FOUND   the result of `refrain check . --all --format json`, run in the folder that the paths are relative to.

A finding's level is a sum of points: each measure in its `why` has steps, and the last step that its value reaches says
what it counts. The fit is an ordinal logistic regression on the steps: one sum, two limits, between hint and note and
between note and error. What may speak for a finding never counts less for more of it, and what may speak against it never
counts less against it for more, so a table stays one that a person can follow. Weights are drawn to the square root, so
that a few crowded strata do not decide everything. Findings of a class are left out: they are no errors whatever they
measure. The figures it prints are those of a tenfold cross-validation over pages.

Sentences of articles have a table of their own (--article), fitted by the module `article` beside this one.
A table for which no labels are given stays as the file to be written has it.

Needs nothing but Python. The same input gives the same table.
"""

import argparse
import hashlib
import json
import math
import os
import re
import sys
from collections import defaultdict

import article

# By measure: +1 where more speaks for a finding, -1 where it speaks against it, and from where its steps count.
PAGE = {
    "told": (1, [6, 9, 12, 15, 18, 21, 25, 30, 40, 60]),
    "likeness": (1, [15, 25, 35, 45, 55, 65, 80]),
    "places": (-1, [3, 4, 6, 9]),
    "frame": (-1, [1, 4]),
    "values": (-1, [1, 2, 4]),
}
SHAPES = {"page": PAGE, "article": article.SHAPE}
COMMENTS = {"page": "For pages of manuals.", "article": "For two sentences of an article."}
# Points a unit of the regression: enough for whole numbers to tell steps apart.
SCALE = 4
# Columns of a line of Swift.
WIDTH = 100
ROUNDS = 1500
PENALTY = 0.02


def places(found):
    """The findings of a result by path: (finding, start, end)."""
    by_path = defaultdict(list)
    for number, finding in enumerate(found["findings"]):
        for place in finding["occurrences"]:
            path = place["path"].removeprefix("./")
            by_path[path].append((number, place["start"]["byte"], place["end"]["byte"]))
    return by_path


def rows(labels, found):
    """The judged pairs that were found, each with the measures of the finding that tells it best."""
    by_path = places(found)

    def on(place):
        start, end = place["start"], place["end"]
        return {
            (n, s, e)
            for n, s, e in by_path.get(place["path"], ())
            if 2 * (min(e, end) - max(s, start)) >= end - start
        }

    for line in labels:
        pair = json.loads(line)
        first, second = on(pair["a"]), on(pair["b"])
        numbers = {
            n
            for n, *p in first
            for m, *q in second
            if n == m and (p != q or pair["a"]["path"] != pair["b"]["path"])
        }
        best = None
        for number in numbers:
            finding = found["findings"][number]
            why = finding.get("why", {})
            if "measures" not in why or why.get("table") != "page" or "class" in finding:
                continue
            measured = {item["measure"]: item["value"] for item in why["measures"]}
            rank = measured.get("told", 0) * measured.get("likeness", 0)
            if best is None or rank > best[0]:
                best = (rank, measured)
        if best:
            yield {
                "page": pair["a"]["path"],
                "measures": best[1],
                "note": sum(l != "H" for l in pair["labels"]) / len(pair["labels"]),
                "error": sum(l == "G" for l in pair["labels"]) / len(pair["labels"]),
                "weight": math.sqrt(pair.get("weight", 1)),
            }


def active(row, shape):
    """The steps that the measures of a row reach, as numbers in the order of the shape."""
    steps, number = [], 0
    for measure, (_, bounds) in shape.items():
        value = row["measures"].get(measure, 0)
        for bound in bounds:
            if value >= bound:
                steps.append(number)
            number += 1
    return steps


def fit(data, shape):
    """What each step adds, and the two limits, by projected gradient descent."""
    signs = [sign for sign, bounds in shape.values() for _ in bounds]
    adds = [0.0] * len(signs)
    limits = [0.0, 1.0]
    reached = [active(row, shape) for row in data]
    total = sum(row["weight"] for row in data) or 1.0
    for round_number in range(ROUNDS):
        pace = 4.0 / (1 + round_number / 300)
        change = [PENALTY * add for add in adds]
        limit_change = [0.0, 0.0]
        for row, steps in zip(data, reached):
            score = sum(adds[s] for s in steps)
            for which, target in ((0, row["note"]), (1, row["error"])):
                miss = 1 / (1 + math.exp(limits[which] - score)) - target
                miss *= row["weight"] / total
                limit_change[which] -= miss
                for step in steps:
                    change[step] += miss
        for step, sign in enumerate(signs):
            adds[step] -= pace * change[step]
            if adds[step] * sign < 0:
                adds[step] = 0.0
        for which in (0, 1):
            limits[which] -= pace * limit_change[which]
        limits[1] = max(limits)
    return adds, limits


def table(data, shape):
    """Whole points for each step of each measure, and the least sums of a note and an error."""
    adds, _ = fit(data, shape)
    points, number = {}, 0
    for measure, (_, bounds) in shape.items():
        total, steps = 0.0, []
        for bound in bounds:
            total += adds[number]
            number += 1
            whole = round(total * SCALE)
            if whole != (steps[-1][1] if steps else 0):
                steps.append((bound, whole))
        points[measure] = steps
    note = limit(data, points, "note")
    return points, note, max(note, limit(data, points, "error"))


def score(row, points):
    total = 0
    for measure, steps in points.items():
        value = row["measures"].get(measure, 0)
        reached = [p for bound, p in steps if value >= bound]
        total += reached[-1] if reached else 0
    return total


def limit(data, points, target):
    """The least sum that tells what has the level from what has not: the one of the best F1, by weight."""
    sums = [(score(row, points), row[target], row["weight"]) for row in data]
    best = (-1.0, 0)
    for least in sorted({s for s, _, _ in sums}):
        told = [(t, w) for s, t, w in sums if s >= least]
        right = sum(t * w for t, w in told)
        there = sum(t * w for _, t, w in sums)
        f1 = 2 * right / max(1e-9, there + sum(w for _, w in told))
        best = max(best, (f1, least))
    return best[1]


def cross_validated(data, shape, folds=10):
    """How those pairs are judged that the table was not fitted on: (row, level) each."""
    def fold(row):
        return int(hashlib.sha256(row["page"].encode()).hexdigest(), 16) % folds

    for number in range(folds):
        rest = [row for row in data if fold(row) != number]
        own = [row for row in data if fold(row) == number]
        if not own or not rest:
            continue
        points, note, error = table(rest, shape)
        for row in own:
            sum_ = score(row, points)
            yield row, "error" if sum_ >= error else "note" if sum_ >= note else "hint"


def figures(judged):
    judged = list(judged)
    for level, target in (("error", "error"), ("note", "note")):
        told = [r for r, l in judged if l == "error" or l == level]
        weight = sum(r["weight"] ** 2 for r in told)
        right = sum(r[target] * r["weight"] ** 2 for r in told)
        there = sum(r[target] for r, _ in judged)
        found = sum(r[target] for r in told)
        print(
            f"{level:5}: {found:.1f} of {there:.1f} pairs, {right / max(1e-9, weight):.2f} of what is told by weight",
            file=sys.stderr,
        )
    wrong = sum(1 for r, l in judged if l == "error" and r["note"] == 0)
    shown = sum(1 for r, l in judged if l != "hint" and r["note"] == 0)
    print(f"H    : {wrong} are errors, {shown} are shown", file=sys.stderr)


def swift(tables):
    """The tables as the Swift file that is in force."""
    lines = [
        "// The tables of points that are in force. Written by Benchmarks/judge/fit.py: change its input, not this file.",
        "",
        "extension PointTable {",
    ]
    for index, (name, comment, (points, note, error)) in enumerate(tables):
        if index:
            lines.append("")
        lines += [
            f"  /// {comment}",
            f"  static let {name} = PointTable(",
            f'    name: "{name}", leastForError: {error}, leastForNote: {note},',
            "    rows: [",
        ]
        for measure, steps in points.items():
            # As swift-format sets it: in one line where that is short enough, else opened up.
            parts = [f"Step({bound}, {value})" for bound, value in steps]
            line = f"      (.{measure}, [{', '.join(parts)}]),"
            if len(line) <= WIDTH:
                lines.append(line)
                continue
            lines += ["      (", f"        .{measure},", "        ["]
            row = "         "
            for part in parts:
                part += ","
                if len(row) + 1 + len(part) > WIDTH:
                    lines.append(row)
                    row = "         "
                row += " " + part
            lines += [row, "        ]", "      ),"]
        lines += ["    ])"]
    lines += ["}", ""]
    return "\n".join(lines)


def tables(text):
    """The tables that a Swift file holds, as `swift` takes them."""
    for match in re.finditer(
        r"/// ([^\n]*)\n  static let (\w+) = PointTable\(\n.*?leastForError: (-?\d+), leastForNote: (-?\d+),"
        r"(.*?)\n    \]\)",
        text,
        re.DOTALL,
    ):
        comment, name, error, note, rest = match.groups()
        points = {}
        for row in re.finditer(r"\.(\w+),\s*\[(.*?)\]", rest, re.DOTALL):
            steps = re.findall(r"Step\((-?\d+), (-?\d+)\)", row.group(2))
            points[row.group(1)] = [(int(bound), int(value)) for bound, value in steps]
        yield name, comment, (points, int(note), int(error))


def check(path):
    """Whether a file is what the script writes, with every measure and nothing that changes direction."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    held = list(tables(text))
    if not held or swift(held) != text:
        sys.exit(f"{path}: not as this script writes its tables")
    for name, _, (points, note, error) in held:
        shape = SHAPES.get(name, {})
        if list(points) != list(shape) or note > error:
            sys.exit(f"{path}: {name} has other measures or limits than the script fits")
        for measure, steps in points.items():
            counted = [0] + [value * shape[measure][0] for _, value in steps]
            if counted != sorted(counted):
                sys.exit(f"{path}: {measure} changes direction")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--page", nargs=2, action="append", default=[], metavar=("LABELS", "FOUND"))
    parser.add_argument(
        "--article", nargs=2, action="append", default=[], metavar=("LABELS", "FOUND")
    )
    parser.add_argument("--write", metavar="FILE", help="the Swift file; standard output without it")
    parser.add_argument("--check", metavar="FILE", help="a Swift file that this script wrote")
    options = parser.parse_args()
    if options.check:
        check(options.check)
        return
    data = []
    for labels, found in options.page:
        with open(found, encoding="utf-8") as file:
            result = json.load(file)
        with open(labels, encoding="utf-8") as file:
            data += rows(file, result)
    if options.page and not data:
        parser.error("no judged pair was found")
    fitted = {}
    if options.write and os.path.exists(options.write):
        with open(options.write, encoding="utf-8") as file:
            fitted = {name: held for name, _, held in tables(file.read())}
    if data:
        print(f"{len(data)} pairs of pages, cross-validated:", file=sys.stderr)
        figures(cross_validated(data, PAGE))
        fitted["page"] = table(data, PAGE)
    if options.article:
        fitted["article"] = article.fitted(options.article)
    text = swift([(name, COMMENTS[name], fitted[name]) for name in SHAPES if name in fitted])
    if options.write:
        with open(options.write, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
