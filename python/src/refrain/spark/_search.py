"""From texts to verified pairs, and from those to what is said of every record."""

from __future__ import annotations

from typing import Any, Dict, NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from ._buckets import candidates
from ._classes import Classes, classes
from ._compare import FIGURES, overlaps
from ._records import Records, Source, sketched
from ._stages import Kept, Stages, empty, log

#: Records with the same words of which every pair is listed; of more, the first with each of the others.
FULL_CLASS = 100

#: What the spreading of equal words needs of a member.
SPREAD = ("item", "first", "text_low", "text_high")


class Search(NamedTuple):
    """Verified pairs of the records that stand for their wording, and the classes of equal ones."""

    records: Records
    classes: Classes
    #: FIGURES of the pairs that reach the threshold.
    pairs: Kept
    #: item, words: records of one word sequence in several wordings.
    recut: Kept


def search(stages: Stages, source: Source, settings: Dict[str, Any], keep: str) -> Search:
    """From texts to verified pairs."""
    records = sketched(stages, source, settings, keep)
    equal = classes(stages, records, settings["match"])
    recut = equal.recut(stages)
    if settings["match"] != "near":
        return Search(records, equal, empty(stages.session, FIGURES), recut)
    links = candidates(stages, records, equal)
    if links.sums["capped"]:
        log.warning(
            "%d records share their keys with more than 64 earlier ones; pairs may be missed", links.sums["capped"]
        )
    pairs = overlaps(stages, records, links, settings, "near pairs")
    return Search(records, equal, pairs, recut)


def _shares() -> Dict[str, Any]:
    """Columns of similarity and containment from those of FIGURES: the same divisions as everywhere."""
    shared, left, right = (F.col(name).cast("double") for name in ("shared", "left", "right"))
    return {
        "similarity": shared / (left + right - shared),
        "containment": shared / F.least(left, right),
    }


def removals(stages: Stages, found: Search, verdicts: Kept, settings: Dict[str, Any]) -> DataFrame:
    """All records that go, with figures and reason: item, kept, similarity, containment, reason."""
    of_pair = found.pairs.frame.select(
        F.col("earlier").alias("kept"), F.col("later").alias("item"), "shared", "left", "right"
    )
    known = verdicts.frame.join(of_pair, ["item", "kept"], "left")
    figures = known
    if found.recut.rows:
        # Equal words in other sentences may lie below the threshold, or in no bucket.
        open_pairs = known.where("shared IS NULL").select(
            F.col("kept").alias("hub"), "item", F.array("kept").alias("others")
        )
        links = stages.keep("other sentences: removed", open_pairs)
        measured = overlaps(stages, found.records, links, settings, "other sentences: figures", all_pairs=True)
        figures = known.where("shared IS NOT NULL").unionByName(
            measured.frame.select(F.col("later").alias("item"), F.col("earlier").alias("kept"), "shared", "left", "right")
        )
    shares = figures.withColumns(_shares()).drop("shared", "left", "right")
    gone = stages.keep_many("removed firsts", shares, verdicts.rows)
    members = found.classes.members.frame
    words = members.select(F.col("item").alias("kept"), F.col("words").alias("kept_words"))
    texts = members.select(
        F.col("item").alias("kept"), F.col("text_low").alias("kept_low"), F.col("text_high").alias("kept_high")
    )
    own = members.select("item", "words")
    firsts = (
        gone.frame.join(own, "item", "left")
        .join(words, "kept", "left")
        .select(
            "item",
            "kept",
            "similarity",
            "containment",
            F.when(F.col("words") == F.col("kept_words"), "same-words").otherwise("near").alias("reason"),
        )
    )
    represented = (
        members.where("item != first")
        .join(gone.frame.withColumnRenamed("item", "first"), "first", "left")
        .withColumns(
            {
                "kept": F.coalesce("kept", "first"),
                "similarity": F.coalesce("similarity", F.lit(1.0)),
                "containment": F.coalesce("containment", F.lit(1.0)),
            }
        )
        .join(words, "kept", "left")
        .join(texts, "kept", "left")
    )
    same_text = (F.col("text_low") == F.col("kept_low")) & (F.col("text_high") == F.col("kept_high"))
    reason = (
        F.when(F.col("first") == F.col("kept"), F.when(same_text, "identical").otherwise("same-words"))
        .when(F.col("words") == F.col("kept_words"), "same-words")
        .otherwise("near")
    )
    return firsts.unionByName(
        represented.select(
            "item", "kept", "similarity", "containment", reason.alias("reason")
        )
    )


def spread(stages: Stages, found: Search, settings: Dict[str, Any], all_pairs: bool) -> DataFrame:
    """The pairs of all records from those that stand for their wording: earlier, later, shares and reason."""
    limit = (1 << 62) if all_pairs else FULL_CLASS
    members = found.classes.members.frame
    listed = members.where(F.col("members") <= limit)
    shown = listed.select(F.col("first"), F.col("item").alias("shown"))
    words = members.select(F.col("item").alias("first"), "words")
    sides = {}
    for side in ("earlier", "later"):
        sides[f"{side}_words"] = words.select(F.col("first").alias(side), F.col("words").alias(f"{side}_words"))
        sides[side] = shown.select(F.col("first").alias(side), F.col("shown").alias(f"{side}_shown"))
    near = found.pairs.frame
    for name in ("earlier", "later"):
        near = near.join(sides[f"{name}_words"], name, "left").join(sides[name], name, "left")
    a = F.coalesce("earlier_shown", "earlier")
    b = F.coalesce("later_shown", "later")
    same = F.coalesce(F.col("earlier_words") == F.col("later_words"), F.lit(False))
    near = near.where(~same).select(
        F.least(a, b).alias("earlier"), F.greatest(a, b).alias("later"), "shared", "left", "right"
    )
    near = near.withColumns(_shares()).withColumn("reason", F.lit("near"))
    left = members.select("words", "members", *(F.col(name).alias(f"a_{name}") for name in SPREAD))
    right = members.select("words", *(F.col(name).alias(f"b_{name}") for name in SPREAD))
    # Of a large class only the first is a left side, so that the join stays linear.
    lefts = left.where((F.col("members") <= limit) | (F.col("a_item") == F.col("words")))
    equal = lefts.join(right, "words").where(F.col("a_item") < F.col("b_item"))
    same_text = (F.col("a_text_low") == F.col("b_text_low")) & (F.col("a_text_high") == F.col("b_text_high"))
    equal = equal.select(
        F.col("a_item").alias("earlier"),
        F.col("b_item").alias("later"),
        F.when(same_text, "identical").otherwise("same-words").alias("reason"),
        (F.col("a_first") != F.col("b_first")).alias("recut"),
    )
    columns = ["earlier", "later", "similarity", "containment", "reason"]
    one = {"similarity": F.lit(1.0), "containment": F.lit(1.0)}
    everything = near.select(*columns).unionByName(equal.where("NOT recut").withColumns(one).select(*columns))
    if found.recut.rows:
        links = stages.keep(
            "other sentences: pairs",
            equal.where("recut").select(F.col("earlier").alias("hub"), F.col("later").alias("item"), F.array("earlier").alias("others")),
        )
        measured = overlaps(stages, found.records, links, settings, "other sentences: figures", all_pairs=True)
        told = measured.frame.withColumns(_shares()).withColumn("reason", F.lit("same-words"))
        everything = everything.unionByName(told.select(*columns))
    return everything
