"""Refrain on Spark: the answer of one machine for data frames of any size.

>>> from refrain import spark as refrain_spark
>>> kept, evidence = refrain_spark.dedup(frame, text="text", order="id")

Every stage is a plan over data frames. Texts are sketched where they lie, and only hashes are shuffled; texts
follow for those records alone that share a key. The package must be installed where executors run Python.
"""

from ._dedup import dedup, pairs
from ._passages import passages

__all__ = ["dedup", "pairs", "passages"]
