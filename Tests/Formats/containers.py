"""Writes one corpus with other tools in every container, runs refrain on each, and reads what it writes.

    containers.py REFRAIN

The evidence must be that of plain JSON Lines but for places; what is written in a form must be read by the tool
of that form as the kept records; and what the tool refuses, refrain must refuse.
"""
import bz2, csv, gzip, io, json, lzma, os, random, re, subprocess, sys, tarfile, tempfile, zipfile

import lz4.frame
import zstandard
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

REFRAIN = os.path.abspath(sys.argv[1])
failures = 0


def check(holds, what):
    global failures
    if not holds:
        failures += 1
        print("FAILED:", what)


def run(*arguments, stdin=b""):
    return subprocess.run([REFRAIN, *arguments], input=stdin, capture_output=True)


def corpus(count, seed):
    rng = random.Random(seed)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(2, 9))) for _ in range(4000)]
    odd = ['"', ",", "\n", "\r\n", "\t", '""', "é", "漢字", "\u2028", "'", ";", "\\", '",\n"']
    texts = []
    for n in range(count):
        if n > 10 and rng.random() < 0.3:
            text = rng.choice(texts)
            if rng.random() < 0.5:
                text += " " + rng.choice(words)
        else:
            text = " ".join(rng.choice(odd if rng.random() < 0.05 else words) for _ in range(rng.randint(20, 80)))
        texts.append(text)
    return [{"id": f"r{n}", "text": text} for n, text in enumerate(texts)]


def lines(records):
    return "".join(json.dumps(r, ensure_ascii=n % 2 == 0) + "\n" for n, r in enumerate(records)).encode()


def separated(records, dialect, **more):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["id", "text"], dialect=dialect, **more)
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def web(records, packed):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.wet", {"software": "warcio"}))
    for r in records:
        writer.write_record(writer.create_warc_record(
            "https://example.org/" + r["id"], "conversion", payload=io.BytesIO(r["text"].encode()),
            warc_headers_dict={"X-Id": r["id"]}, warc_content_type="text/plain"))
    return out.getvalue()


def archive_tar(members, mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return out.getvalue()


def archive_zip(members, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def long_zstd(data):
    return subprocess.run(["zstd", "-q", "--long=31", "-c"], input=data, capture_output=True, check=True).stdout


def without_places(evidence):
    return re.sub(rb', "(?:removed|kept)At": "[^"]*"', b"", evidence)


def evidence(folder, name, data, *more):
    if data is None:
        done = run("dedup", os.path.join(folder, name), "--dry-run", "--evidence", "-", *more)
    else:
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
        done = run("dedup", os.path.join(folder, name), "--dry-run", "--evidence", "-", *more)
    check(done.returncode == 0, f"{name}: {done.stderr.decode()}")
    return without_places(done.stdout)


PACKERS = {
    "gz": (gzip.compress, gzip.decompress),
    "zst": (zstandard.ZstdCompressor().compress, lambda d: zstandard.ZstdDecompressor().decompressobj().decompress(d)),
    "xz": (lzma.compress, lzma.decompress),
    "bz2": (bz2.compress, bz2.decompress),
    "lz4": (lz4.frame.compress, lz4.frame.decompress),
}


def main():
    records = corpus(600, 7)
    plain = lines(records)
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        expected = evidence(folder, "plain.jsonl", plain)
        check(expected.count(b"\n") > 50, "the corpus has duplicates")
        kept = [json.loads(line) for line in run("dedup", path("plain.jsonl"), "-o", "-").stdout.splitlines()]

        forms = {
            "array.json": json.dumps(records).encode(), "pretty.json": json.dumps(records, indent=2).encode(),
            "a.csv": separated(records, "excel"), "unix.csv": separated(records, "unix"),
            "all.csv": separated(records, "excel", quoting=csv.QUOTE_ALL),
            "a.tsv": separated(records, "excel-tab"),
        }
        for name, data in forms.items():
            check(evidence(folder, name, data) == expected, name)
            for form, (pack, _) in PACKERS.items():
                check(evidence(folder, f"{name}.{form}", pack(data)) == expected, f"{name}.{form}")
        ids = ("--id-field", "x-id")
        for name, packed in (("a.wet", False), ("a.wet.gz", True)):
            data = web(records, packed)
            check(evidence(folder, name, data, *ids) == expected, name)
            for reader in (ArchiveIterator, FastIterator):
                check(sum(1 for _ in reader(io.BytesIO(data))) == len(records) + 1, f"{name} by {reader}")
        half = len(records) // 2
        members = [("2024/a.jsonl", lines(records[:half])), ("2025/b.csv.gz", gzip.compress(separated(records[half:], "excel")))]
        for name, data in {
            "a.tar": archive_tar(members, "w"), "a.tar.gz": archive_tar(members, "w:gz"),
            "a.tar.xz": archive_tar(members, "w:xz"), "stored.zip": archive_zip(members, zipfile.ZIP_STORED),
            "a.zip": archive_zip(members, zipfile.ZIP_DEFLATED),
        }.items():
            check(evidence(folder, name, data) == expected, name)
        piped = run("dedup", "-", "--dry-run", "--evidence", "-", stdin=long_zstd(plain))
        check(without_places(piped.stdout) == expected, f"zstd --long=31 from a pipe: {piped.stderr.decode()}")

        # What is written.
        for form, (_, unpack) in PACKERS.items():
            run("dedup", path("plain.jsonl"), "-o", path(f"out.jsonl.{form}"))
            with open(path(f"out.jsonl.{form}"), "rb") as f:
                check([json.loads(x) for x in unpack(f.read()).splitlines()] == kept, f"out.jsonl.{form}")
        for name, dialect in (("a.csv", "excel"), ("unix.csv", "unix"), ("a.tsv", "excel-tab")):
            out = path("out." + name.split(".")[-1])
            run("dedup", path(name), "-o", out)
            with open(out, newline="", encoding="utf-8") as f:
                check(list(csv.DictReader(f, dialect=dialect)) == kept, f"{name} to {out}")
        for name in ("array.json", "pretty.json"):
            run("dedup", path(name), "-o", path("out.json"))
            with open(path("out.json"), encoding="utf-8") as f:
                check(json.load(f) == kept, f"{name} to out.json")
        for name in forms:
            done = run("dedup", path(name), "-o", "-", "--output-format", "jsonl")
            check([json.loads(x) for x in done.stdout.splitlines()] == kept, f"{name} to JSON Lines")

        # Damage: each cut and each flipped bit that the oracle refuses is refused, with the file's name.
        rng = random.Random(11)
        small = lines(records[:60])
        for form, (pack, unpack) in PACKERS.items():
            whole = pack(small)
            for trial in range(60):
                data = bytearray(whole)
                if trial % 2:
                    data = data[: rng.randrange(2, len(data))]
                else:
                    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
                try:
                    reader = zstandard.ZstdDecompressor().decompressobj() if form == "zst" else None
                    made = reader.decompress(bytes(data)) if reader else unpack(bytes(data))
                    refused = (not reader.eof) if reader else False
                except Exception:
                    refused, made = True, b""
                with open(path(f"bad.jsonl.{form}"), "wb") as f:
                    f.write(data)
                done = run("dedup", path(f"bad.jsonl.{form}"), "-o", "-", "--match", "identical")
                if refused:
                    check(done.returncode == 2 and b"bad.jsonl." in done.stderr, f"{form}, trial {trial} is accepted")
                elif made == small:
                    check(done.returncode == 0, f"{form}, trial {trial} is refused: {done.stderr.decode()}")
    print("failures:", failures)
    return failures > 0


sys.exit(main())
