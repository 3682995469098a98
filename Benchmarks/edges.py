#!/usr/bin/env python3
"""Plants verbatim runs over the edges of sentences and paragraphs into an archive, and says which were found.

    Benchmarks/edges.py plant ARCHIVE --truth runs.jsonl [--runs 100] [--words 25] [--seed 1] > PLANTED
    refrain check PLANTED --all --scope across --format jsonl -o findings.jsonl
    Benchmarks/edges.py score --truth runs.jsonl --found findings.jsonl

Each run is words drawn from the archive, which nobody wrote in this order, in two records. In either record a
sentence ends in the middle of the run and a paragraph in another place, and these places differ from record to
record. Lines that look like a table are no prose, so plant into running text. A run is found when one finding has
all of its words but two at most in both records. Records are JSON Lines with "id" and "text". `score` exits with 1
when one is missing.
"""

import argparse
import json
import random
import re
import sys


def edged(words, rng):
    """The words with the end of a paragraph and of two sentences between some of them."""
    paragraph, *sentences = rng.sample(range(2, len(words) - 2), 3)
    out = words[0]
    for place, (before, word) in enumerate(zip(words, words[1:]), 1):
        if place == paragraph:
            out += ".\n\n" + word.capitalize()
        elif place in sentences:
            out += ". " + word.capitalize()
        else:
            out += " " + word
    return out


def plant(options):
    rng = random.Random(options.seed)
    vocabulary, count = set(), 0
    with open(options.archive, encoding="utf-8") as archive:
        for line in archive:
            count += 1
            if count <= 2000:
                vocabulary.update(re.findall(r"(?<![\w'-])[a-z]{4,12}(?![\w'-])", json.loads(line)["text"]))
    vocabulary = sorted(vocabulary)
    numbers = rng.sample(range(count), 2 * options.runs)
    runs = [rng.sample(vocabulary, options.words) for _ in range(options.runs)]
    target = {number: index % options.runs for index, number in enumerate(numbers)}
    truth = [{"places": []} for _ in runs]
    with open(options.archive, encoding="utf-8") as archive:
        for number, line in enumerate(archive):
            if number not in target:
                sys.stdout.write(line)
                continue
            record = json.loads(line)
            spaces = [m.start() for m in re.finditer(" ", record["text"])]
            at = rng.choice(spaces) + 1 if spaces else len(record["text"])
            run = edged(runs[target[number]], rng)
            text = record["text"]
            record["text"] = text[:at] + run + " " + text[at:]
            start = len(text[:at].encode())
            truth[target[number]]["places"].append(
                {"id": str(record["id"]), "start": start, "end": start + len(run.encode())})
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    with open(options.truth, "w", encoding="utf-8") as file:
        for run in truth:
            file.write(json.dumps(run) + "\n")


def score(options):
    runs = [json.loads(line)["places"] for line in open(options.truth, encoding="utf-8")]
    of = {}
    for index, places in enumerate(runs):
        for side, place in enumerate(places):
            of.setdefault(place["id"], []).append((index, side, place))
    found = set()
    for line in open(options.found, encoding="utf-8"):
        held = set()
        for occurrence in json.loads(line)["occurrences"]:
            for index, side, place in of.get(str(occurrence["id"]), ()):
                start = max(occurrence["start"]["byte"], place["start"])
                end = min(occurrence["end"]["byte"], place["end"])
                # Two words of the longest that are drawn.
                if end - start >= place["end"] - place["start"] - 2 * 13:
                    held.add((index, side))
        found.update(index for index, _ in held if {(index, 0), (index, 1)} <= held)
    print(f"{len(found)} of {len(runs)} runs found")
    missing = [runs[index] for index in range(len(runs)) if index not in found]
    for places in missing[:10]:
        print("   missing:", places)
    return 1 if missing else 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    planting = commands.add_parser("plant", help="write the archive with planted runs")
    planting.add_argument("archive")
    planting.add_argument("--truth", required=True)
    planting.add_argument("--runs", type=int, default=100)
    planting.add_argument("--words", type=int, default=25)
    planting.add_argument("--seed", type=int, default=1)
    planting.set_defaults(run=plant)
    scoring = commands.add_parser("score", help="say which runs were found")
    scoring.add_argument("--truth", required=True)
    scoring.add_argument("--found", required=True)
    scoring.set_defaults(run=score)
    options = parser.parse_args()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
