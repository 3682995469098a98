#!/usr/bin/env python3
"""One rival's whole run over a corpus: read, word 5-grams, sketch with m = 128, LSH at 0.8, count what would go.

    whole_run.py rensa|datasketch docs.jsonl

Prints one line: seconds, megabytes a second, records removed. One thread.
"""
import json, os, re, sys, time

WORD = re.compile(r"\w+")


def grams(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            words = WORD.findall(json.loads(line)["text"].lower())
            yield [" ".join(words[i:i + 5]) for i in range(max(1, len(words) - 4))] if words else []


def rensa(path):
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
    removed, kept = 0, {}
    for number, shingles in enumerate(grams(path)):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles)
        if any(kept[c].jaccard(sketch) >= 0.8 for c in lsh.query(sketch) if c in kept):
            removed += 1
        else:
            kept[number] = sketch
            lsh.insert(number, sketch)
    return removed


def datasketch(path):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=0.8, num_perm=128)
    removed, kept = 0, {}
    for number, shingles in enumerate(grams(path)):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles])
        if any(kept[c].jaccard(sketch) >= 0.8 for c in lsh.query(sketch)):
            removed += 1
        else:
            kept[number] = sketch
            lsh.insert(number, sketch)
    return removed


def main():
    name, path = sys.argv[1:3]
    start = time.perf_counter()
    removed = {"rensa": rensa, "datasketch": datasketch}[name](path)
    seconds = time.perf_counter() - start
    print(f"{name:12s} {seconds:8.2f} s {os.path.getsize(path) / seconds / 1e6:8.2f} MB/s   removed {removed}")


main()
