"""The examples of the page on Spark run, one after the other."""

import pathlib
import re

PAGE = pathlib.Path(__file__).resolve().parents[3] / "Documentation" / "spark.md"


def test_examples(session):
    """The page's own session is the one that is there."""
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(examples) >= 2
    names = {"__name__": "page"}
    for number, example in enumerate(examples):
        exec(compile(example, f"{PAGE.name}, example {number + 1}", "exec"), names)
