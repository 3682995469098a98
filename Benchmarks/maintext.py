#!/usr/bin/env python3
"""Compare the main text of pages with that of trafilatura: word F1 of each page, mean and median.

    maintext.py .build-micro/release/refrain-micro PAGES

PAGES are WARC files or folders of HTML. Needs trafilatura, lxml_html_clean and, for WARC, fastwarc from PyPI. The tool is
built with REFRAIN_BENCHMARKS=1 swift build -c release --scratch-path .build-micro --product refrain-micro.
"""
import collections
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import trafilatura


def pages(paths):
    """All pages below the paths, as name and bytes."""
    for path in map(pathlib.Path, paths):
        if path.is_dir():
            yield from pages(sorted(path.iterdir()))
        elif ".warc" in path.name:
            from fastwarc.warc import ArchiveIterator, WarcRecordType

            with path.open("rb") as file:
                for record in ArchiveIterator(file, record_types=WarcRecordType.response):
                    if (record.http_content_type or "").startswith("text/html"):
                        yield record.headers.get("WARC-Target-URI", ""), record.reader.read()
        elif path.suffix in (".html", ".htm"):
            yield str(path), path.read_bytes()


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(found, wanted):
    """The harmonic mean of precision and recall of the words, each counted as often as it stands."""
    both = (found & wanted).total()
    return 2 * both / (found.total() + wanted.total()) if both else 0.0


def main():
    tool, paths = sys.argv[1], sys.argv[2:]
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, page) in enumerate(pages(paths)):
            wanted = trafilatura.extract(page)
            if not wanted:
                continue
            file = pathlib.Path(folder, f"{number}.html")
            file.write_bytes(page)
            line = subprocess.run([tool, "maintext", file], capture_output=True, check=True).stdout
            score = f1(words(json.loads(line)["text"]), words(wanted))
            scores.append(score)
            print(f"{score:.3f} {name}")
    print(f"{len(scores)} pages: mean {statistics.mean(scores):.3f}, median {statistics.median(scores):.3f}")


if __name__ == "__main__":
    main()
