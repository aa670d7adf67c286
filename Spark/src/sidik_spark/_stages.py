"""What runs in the executors: Arrow batches in, Arrow batches out, no Python work a row.

Between sketches and edges there are no rows but blocks, each the keys of one bucket of one batch
with the rows that have them, so that the engine moves few large values instead of many small ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import sidik
from numpy.typing import NDArray

Batches = Iterable[pa.RecordBatch]
Stage = Callable[[Batches], Iterator[pa.RecordBatch]]
Numbers = NDArray[np.int64]

KEYS, EDGES, IDS = range(3)
"""Kinds of blocks: keys with rows, edges as two columns of rows, rows with ids and sizes."""

BLOCKS = "kind int, bucket int, first binary, second binary"
_BLOCK_SCHEMA = pa.schema(
    [("kind", pa.int32()), ("bucket", pa.int32()), ("first", pa.binary()), ("second", pa.binary())]
)
EDGE = "u bigint, v bigint"
MEMBER = "row bigint, component bigint"
_BUCKET_BITS = 10
"""Keys are uniform, so their top bits part them evenly: 1,024 buckets."""
_ROWS_PER_BATCH = 1 << 16


def stars(keys: NDArray[np.uint64], rows: Numbers) -> tuple[NDArray[np.uint64], Numbers, Numbers]:
    """Joins the rows of each key to one of them.

    A key of m rows gives m - 1 edges, however large m is.

    Returns the distinct keys, ascending, a row for each, and the edges, two columns beside each
    other: the larger row first, each edge once.
    """
    order = np.argsort(keys)
    keys, rows = keys[order], rows[order]
    is_first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    if len(starts) == len(keys):
        return keys, rows, np.empty((0, 2), np.int64)
    centres = np.minimum.reduceat(rows, starts)
    lengths = np.diff(starts, append=len(keys))
    return keys[starts], centres, distinct_edges(rows, np.repeat(centres, lengths))


def distinct_edges(first: Numbers, second: Numbers) -> Numbers:
    """Pairs of different rows, each once, the larger row first."""
    differs = first != second
    edges = np.column_stack((first[differs], second[differs]))
    edges = np.column_stack((edges.max(axis=1), edges.min(axis=1)))
    edges = edges[np.lexsort((edges[:, 1], edges[:, 0]))]
    is_new = np.ones(len(edges), np.bool_)
    is_new[1:] = (edges[1:] != edges[:-1]).any(axis=1)
    return edges[is_new]


def _block_batch(blocks: list[tuple[int, int, bytes, bytes]]) -> pa.RecordBatch:
    columns = zip(*blocks)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _BLOCK_SCHEMA)]
    return pa.record_batch(arrays, schema=_BLOCK_SCHEMA)


def _keys_of_signs(texts: pa.Array, characters: Numbers) -> tuple[NDArray[np.uint64], Numbers]:
    """Keys of texts of which normalising leaves nothing, such as "?!", and where these stand.

    They have no bands; one is equal to another byte for byte. Blanks are equal to nothing.
    """
    keys: list[bytes] = []
    places: list[int] = []
    for place in np.flatnonzero(characters == 0).tolist():
        text = texts[place].as_py()
        if text.strip():
            keys.append(hashlib.blake2b(text.encode(), digest_size=8).digest())
            places.append(place)
    return np.frombuffer(b"".join(keys), np.uint64), np.array(places, np.int64)


def _packed_ids(rows: pa.Array, ids: pa.Array) -> bytes:
    batch = pa.record_batch([rows, ids], names=["row", "id"])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def sketching(options: dict[str, Any]) -> Stage:
    """Batches of row, id and text become blocks of keys.

    Rows of a batch that share a key are joined here, and one of them goes on. So a key that
    millions of rows have costs a bucket no more than one row a batch.
    """

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(batches):
            if batch.num_rows == 0:
                continue
            sketches = sidik.band_keys(batch.column("text"), **options)
            has_text = sketches.characters > 0
            found = sketches.keys[has_text]
            every = batch.column("row").to_numpy()
            signs, signed = _keys_of_signs(batch.column("text"), sketches.characters)
            keys, rows, edges = stars(
                np.concatenate((found.ravel(), signs)),
                np.concatenate((np.repeat(every[has_text], found.shape[1]), every[signed])),
            )
            buckets = (keys >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)
            ends = np.searchsorted(buckets, np.arange(1 << _BUCKET_BITS), side="right").tolist()
            blocks = [
                (KEYS, bucket, keys[start:end].tobytes(), rows[start:end].tobytes())
                for bucket, (start, end) in enumerate(zip([0, *ends], ends))
                if start < end
            ]
            bucket = number % (1 << _BUCKET_BITS)
            if len(edges):
                blocks.append((EDGES, bucket, edges[:, 0].tobytes(), edges[:, 1].tobytes()))
            ids = _packed_ids(batch.column("row"), batch.column("id"))
            yield _block_batch([*blocks, (IDS, bucket, ids, b"")])

    return run


def grouping(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Blocks of keys, all of a bucket in one partition, become edges."""
    keys: list[NDArray[np.uint64]] = []
    rows: list[Numbers] = []
    edges = [np.empty((0, 2), np.int64)]
    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in ("kind", "first", "second"))
        for kind, first, second in zip(*columns):
            if kind == EDGES:
                sides = (np.frombuffer(first, np.int64), np.frombuffer(second, np.int64))
                edges.append(np.column_stack(sides))
            else:
                keys.append(np.frombuffer(first, np.uint64))
                rows.append(np.frombuffer(second, np.int64))
    if keys:
        edges.append(stars(np.concatenate(keys), np.concatenate(rows))[2])
    joined = np.concatenate(edges)
    joined = distinct_edges(joined[:, 0], joined[:, 1])
    yield from _batches(u=joined[:, 0], v=joined[:, 1])


