"""The examples of the page run, one after the other, as a reader would type them."""

import pathlib
import re

import pytest

PAGE = pathlib.Path(__file__).parent.parent / "README.md"


def test_examples():
    for package in ("pyarrow", "polars", "pandas", "duckdb", "datasets"):
        pytest.importorskip(package)
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(examples) >= 9
    names = {"__name__": "page"}
    for number, example in enumerate(examples):
        exec(compile(example, f"{PAGE.name}, example {number + 1}", "exec"), names)
