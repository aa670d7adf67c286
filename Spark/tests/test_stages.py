"""Edges and components against naive ones."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import sidik
from numpy.typing import NDArray
from pyspark.sql import SparkSession
from sidik_spark import _stages as stages
from sidik_spark._components import MOST_UNITED, components
from sidik_spark._stages import distinct_edges, stars, stars_of_bucket, united

Pairs = set[tuple[int, int]]


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


def naive_stars(keys: list[list[int]], nodes: list[int]) -> Pairs:
    """An edge from each node of a key to the key's first one in the order of rows."""
    centres: dict[int, int] = {}
    edges = set()
    for row, node in zip(keys, nodes):
        for key in row:
            centre = centres.setdefault(key, node)
            edges.add((max(node, centre), min(node, centre)))
    return {edge for edge in edges if edge[0] != edge[1]}


def pairs(edges: NDArray[np.int64]) -> list[tuple[int, int]]:
    return [(first, second) for first, second in edges.tolist()]


def test_stars_join_the_nodes_of_each_key() -> None:
    generator = random.Random(1)
    for size in (0, 1, 2, 50, 400):
        # Hashes of ids are signed, and two ids may share one.
        nodes = [generator.randrange(-60, 60) << 55 for _ in range(size)]
        keys = [[generator.randrange(1 + size // 2) << 34 for _ in range(3)] for _ in nodes]
        given = np.array(keys, np.uint64).reshape(-1, 3)
        kept, centres, edges = stars(given, np.array(nodes, np.int64))
        first: dict[int, int] = {}
        for row, node in zip(keys, nodes):
            for key in row:
                first.setdefault(key, node)
        assert kept.tolist() == sorted(first)
        assert centres.tolist() == [first[key] for key in sorted(first)]
        assert pairs(edges) == sorted(naive_stars(keys, nodes))


def test_stars_of_a_bucket() -> None:
    generator = random.Random(8)
    for size in (1, 2, 300):
        nodes = [generator.randrange(-(1 << 63), 1 << 63) for _ in range(size)]
        often = (0, 7, (1 << 32) - 1)
        keys = [[generator.choice((*often, generator.randrange(1 << 32)))] for _ in nodes]
        edges = stars_of_bucket(np.array(keys, np.uint32).ravel(), np.array(nodes, np.int64))
        assert pairs(edges) == sorted(naive_stars(keys, nodes))


def test_a_hot_key_gives_an_edge_a_node() -> None:
    count = 100_000
    edges = stars(np.zeros((count, 1), np.uint64), np.arange(count))[2]
    assert len(edges) == count - 1


def test_texts_become_blocks_and_blocks_edges() -> None:
    """Through sketching and grouping, batches of every kind; a reader of the blocks is naive."""
    words = [f"kata{number}" for number in range(500)]
    generator = random.Random(9)
    texts: list[str | None] = [" ".join(generator.choices(words, k=60)) for _ in range(40)]
    texts += [*texts[:25], "?!", "?!", "", " ", None]
    nodes = [generator.randrange(-(1 << 63), 1 << 63) for _ in texts]
    table = pa.table({"node": pa.array(nodes, pa.int64()), "text": texts})
    # Keys of all 64 bits, as the library gives them; of signs only, the text itself.
    first: dict[int | str, int] = {"?!": nodes[texts.index("?!")]}
    joined = [(nodes[place], first["?!"]) for place, text in enumerate(texts) if text == "?!"]
    sketches = sidik.band_keys(texts)
    for keys, node, size in zip(sketches.keys.tolist(), nodes, sketches.characters.tolist()):
        joined += [(node, first.setdefault(key, node)) for key in keys if size > 0]
    wanted = naive([pair for pair in joined if pair[0] != pair[1]])
    for size in (7, 1000):
        batches = table.to_batches(max_chunksize=size)
        none = table.slice(0, 0).to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
        blocks = [*stages.sketching({})([*none, *batches])]
        found = [*stages.grouping(blocks)]
        assert sum(batch["rows"].to_pylist()[0] for batch in found) == len(texts)
        unpacked = [batch.to_pydict() for batch in stages.unpacking(found)]
        edges = [pair for sides in unpacked for pair in zip(sides["u"], sides["v"])]
        assert len(edges) == sum(batch["count"].to_pylist()[0] for batch in found)
        assert naive(edges) == wanted
    empty = [*stages.grouping([])]
    assert [batch.to_pylist() for batch in empty] == [[{"rows": 0, "count": 0, "u": b"", "v": b""}]]


def test_edges_once_the_larger_node_first() -> None:
    edges = distinct_edges(np.array([1, 5, 5, 3, 2, 2]), np.array([5, 1, 5, 2, 3, 9]))
    assert edges.tolist() == [[3, 2], [5, 1], [9, 2]]


def test_components(spark: SparkSession) -> None:
    generator = random.Random(2)
    chain = [(number, number + 1) for number in range(200)]
    chance = [(generator.randrange(1000, 1600), generator.randrange(1000, 1600)) for _ in range(330)]
    far = [((1 << 40) + number, 7000 + number) for number in range(9)]
    edges = [(max(edge), min(edge)) for edge in {*chain, *chance, *far} if edge[0] != edge[1]]
    parts = [edges[:100], edges[100:], edges[:50], []]
    blocks = []
    for number, part in enumerate(parts):
        packed = stages.edge_blocks(np.array(part, np.int64).reshape(-1, 2), number)
        blocks += [tuple(row.values()) for batch in packed for row in batch.to_pylist()]
    frame = spark.createDataFrame(blocks, stages.EDGES).repartition(3)
    wanted = naive(edges)
    for most_united in (MOST_UNITED, 0):
        members, sketched = components(frame, most_united)
        rows = members.collect()
        assert sketched == 6
        assert len(rows) == len(wanted)
        assert {row.node: row.component for row in rows} == wanted


def test_united() -> None:
    generator = random.Random(3)
    for nodes, count in ((1, 0), (40, 1), (300, 150), (300, 290), (60, 500)):
        edges = [(generator.randrange(nodes), generator.randrange(nodes)) for _ in range(count)]
        sides = [np.array([edge[side] for edge in edges], np.int64) for side in (0, 1)]
        rows, roots = united(*sides)
        assert dict(zip(rows.tolist(), roots.tolist())) == naive(edges)
    path = np.random.default_rng(4).permutation(5000)
    assert (united(path[1:], path[:-1])[1] == 0).all()
