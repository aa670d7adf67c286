"""Families of the rows of a DataFrame."""

from __future__ import annotations

from typing import Any

from pyspark.sql import Column, DataFrame
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
    blocks = texts.select("node", "text").mapInArrow(stages.sketching(_given(keys)), stages.BLOCKS)
    edges = blocks.repartition("bucket").mapInArrow(stages.grouping, stages.EDGES)
    members, rows = components(edges)
    found = _families(texts, members, rows, kind, _given({**keys, "linkage": linkage}))
    return found.select(F.col("id").alias(id), *_ADDED)


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


def _node(id: Column) -> Column:
    """What stands for an id in edges; ids that share one only join two components."""
    return F.xxhash64(id)


def _texts(df: DataFrame, text: str, id: str, time: str | None) -> DataFrame:
    columns = [_node(df[id]).alias("node"), df[id].alias("id"), df[text].alias("text")]
    return df.select(*columns, *([df[time].alias("time")] if time else []))


def _families(
    texts: DataFrame, members: DataFrame, rows: int, kind: str, options: dict[str, Any]
) -> DataFrame:
    """Clusters the texts of components, those of one component in one executor."""
    members = members.localCheckpoint()
    count = members.count()
    wanted = F.broadcast(members) if count <= _MOST_BROADCAST else members
    is_member = F.col("component").isNotNull()
    joined = texts.join(wanted, "node", "left").withColumn("text", F.when(is_member, F.col("text")))
    joined = joined.repartition(F.coalesce("component", "node")).drop("node")
    schema = (
        f"id {kind}, family string, level string, representative {kind}, similarity double, "
        "component bigint"
    )
    found = joined.mapInArrow(stages.clustering(options), schema).localCheckpoint()
    _check(found, rows, count)
    return found


def _check(found: DataFrame, rows: int, members: int) -> None:
    """Raises unless the second reading gave the rows of the first, members with ids of their own."""
    is_member = F.col("component").isNotNull()
    counted = found.agg(
        F.count(F.lit(1)), F.count("component"), F.count_if(is_member & F.col("id").isNull())
    ).collect()[0]
    if tuple(counted) == (rows, members, 0):
        return
    # More members than nodes can also be ids that share a hash, which takes billions of them.
    ids = F.count_distinct("id"), F.count_distinct(_node(F.col("id")))
    exact = found.where(is_member).agg(*ids).collect()[0]
    if (counted[0], *exact, counted[2]) != (rows, counted[1], members, 0):
        raise ValueError(
            "ids repeat or are null, or the DataFrame gave other rows when it was read again"
        )
