"""Edges and components against naive ones."""

from __future__ import annotations

import random

import numpy as np
from pyspark.sql import SparkSession
from sidik_spark._components import MOST_UNITED, components
from sidik_spark._stages import distinct_edges, stars, united


def naive(edges: list[tuple[int, int]]) -> dict[int, int]:
    """The smallest node of each node's component."""
    labels = {node: node for edge in edges for node in edge}
    changed = True
    while changed:
        changed = False
        for first, second in edges:
            least = min(labels[first], labels[second])
            changed |= labels[first] != least or labels[second] != least
            labels[first] = labels[second] = least
    return labels


def test_stars_join_the_rows_of_each_key() -> None:
    generator = random.Random(1)
    for size in (0, 1, 2, 50, 400):
        pairs = [(generator.randrange(1 + size // 3), generator.randrange(100)) for _ in range(size)]
        keys, rows = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
        kept, centres, edges = stars(keys.astype(np.uint64), rows)
        by_key: dict[int, set[int]] = {}
        for key, row in pairs:
            by_key.setdefault(key, set()).add(row)
        assert kept.tolist() == sorted(by_key)
        assert centres.tolist() == [min(by_key[key]) for key in sorted(by_key)]
        wanted = {(row, min(group)) for group in by_key.values() for row in group} - {
            (row, row) for _, row in pairs
        }
        assert [*map(tuple, edges.tolist())] == sorted(wanted)


def test_a_hot_key_gives_an_edge_a_row() -> None:
    count = 100_000
    edges = stars(np.zeros(count, np.uint64), np.arange(count))[2]
    assert len(edges) == count - 1


def test_edges_once_the_larger_row_first() -> None:
    edges = distinct_edges(np.array([1, 5, 5, 3, 2, 2]), np.array([5, 1, 5, 2, 3, 9]))
    assert edges.tolist() == [[3, 2], [5, 1], [9, 2]]


def test_components(spark: SparkSession) -> None:
    generator = random.Random(2)
    chain = [(number, number + 1) for number in range(200)]
    chance = [(generator.randrange(1000, 1600), generator.randrange(1000, 1600)) for _ in range(330)]
    far = [((1 << 40) + number, 7000 + number) for number in range(9)]
    edges = [(max(edge), min(edge)) for edge in {*chain, *chance, *far} if edge[0] != edge[1]]
    frame = spark.createDataFrame([*edges, *edges[:50]], "u bigint, v bigint").repartition(3)
    wanted = naive(edges)
    for most_united in (MOST_UNITED, 0):
        rows = components(frame, most_united).collect()
        assert len(rows) == len(wanted)
        assert {row.row: row.component for row in rows} == wanted


def test_united() -> None:
    generator = random.Random(3)
    for nodes, count in ((1, 0), (40, 1), (300, 150), (300, 290), (60, 500)):
        edges = [(generator.randrange(nodes), generator.randrange(nodes)) for _ in range(count)]
        sides = [np.array([edge[side] for edge in edges], np.int64) for side in (0, 1)]
        rows, roots = united(*sides)
        assert dict(zip(rows.tolist(), roots.tolist())) == naive(edges)
    path = np.random.default_rng(4).permutation(5000)
    assert (united(path[1:], path[:-1])[1] == 0).all()
