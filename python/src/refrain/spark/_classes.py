"""Records that are equal before any n-gram is compared: with the same words, in the same sentences, as one text."""

from __future__ import annotations

from typing import NamedTuple, Optional

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from ._compare import same_words
from ._records import Records
from ._stages import Kept, Stages


#: Members that stand for their wording, though another one has the same words in other sentences before them.
RECUT = "item = first AND item != words"

#: Members that are held against one with another text.
OTHER_TEXT = "item != held.item AND (text_low != held.text_low OR text_high != held.text_high)"


class Classes(NamedTuple):
    """The members of classes of two records and more.

    item; first, the least item of its wording (the same words in the same sentences), which stands for it; words,
    the least item with the same words; members, how many have these; text_low, text_high.
    """

    members: Kept

    def without_represented(self, rows: DataFrame) -> DataFrame:
        """Rows of items but those that another one stands for."""
        if self.members.rows == 0:
            return rows
        represented = Kept(self.members.frame.where("item != first").select("item"), self.members.rows)
        return rows.join(represented.side, "item", "left_anti")

    def recut(self, stages: Stages) -> Kept:
        """The first items of all wordings of words that have several: item, words."""
        wordings = self.members.frame.where("item = first").select("item", "words")
        if self.members.sums["recut"] == 0:
            return Kept(wordings.limit(0), 0)
        several = wordings.where("item != words").select("words").distinct()
        found = wordings.join(several, "words", "left_semi")
        return stages.keep_many("other sentences", found, 2 * self.members.sums["recut"])


def classes(stages: Stages, records: Records, match: str) -> Classes:
    """Finds the classes of equal records.

    Ships some 40 bytes a record; texts only of those with equal words and different texts.
    """
    columns = ["item", "words_low", "words_high", "cut", "text_low", "text_high"]
    worded = records.rows.frame.where("shingles > 0").select(*columns)
    if match == "identical":
        worded = worded.withColumns(
            {"words_low": F.col("text_low"), "words_high": F.col("text_high"), "cut": F.lit(0).cast("long")}
        )
    least = F.min(F.struct("item", "text_low", "text_high"))
    wordings = worded.groupBy("words_low", "words_high", "cut").agg(
        least.alias("of_wording"), F.count(F.lit(1)).alias("records")
    )
    words = wordings.groupBy("words_low", "words_high").agg(
        F.min("of_wording").alias("of_words"), F.sum("records").alias("members")
    )
    shared = wordings.join(words.where("members > 1"), ["words_low", "words_high"]).drop("records")
    found = worded.join(shared, ["words_low", "words_high", "cut"]).select(
        "item",
        F.col("of_wording.item").alias("first"),
        F.col("of_words.item").alias("words"),
        "members",
        "text_low",
        "text_high",
        # What the member is held against: the first of its wording, or of its words where it is that one.
        F.when(F.expr("item != of_wording.item"), F.col("of_wording")).otherwise(F.col("of_words")).alias("held"),
    )
    kept = stages.keep("equal words", found, recut=_count(RECUT), other_texts=_count(OTHER_TEXT))
    unlike = _unlike(stages, records, kept)
    if unlike is None:
        return Classes(kept)
    separated = _separated(kept.frame, unlike)
    return Classes(stages.keep("equal words, verified", separated, recut=_count(RECUT)))


def _count(condition: str) -> Column:
    return F.expr(condition).cast("int")


def _unlike(stages: Stages, records: Records, members: Kept) -> Optional[DataFrame]:
    """The members whose words are others than their hashes say; None where there are none.

    Equal digests of texts are equal texts. The rest is compared word by word.
    """
    links = members.frame.where(OTHER_TEXT).select(
        F.col("held.item").alias("hub"), "item", F.array("held.item").alias("others")
    )
    found = same_words(stages, records, Kept(links, members.sums["other_texts"]))
    return None if found is None or found.rows == 0 else found.frame.select(F.col("later").alias("item"))


def _separated(members: DataFrame, unlike: DataFrame) -> DataFrame:
    """Takes items out of their classes; those that one of them stands for go with it."""
    alone = F.broadcast(unlike.withColumn("alone", F.lit(True)))
    firsts = alone.select(F.col("item").alias("first"), F.col("alone").alias("first_alone"))
    joined = members.join(alone, "item", "left").join(firsts, "first", "left")
    first = F.when(F.col("alone"), F.col("item")).otherwise(F.col("first"))
    words = (
        F.when(F.col("alone"), F.col("item"))
        .when(F.col("first_alone"), F.col("first"))
        .otherwise(F.col("words"))
    )
    moved = joined.select(
        "item", first.alias("first"), words.alias("words"), "text_low", "text_high"
    )
    counts = moved.groupBy("words").agg(F.count(F.lit(1)).alias("members")).where("members > 1")
    return moved.join(counts, "words")
