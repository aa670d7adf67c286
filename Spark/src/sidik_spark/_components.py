"""Connected components of a graph of edges, without a jar or an RDD.

Where edges are few, one executor unites them. Else rounds of DataFrame operations do,
alternating large stars and small stars: R. Kiveris, S. Lattanzi, V. Mirrokni, V. Rastogi,
S. Vassilvitskii, Connected Components in MapReduce and Beyond, SoCC 2014.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from . import _stages as stages

MOST_UNITED = 4_000_000
"""So many edges, 64 MB, go to one executor: a round of stars costs more Java than all of them."""
_MOST_ROUNDS = 64


def components(edges: DataFrame, most_united: int = MOST_UNITED) -> tuple[DataFrame, int]:
    """The component of each node that has an edge.

    edges: blocks, as `_stages.EDGES`, of edges u, v with u > v; edges may repeat.
    most_united: up to so many edges are united by one executor.

    Returns columns node and component, the smallest node of the component; and how many rows
    were sketched for these edges.
    """
    edges = edges.localCheckpoint()
    counts = edges.select("rows", "count").collect()
    rows, count = (sum(row[column] for row in counts) for column in (0, 1))
    if count <= most_united:
        return edges.repartition(1).mapInArrow(stages.uniting, stages.MEMBER), rows
    return _by_stars(edges.mapInArrow(stages.unpacking, stages.EDGE).distinct()), rows


def _by_stars(edges: DataFrame) -> DataFrame:
    """Rounds until every component is a star."""
    for _ in range(_MOST_ROUNDS):
        edges = edges.localCheckpoint()
        if _are_stars(edges):
            centres = edges.select("v").distinct()
            return edges.select(F.col("u").alias("node"), F.col("v").alias("component")).unionAll(
                centres.select(F.col("v").alias("node"), F.col("v").alias("component"))
            )
        edges = _small_star(_large_star(edges))
    raise RuntimeError(f"components did not settle in {_MOST_ROUNDS} rounds")


def _large_star(edges: DataFrame) -> DataFrame:
    """Joins the larger neighbours of each node to the smallest node around it."""
    around = edges.unionAll(edges.select(F.col("v").alias("u"), F.col("u").alias("v")))
    least = around.groupBy("u").agg(F.least("u", F.min("v")).alias("m"))
    larger = around.where("v > u").join(least, "u")
    return larger.select(F.col("v").alias("u"), F.col("m").alias("v")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Joins each node and its smaller neighbours to the smallest of these."""
    least = edges.groupBy("u").agg(F.min("v").alias("m"))
    others = edges.join(least, "u").where("v > m")
    moved = others.select(F.col("v").alias("u"), F.col("m").alias("v"))
    return moved.unionAll(least.select("u", F.col("m").alias("v"))).distinct()


def _are_stars(edges: DataFrame) -> bool:
    """Whether every node has one edge down, or edges up only: then each star is a component."""
    down = edges.select(F.col("u").alias("node"), F.lit(1).alias("down"), F.lit(0).alias("up"))
    up = edges.select(F.col("v").alias("node"), F.lit(0).alias("down"), F.lit(1).alias("up"))
    counts = down.unionAll(up).groupBy("node").agg(F.sum("down").alias("down"), F.max("up").alias("up"))
    return counts.where("down > 1 or (down = 1 and up = 1)").limit(1).count() == 0
