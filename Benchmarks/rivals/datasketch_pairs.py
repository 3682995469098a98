#!/usr/bin/env python3
"""Near-duplicate pairs of a corpus by datasketch: what its users get, to be scored beside refrain's.

    datasketch_pairs.py docs.jsonl THRESHOLD > pairs.jsonl

Words are runs of word characters, lower-case; shingles word 5-grams of the whole text (one of all words when there
are fewer); m = 128; pairs are those that MinHashLSH proposes, with their estimated similarity.
"""
import json, re, sys
from datasketch import MinHash, MinHashLSH

WORD = re.compile(r"\w+")


def main():
    path, threshold = sys.argv[1], float(sys.argv[2])
    ids, sketches = [], []
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        words = WORD.findall(record["text"].lower())
        if not words:
            continue
        grams = {" ".join(words[i:i + 5]) for i in range(max(1, len(words) - 4))}
        sketch = MinHash(num_perm=128)
        sketch.update_batch([g.encode() for g in grams])
        for other in lsh.query(sketch):
            estimate = sketch.jaccard(sketches[other])
            if estimate >= threshold:
                print(json.dumps({"a": ids[other], "b": record["id"], "similarity": estimate}))
        lsh.insert(len(ids), sketch)
        ids.append(record["id"])
        sketches.append(sketch)


main()
