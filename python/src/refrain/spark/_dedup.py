"""Near-duplicates among the records of a data frame: who stays, who goes and why, and which pairs there are."""

from __future__ import annotations

from typing import Any, Dict, Optional, Sequence, Tuple, Union

import pyarrow as pa
from pyspark.sql import DataFrame

from .. import _library
from . import _native
from ._records import source
from ._search import removals, search, spread
from ._stages import Stages
from ._survive import survivors


EVIDENCE = ("removed", "kept", "similarity", "containment", "reason")


def dedup(
    df: DataFrame,
    text: str = "text",
    order: Union[str, Sequence[str]] = "id",
    id: Optional[str] = None,
    threshold: float = 0.8,
    keep: str = "first",
    *,
    recall: float = 0.99,
    ngram: int = 5,
    match: str = "near",
    bands: Optional[int] = None,
    rows: Optional[int] = None,
    on_error: str = "fail",
) -> Tuple[DataFrame, DataFrame]:
    """Finds the near-duplicates among the records of a data frame, and which of them are to go.

    Returns two frames: the records that stay, with all columns; and for each one that goes `removed`, `kept`
    (ids), `similarity`, `containment` and `reason` (``identical``, ``same-words``, ``near``). They are what
    ``refrain dedup`` says of the same records in that order, for any number of partitions.

    The frame is read three times, so it should come from files or be cached. It must give the same rows each time.

    :param text: the column of texts.
    :param order: the column, or columns, that say who is first. Together they must tell all records apart, and
        none may be null. One column of integers spares a sort.
    :param id: the column that the evidence calls records by; by default the first one of the order.
    :param threshold: the least Jaccard similarity of near-duplicates, above 0 and at most 1.
    :param keep: ``first``, ``last``, ``longest``, ``newest:COLUMN``, ``oldest:COLUMN``, ``score:COLUMN`` or
        ``priority:COLUMN=v1,v2``. Columns of dates must be dates, not strings.
    :param recall: the least probability with which a pair at the threshold is proposed.
    :param ngram: words in an n-gram, 1 to 64.
    :param match: ``near``, ``words`` (only texts with the same words) or ``identical``.
    :param bands: with ``rows``, the bands and rows of signatures, instead of ``recall``.
    :param on_error: ``fail``, or ``skip`` to leave out rows that are null.
    :raises RefrainError: for settings out of range, and for an order that does not tell records apart.
    """
    settings = _settings(threshold, recall, ngram, match, bands, rows)
    given = source(df, text, order, id, on_error)
    stages = Stages(df)
    try:
        found = search(stages, given, settings, keep)
        verdicts = survivors(stages, found.pairs, found.recut)
        removed = removals(stages, found, verdicts, settings)
        told = found.records.named(removed, item="removed", kept="kept")
        evidence = stages.keep("evidence", told.select(*EVIDENCE, *given.order_names))
        kept = given.without(evidence)
        stages.release(but_last=True)
        return kept, evidence.frame.select(*EVIDENCE)
    except BaseException:
        stages.release()
        raise


def pairs(
    df: DataFrame,
    text: str = "text",
    order: Union[str, Sequence[str]] = "id",
    id: Optional[str] = None,
    threshold: float = 0.8,
    *,
    recall: float = 0.99,
    ngram: int = 5,
    match: str = "near",
    bands: Optional[int] = None,
    rows: Optional[int] = None,
    all_pairs: bool = False,
    on_error: str = "fail",
) -> DataFrame:
    """Lists the pairs of records that are duplicates: `a`, `b` (ids, the earlier one first), `similarity`,
    `containment`, `reason`, in no order.

    They are those of ``refrain pairs`` on the same records in that order.

    :param all_pairs: whether every pair of more than a hundred records with the same words is listed, and not
        only the first with each of the others.
    """
    settings = _settings(threshold, recall, ngram, match, bands, rows)
    given = source(df, text, order, id, on_error)
    stages = Stages(df)
    try:
        found = search(stages, given, settings, "first")
        listed = spread(stages, found, settings, all_pairs)
        told = found.records.named(listed, earlier="a", later="b")
        named = stages.keep("pairs", told.select("a", "b", "similarity", "containment", "reason"))
        stages.release(but_last=True)
        return named.frame
    except BaseException:
        stages.release()
        raise


def _settings(
    threshold: float, recall: float, ngram: int, match: str, bands: Optional[int], rows: Optional[int]
) -> Dict[str, Any]:
    """What the library is told, checked by it before anything runs."""
    settings = dict(threshold=threshold, recall=recall, ngram=ngram, match=match, bands=bands, rows=rows)
    _library.options(**settings)
    _native.sketch(pa.array([""], pa.large_string()), settings)
    return settings