def _batches(**columns: Numbers) -> Iterator[pa.RecordBatch]:
    table = pa.table({name: np.ascontiguousarray(column) for name, column in columns.items()})
    yield from table.to_batches(max_chunksize=_ROWS_PER_BATCH)


def united(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """The nodes of a graph of edges, ascending, and the smallest node of each one's component.

    Of each edge between two components the one with the larger root hangs on the other, all edges
    at once; then every node looks its root up. Rounds end when no edge is between components.
    """
    nodes, places = np.unique(np.concatenate((first, second)), return_inverse=True)
    a, b = places[: len(first)], places[len(first) :]
    roots = np.arange(len(nodes))
    while len(a):
        low, high = np.minimum(roots[a], roots[b]), np.maximum(roots[a], roots[b])
        is_open = low != high
        a, b = a[is_open], b[is_open]
        np.minimum.at(roots, high[is_open], low[is_open])
        while ((above := roots[roots]) != roots).any():
            roots = above
    return nodes, nodes[roots]


def uniting(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Edges, all in one partition, become nodes with their components."""
    held = [batch for batch in batches if batch.num_rows]
    if held:
        edges = pa.Table.from_batches(held)
        rows, roots = united(edges["u"].to_numpy(), edges["v"].to_numpy())
        yield from _batches(row=rows, component=roots)


def naming(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Blocks of ids become rows and ids."""
    for batch in batches:
        for block in batch.column("first"):
            yield from pa.ipc.open_stream(block.as_buffer())


def clustering(options: dict[str, Any]) -> Stage:
    """Texts, all of a component in one partition, become families.

    All components of a partition go through one call: texts that meet in no band have nothing to
    do with each other, so it gives what a call for each component gives.
    """

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        held = [batch for batch in batches if batch.num_rows]
        if not held:
            return
        table = pa.Table.from_batches(held)
        times = table["time"] if "time" in table.column_names else None
        names = table["id"].cast(pa.string())
        clusters = sidik.cluster(table["text"], names, times=times, threads=1, **options)
        names_of_families = pa.array([family.id for family in clusters.families], pa.string())
        is_member = clusters.family >= 0
        numbers = pa.array(clusters.family, mask=~is_member)
        levels = pa.array(clusters.level.tolist(), pa.string(), mask=~is_member)
        found = pa.table(
            {
                "row": table["row"],
                "family": names_of_families.take(numbers),
                "level": levels,
                "representative": table["id"].take(pa.array(clusters.representative)),
                "similarity": pa.array(clusters.similarity, mask=~is_member),
            }
        )
        yield from found.to_batches(max_chunksize=_ROWS_PER_BATCH)

    return run
