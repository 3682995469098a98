#!/usr/bin/env python3
"""One rival's whole run over a corpus, on one thread, as its own examples show it: read, word 5-grams,
sketch with m = 128, LSH at 0.8, count what would go.

    whole_run.py rensa|datasketch|gaoya|fastsketchlsh|dolma docs.jsonl [evidence.jsonl]

Prints seconds, megabytes a second and records removed; with the evidence of `refrain dedup --exhaustive`
also how much of what goes there goes here, and how many records go here alone. dolma's deduper is a
Bloom filter of whole texts: it finds equal ones only, whatever the threshold.
"""
import glob, gzip, importlib.util, json, os, re, sys, tempfile, time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("RAYON_NUM_THREADS", "1")
WORD = re.compile(r"\w+")


def texts(path):
    if isinstance(path, list):
        yield from path
        return
    with open(path, encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)["text"]


def grams(path):
    """Of each text of a file, or of a list of texts."""
    for text in texts(path):
        words = WORD.findall(text.lower())
        yield [" ".join(words[i:i + 5]) for i in range(max(1, len(words) - 4))] if words else []


def rensa(path):
    from rensa import RMinHash, RMinHashLSH
    lsh = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
    removed, kept = set(), {}
    for number, shingles in enumerate(grams(path)):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles)
        if any(kept[c].jaccard(sketch) >= 0.8 for c in lsh.query(sketch) if c in kept):
            removed.add(number)
        else:
            kept[number] = sketch
            lsh.insert(number, sketch)
    return removed


def datasketch(path):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=0.8, num_perm=128)
    removed, kept = set(), {}
    for number, shingles in enumerate(grams(path)):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles])
        if any(kept[c].jaccard(sketch) >= 0.8 for c in lsh.query(sketch)):
            removed.add(number)
        else:
            kept[number] = sketch
            lsh.insert(number, sketch)
    return removed


def gaoya(path):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=0.8, num_bands=16, band_size=8, num_hashes=128,
        analyzer="word", lowercase=True, ngram_range=(5, 5))
    removed = set()
    for number, text in enumerate(texts(path)):
        if index.query(text):
            removed.add(number)
        else:
            index.insert_document(number, text)
    return removed


def fastsketchlsh(path):
    import numpy
    from FastSketchLSH import FastSimilaritySketch, LSH
    sketcher, lsh = FastSimilaritySketch(128), LSH(128, 16, num_threads=1)
    removed, kept, batch, number = set(), {}, [], 0
    rows = []

    def flush():
        nonlocal number
        sketches = numpy.asarray(sketcher.batch(batch, num_threads=1))
        for sketch in sketches:
            near = [rows[c] for c in lsh.query(sketch)]
            if any((kept[c] == sketch).mean() >= 0.8 for c in near):
                removed.add(number)
            else:
                kept[number] = sketch
                rows.append(number)
                lsh.insert(sketch[None, :])
            number += 1
        batch.clear()

    for shingles in grams(path):
        batch.append(shingles)
        if len(batch) == 1024:
            flush()
    if batch:
        flush()
    return removed


def dolma(path):
    # The package's front imports a machine-learning stack; the deduper is its compiled module alone.
    spec = importlib.util.find_spec("dolma")
    module = glob.glob(os.path.join(os.path.dirname(spec.origin), "dolma.*.so"))[0]
    spec = importlib.util.spec_from_file_location("dolma.dolma", module)
    native = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(native)
    with tempfile.TemporaryDirectory() as work:
        os.mkdir(f"{work}/documents")
        os.symlink(os.path.abspath(path), f"{work}/documents/docs.jsonl")
        native.deduper_entrypoint(json.dumps({
            "documents": [f"{work}/documents/docs.jsonl"], "processes": 1, "is_s3_volume": False,
            "work_dir": {"input": f"{work}/in", "output": f"{work}/out"},
            "compression": {"input": None, "output": None},
            "dedupe": {"name": "seen", "skip_empty": False, "min_length": 0, "min_words": 0,
                       "num_partitions": 1, "partition_index": 0, "file_partition": False,
                       "document_dir": "documents",
                       "documents": {"attribute_name": "seen", "key": "$.text"}},
            "bloom_filter": {"file": f"{work}/bloom", "read_only": False, "size_in_bytes": 0,
                             "estimated_doc_count": 1 << 20, "desired_false_positive_rate": 1e-6},
        }))
        found = glob.glob(f"{work}/attributes/**/docs.jsonl*", recursive=True)[0]
        with (gzip.open if found.endswith(".gz") else open)(found, "rt", encoding="utf-8") as f:
            return {n for n, line in enumerate(f) if json.loads(line)["attributes"].get("seen")}


RIVALS = {f.__name__: f for f in (rensa, datasketch, gaoya, fastsketchlsh, dolma)}


def main():
    name, path = sys.argv[1:3]
    start = time.perf_counter()
    removed = RIVALS[name](path)
    seconds = time.perf_counter() - start
    row = f"{name:14s} {seconds:8.2f} s {os.path.getsize(path) / seconds / 1e6:8.2f} MB/s   removed {len(removed)}"
    if len(sys.argv) > 3:
        with open(sys.argv[3], encoding="utf-8") as f:
            exact = {int(json.loads(line)["removedAt"].rsplit(":", 1)[1]) - 1 for line in f}
        row += f"   recall {len(removed & exact) / max(1, len(exact)):.4f}, alone {len(removed - exact)}"
    print(row, flush=True)


if __name__ == "__main__":
    main()
