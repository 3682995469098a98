"""Who stays: in order, a record goes exactly when an earlier kept one reaches the threshold or has its words.

The rule of one machine, in two forms that give the same answer: record by record on the driver, while what is
undecided is small, and in rounds over data frames before that.
"""

from __future__ import annotations

from typing import Dict, Iterable, List, Tuple

import numpy as np
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ._stages import Kept, Stages, local

#: Pairs that the driver decides by itself, in some 100 bytes each. A chain in which each record resembles the
#: one before takes a round a link, and only the driver makes nothing of that.
DRIVER_PAIRS = 1 << 20


def decide(pairs: Iterable[Tuple[int, int]], recut: Iterable[Tuple[int, int]]) -> Dict[int, int]:
    """The records that go, each with the first kept one that removes it.

    `pairs` are (earlier, later); `recut` are (item, words): records with the words of another one, and the number
    of these words. Of the records with the same words at most one is kept.
    """
    before: Dict[int, List[int]] = {}
    for earlier, later in pairs:
        before.setdefault(later, []).append(earlier)
    words = dict(recut)
    kept_of_words: Dict[int, int] = {}
    gone: Dict[int, int] = {}
    for item in sorted(before.keys() | words.keys()):
        removers = [other for other in before.get(item, ()) if other not in gone]
        if item in words and words[item] in kept_of_words:
            removers.append(kept_of_words[words[item]])
        if removers:
            gone[item] = min(removers)
        elif item in words:
            kept_of_words[words[item]] = item
    return gone


def survivors(stages: Stages, pairs: Kept, recut: Kept, limit: int = DRIVER_PAIRS) -> Kept:
    """The records that go (item, kept), but those that another one stands for.

    `pairs` has earlier and later, `recut` has item and words. Ships the undecided pairs once or twice a round.
    """
    pairs_left = pairs.frame.select("earlier", "later")
    recut_left = recut.frame.select("item", "words")
    rows = pairs.rows + recut.rows
    gone: List[Kept] = []
    while rows > limit:
        number = len(gone) + 1
        gone.append(stages.keep(f"round {number}", _gone(pairs_left, recut_left)))
        pairs_kept, recut_kept = _undecided(pairs_left, recut_left, gone[-1])
        pairs_next = stages.keep(f"round {number}: pairs", pairs_kept)
        recut_next = stages.keep(f"round {number}: words", recut_kept)
        if gone[-1].rows == 0:
            break
        pairs_left, recut_left = pairs_next.frame, recut_next.frame
        rows = pairs_next.rows + recut_next.rows
    with stages.named("survivors"):
        rest = decide(_rows(pairs_left) if pairs.rows else (), _rows(recut_left) if recut.rows else ())
    verdicts = local(stages.session, item=rest.keys(), kept=rest.values())
    if not gone:
        return verdicts
    everything = verdicts.frame.select("item")
    for part in gone:
        everything = everything.unionByName(part.frame)
    all_gone = stages.keep("gone", everything)
    return stages.keep("survivors", _removers(pairs.frame, recut.frame, all_gone))


def _rows(frame: DataFrame) -> Iterable[Tuple[int, int]]:
    """The rows of two columns of whole numbers."""
    table = frame.toArrow()
    return zip(*(np.asarray(column).tolist() for column in table.columns))


def _gone(pairs: DataFrame, recut: DataFrame) -> DataFrame:
    """What goes at once: whatever has an earlier neighbour that nothing undecided comes before."""
    first = recut.groupBy("words").agg(F.min("item").alias("leader"))
    following = recut.join(first, "words").where("item > leader")
    nodes = pairs.select(F.col("earlier").alias("item")).union(recut.select("item")).distinct()
    blocked = pairs.select(F.col("later").alias("item")).union(following.select("item"))
    sources = nodes.join(blocked, "item", "left_anti")
    by_pairs = pairs.join(sources.withColumnRenamed("item", "earlier"), "earlier", "left_semi")
    by_words = following.join(sources.withColumnRenamed("item", "leader"), "leader", "left_semi")
    return by_pairs.select(F.col("later").alias("item")).union(by_words.select("item")).distinct()


def _undecided(pairs: DataFrame, recut: DataFrame, gone: Kept) -> Tuple[DataFrame, DataFrame]:
    """The pairs and records between which something is open."""
    pairs_left = pairs.join(gone.side.withColumnRenamed("item", "later"), "later", "left_anti").join(
        gone.side.withColumnRenamed("item", "earlier"), "earlier", "left_anti"
    )
    return pairs_left, recut.join(gone.side, "item", "left_anti")


def _removers(pairs: DataFrame, recut: DataFrame, gone: Kept) -> DataFrame:
    """For each record that goes the first kept one of its neighbours."""
    is_later = gone.side.withColumnRenamed("item", "later")
    is_earlier = gone.side.withColumnRenamed("item", "earlier")
    by_pairs = pairs.select("earlier", "later").join(is_later, "later", "left_semi")
    # Of one and the same words, at most one record is kept, and it removes those behind it.
    kept = recut.join(gone.side, "item", "left_anti").withColumnRenamed("item", "earlier")
    by_words = (
        recut.withColumnRenamed("item", "later").join(is_later, "later", "left_semi").join(kept, "words")
    ).where("earlier < later")
    found = by_pairs.join(is_earlier, "earlier", "left_anti").unionByName(by_words.select("earlier", "later"))
    return found.groupBy("later").agg(F.min("earlier").alias("kept")).withColumnRenamed("later", "item")
