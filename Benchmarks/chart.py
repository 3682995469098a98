#!/usr/bin/env python3
"""Draws Documentation/speed.svg from the table of whole runs in Benchmarks/RESULTS.md.

    Benchmarks/chart.py           writes the chart
    Benchmarks/chart.py --check   fails if the chart is not that of the table
"""

import pathlib
import re
import sys
from xml.sax.saxutils import escape

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHART = ROOT / "Documentation" / "speed.svg"

WIDTH, ROW, TOP, LEFT, RIGHT = 760, 34, 58, 150, 250
STYLE = """
  text { font: 14px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1d2025; }
  .title { font-size: 16px; font-weight: 600; }
  .dim { fill: #6a7079; font-size: 13px; }
  .ours { fill: #0b5cad; }
  .theirs { fill: #b9bec6; }
  .page { fill: #fbfbfa; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4e6e9; }
    .dim { fill: #979da6; }
    .ours { fill: #7ab7f5; }
    .theirs { fill: #565c66; }
    .page { fill: #15171a; }
  }
"""


def table():
    """The heading of the table, and its rows as name, seconds and recall."""
    lines = (ROOT / "Benchmarks" / "RESULTS.md").read_text().splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("| run, "))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:]]
    heading = cells[0][0].removeprefix("run, ")
    rows = []
    for row in cells[2:]:
        if len(row) < 6:
            break
        if "threads" in row[0]:
            continue
        name = row[0].split(",")[0].removesuffix(" dedup")
        rows.append((name, float(re.match(r"[\d.]+", row[1])[0]), float(row[4])))
    return heading, sorted(rows, key=lambda row: row[1])


def chart(heading, rows):
    """The chart as SVG: a bar per program, with its seconds and its recall."""
    height = TOP + ROW * len(rows) + 14
    scale = (WIDTH - LEFT - RIGHT) / max(seconds for _, seconds, _ in rows)
    title = f"Near-duplicates of {heading}, one core"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height}" rx="6"/>',
        f'<text class="title" x="16" y="28">{escape(title)}</text>',
        '<text class="dim" x="16" y="46">Seconds; shorter is better. Recall is the share of the true '
        "duplicates that it removes.</text>",
    ]
    for index, (name, seconds, recall) in enumerate(rows):
        y = TOP + ROW * index
        bar = max(2, seconds * scale)
        kind = "ours" if name == "refrain" else "theirs"
        parts += [
            f'<text x="{LEFT - 10}" y="{y + 20}" text-anchor="end">{escape(name)}</text>',
            f'<rect class="{kind}" x="{LEFT}" y="{y + 5}" width="{bar:.1f}" height="22" rx="2"/>',
            f'<text x="{LEFT + bar + 8:.1f}" y="{y + 20}">{seconds:g} s'
            f'<tspan class="dim" dx="10">recall {recall:.3f}</tspan></text>',
        ]
    return "\n".join(parts) + "\n</svg>\n"


def main():
    text = chart(*table())
    if "--check" in sys.argv:
        sys.exit(0 if CHART.read_text() == text else f"{CHART} is stale: run Benchmarks/chart.py")
    CHART.write_text(text)


if __name__ == "__main__":
    main()
