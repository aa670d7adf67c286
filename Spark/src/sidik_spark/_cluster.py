"""Families of the rows of a DataFrame."""

from __future__ import annotations

from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ByteType, IntegerType, LongType, ShortType, StringType

from . import _stages as stages
from ._components import components

_MOST_BROADCAST = 1_000_000
"""So many rows of components are sent to every executor rather than all texts moved to them."""
_ID_TYPES = (StringType, LongType, IntegerType, ShortType, ByteType)
_ADDED = ("family", "level", "representative", "similarity")


def cluster(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    *,
    time: str | None = None,
    profile: str = "corpus",
    threshold: float | None = None,
    recall: float | None = None,
    bands: str | None = None,
    linkage: float | None = None,
    seed: int | None = None,
) -> DataFrame:
    """Finds families of rows that share their wording, as `sidik cluster --profile corpus` does.

    The work is done when this returns; the DataFrame that comes back is a join of what was found.

    df: is read twice, so it has to give the same rows both times.
    text: the column of the texts. A null is a row without text, in no family.
    id: the column of the ids, strings or integers, which must not repeat.
    time: a column of strings; the earliest of a family represents it.
    profile: "corpus", the only one that learns nothing from the corpus as a whole.
    threshold, recall, bands, linkage, seed: options of `sidik.cluster`.

    Returns a row for each row of df, in any order: its id; family, 16 hexadecimal digits that
    are made from the members' ids, null without a family; level, what it is to the
    representative; representative, an id, its own without a family; similarity to it.
    """
    if profile != "corpus":
        raise ValueError(
            f"the profile {profile!r} learns from the corpus as a whole, which no executor sees; "
            "only 'corpus' does not"
        )
    kind = _id_type(df, text, id, time)
    keys = {"profile": profile, "threshold": threshold, "recall": recall, "bands": bands}
    keys["seed"] = seed
    texts = _texts(df, text, id, time)
    numbered = texts.withColumn("row", F.monotonically_increasing_id()).select("row", "id", "text")
    blocks = numbered.mapInArrow(stages.sketching(_given(keys)), stages.BLOCKS).localCheckpoint()
    ids = blocks.where(F.col("kind") == stages.IDS).select("first")
    ids = ids.mapInArrow(stages.naming, f"row bigint, id {kind}")
    edges = blocks.where(F.col("kind") != stages.IDS).repartition("bucket")
    members = components(edges.mapInArrow(stages.grouping, stages.EDGE))
    members = members.join(ids, "row").localCheckpoint()
    found = _families(texts, members, kind, _given({**keys, "linkage": linkage}))
    answer = ids.join(found, "row", "left")
    own = F.coalesce("representative", "id").alias("representative")
    return answer.select(F.col("id").alias(id), "family", "level", own, "similarity")


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _id_type(df: DataFrame, text: str, id: str, time: str | None) -> str:
    """The type of the ids, once all columns are what they have to be."""
    schema = df.schema
    for name in (text, id, *([time] if time else [])):
        if name not in schema.names:
            raise KeyError(f"no column is named {name!r}; there are {', '.join(schema.names)}")
    for name in (text, *([time] if time else [])):
        if not isinstance(schema[name].dataType, StringType):
            raise TypeError(f"{name!r} is {schema[name].dataType.simpleString()}, not string")
    if not isinstance(schema[id].dataType, _ID_TYPES):
        raise TypeError(f"{id!r} is {schema[id].dataType.simpleString()}, not string or integer")
    if id in _ADDED:
        raise ValueError(f"the ids are named {id!r}, as a column of the answer is")
    return schema[id].dataType.simpleString()


def _texts(df: DataFrame, text: str, id: str, time: str | None) -> DataFrame:
    columns = [df[id].alias("id"), df[text].alias("text")]
    return df.select(*columns, *([df[time].alias("time")] if time else []))


def _families(texts: DataFrame, members: DataFrame, kind: str, options: dict[str, Any]) -> DataFrame:
    """Clusters the texts of components, those of one component in one executor."""
    count = members.count()
    wanted = F.broadcast(members) if count <= _MOST_BROADCAST else members
    joined = texts.join(wanted, "id").repartition("component").drop("component")
    schema = f"row bigint, family string, level string, representative {kind}, similarity double"
    found = joined.mapInArrow(stages.clustering(options), schema).localCheckpoint()
    if found.count() != count:
        raise ValueError(
            "ids repeat or are null, or the DataFrame gave other rows when it was read again"
        )
    return found
