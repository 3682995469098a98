"""Progress bars, where tqdm is installed."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional, Union

from ._library import Report

Progress = Union[None, bool, Callable[[str, int, int], None]]


@contextmanager
def reporting(progress: Progress) -> Iterator[Optional[Report]]:
    """Who is told how far a call is.

    ``None`` shows a bar on a terminal where tqdm is installed, ``True`` and ``False`` do and do not, and a
    function is called with the stage, what is done, and of how much.
    """
    if callable(progress):
        yield progress
        return
    if progress is False or (progress is None and not sys.stderr.isatty()):
        yield None
        return
    try:
        from tqdm import tqdm
    except ImportError:
        if progress:
            raise ImportError("progress=True needs tqdm: pip install tqdm") from None
        yield None
        return
    bar: Any = tqdm(total=1, delay=0.5, leave=False, unit_scale=True)
    try:

        def report(stage: str, done: int, total: int) -> None:
            if bar.desc != f"{stage}: " or bar.total != total:
                bar.set_description(stage, refresh=False)
                bar.reset(total=max(1, total))
            bar.update(max(0, done - bar.n))

        yield report
    finally:
        bar.close()
