"""What runs in the executors: Arrow batches in, Arrow batches out, no Python work a row.

Between sketches and components there are no rows but blocks, each the keys of one bucket of one batch
with the nodes that have them, or a column of edges, so that the engine moves few large values instead
of many small ones. A node is a hash of an id. Two ids that share one, like two keys that agree in the
bits that are kept, only join two components, and those may be too large.
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
Keys = NDArray[np.uint64]

BLOCKS = "bucket int, rows bigint, first binary, second binary"
"""Keys of 32 bits and their nodes; or, where rows is given, edges of a batch of so many rows."""
EDGES = "rows bigint, count bigint, u binary, v binary"
"""Edges of a partition, count in each block; rows, how many were sketched, in the first."""
EDGE = "u bigint, v bigint"
MEMBER = "node bigint, component bigint"
_KEY_BITS = 42
"""Of a key the top bits are kept: 10 choose one of 1,024 buckets, 32 go on in its blocks."""
_PLACE_BITS = 64 - _KEY_BITS
_REST_BITS = np.uint64(32)
_ROWS_PER_BATCH = 1 << 16
"""Fits into _PLACE_BITS, so that a key and its place in a batch are sorted as one number."""


def stars(keys: Keys, nodes: Numbers) -> tuple[Keys, Numbers, Numbers]:
    """Joins the nodes of each key to one of them.

    A key of m nodes gives m - 1 edges, however large m is.

    keys: of at most _KEY_BITS; a row for each node, a column for each of its keys.

    Returns the distinct keys, ascending, a node for each, and the edges, two columns beside each
    other: the larger node first, each edge once.
    """
    places = np.arange(len(keys), dtype=np.uint64)
    packed = ((keys << np.uint64(_PLACE_BITS)) | places[:, None]).ravel()
    packed.sort()  # plain numbers are sorted several times faster than their order is found
    sorted_keys = packed >> np.uint64(_PLACE_BITS)
    sorted_nodes = nodes[packed & np.uint64((1 << _PLACE_BITS) - 1)]
    first, edges = _joined(sorted_keys, lambda place: sorted_nodes[place])
    return sorted_keys[first], sorted_nodes[first], edges


def stars_of_bucket(keys: NDArray[np.uint32], nodes: Numbers) -> Numbers:
    """The edges of `stars` for one bucket, whose keys have 32 bits, one for each node."""
    packed = (keys.astype(np.uint64) << _REST_BITS) | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    low = np.uint64((1 << 32) - 1)
    return _joined(packed >> _REST_BITS, lambda place: nodes[packed[place] & low])[1]


def _joined(
    keys: Keys, nodes_at: Callable[[NDArray[np.intp]], Numbers]
) -> tuple[NDArray[np.intp], Numbers]:
    """Where each of the ascending keys stands first, and edges from there to its other places."""
    is_first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    first, others = np.flatnonzero(is_first), np.flatnonzero(~is_first)
    centres = first[np.searchsorted(first, others) - 1]
    return first, distinct_edges(nodes_at(others), nodes_at(centres))


def distinct_edges(first: Numbers, second: Numbers) -> Numbers:
    """Pairs of different nodes, each once, the larger node first."""
    differs = first != second
    edges = np.column_stack((first[differs], second[differs]))
    edges = np.column_stack((edges.max(axis=1), edges.min(axis=1)))
    edges = edges[np.lexsort((edges[:, 1], edges[:, 0]))]
    is_new = np.ones(len(edges), np.bool_)
    is_new[1:] = (edges[1:] != edges[:-1]).any(axis=1)
    return edges[is_new]


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


def _binaries(offsets: Numbers, data: NDArray[Any]) -> pa.Array:
    """Values that lie behind each other in data, as a column that shares its memory.

    offsets: of items in data, one more than values.
    """
    bytes_before = (offsets * data.itemsize).astype(np.int32)
    buffers = [None, pa.py_buffer(bytes_before), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.binary(), len(offsets) - 1, buffers)


def _key_blocks(keys: Keys, nodes: Numbers) -> pa.RecordBatch:
    """Ascending keys with their nodes, a block for each bucket that has any."""
    of_key = (keys >> _REST_BITS).astype(np.int32)
    buckets, starts = np.unique(of_key, return_index=True)
    offsets = np.append(starts, len(keys))
    first, second = _binaries(offsets, keys.astype(np.uint32)), _binaries(offsets, nodes)
    rows = pa.nulls(len(buckets), pa.int64())
    return pa.record_batch([pa.array(buckets), rows, first, second], [*_names(BLOCKS)])


def _names(schema: str) -> Iterator[str]:
    return (column.split()[0] for column in schema.split(", "))


def sketching(options: dict[str, Any]) -> Stage:
    """Batches of node and text become blocks of keys, and of edges.

    Nodes of a batch that share a key are joined here, and one of them goes on. So a key that
    millions of texts have costs a bucket no more than one node a batch.
    """

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        number = 0
        for whole in batches:
            for start in range(0, whole.num_rows, _ROWS_PER_BATCH):
                batch = whole.slice(start, _ROWS_PER_BATCH)
                yield from _sketched(batch, number % (1 << (_KEY_BITS - 32)), options)
                number += 1

    return run


def _sketched(
    batch: pa.RecordBatch, bucket: int, options: dict[str, Any]
) -> Iterator[pa.RecordBatch]:
    """Blocks of a batch; bucket is where its edges go, which may be anywhere."""
    texts, nodes = batch.column("text"), batch.column("node").to_numpy()
    sketches = sidik.band_keys(texts, **options)
    has_text = sketches.characters > 0
    drop = np.uint64(_PLACE_BITS)
    keys, kept, edges = stars(sketches.keys[has_text] >> drop, nodes[has_text])
    signs, signed = _keys_of_signs(texts, sketches.characters)
    if len(signs):
        found = stars((signs >> drop)[:, None], nodes[signed])
        yield _key_blocks(*found[:2])
        edges = np.concatenate((edges, found[2]))
    yield _key_blocks(keys, kept)
    sides = [pa.array([np.ascontiguousarray(side).tobytes()], pa.binary()) for side in edges.T]
    one = [pa.array([bucket], pa.int32()), pa.array([batch.num_rows], pa.int64())]
    yield pa.record_batch([*one, *sides], [*_names(BLOCKS)])


def grouping(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Blocks of keys, all of a bucket in one partition, become blocks of edges."""
    held: dict[int, list[tuple[pa.Buffer, pa.Buffer]]] = {}
    edges = [np.empty((0, 2), np.int64)]
    sketched = 0
    for batch in batches:
        columns = (batch.column(name) for name in ("first", "second"))
        numbers = (batch.column(name).to_pylist() for name in ("bucket", "rows"))
        for bucket, rows, first, second in zip(*numbers, *columns):
            sides = (first.as_buffer(), second.as_buffer())
            if rows is None:
                held.setdefault(bucket, []).append(sides)
            else:
                sketched += rows
                edges.append(np.column_stack([np.frombuffer(side, np.int64) for side in sides]))
    for blocks in held.values():
        keys = np.concatenate([np.frombuffer(block[0], np.uint32) for block in blocks])
        nodes = np.concatenate([np.frombuffer(block[1], np.int64) for block in blocks])
        edges.append(stars_of_bucket(keys, nodes))
    joined = np.concatenate(edges)
    yield from edge_blocks(distinct_edges(joined[:, 0], joined[:, 1]), sketched)


def edge_blocks(edges: Numbers, sketched: int) -> Iterator[pa.RecordBatch]:
    """Edges in blocks; the first one, maybe empty, says how many rows they come from."""
    for start in range(0, max(len(edges), 1), _ROWS_PER_BATCH):
        part = edges[start : start + _ROWS_PER_BATCH]
        sides = [pa.array([np.ascontiguousarray(side).tobytes()], pa.binary()) for side in part.T]
        counts = (sketched if start == 0 else 0, len(part))
        numbers = [pa.array([count], pa.int64()) for count in counts]
        yield pa.record_batch([*numbers, *sides], [*_names(EDGES)])


def unpacking(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Blocks of edges become rows."""
    for batch in batches:
        yield from _batches(u=_column(batch, "u"), v=_column(batch, "v"))


def _column(batch: pa.RecordBatch, name: str) -> Numbers:
    parts = [np.frombuffer(block.as_buffer(), np.int64) for block in batch.column(name)]
    return np.concatenate([np.empty(0, np.int64), *parts])


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
    """Blocks of edges, all in one partition, become nodes with their components."""
    held = [(_column(batch, "u"), _column(batch, "v")) for batch in batches]
    if held:
        nodes, roots = united(*(np.concatenate(side) for side in zip(*held)))
        yield from _batches(node=nodes, component=roots)


def clustering(options: dict[str, Any]) -> Stage:
    """Texts, all of a component in one partition, become families; texts of none pass by.

    All components of a partition go through one call: texts that meet in no band have nothing to
    do with each other, so it gives what a call for each component gives.
    """

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        held = []
        for batch in batches:
            components = batch.column("component")
            yield _alone(batch.filter(components.is_null()))
            members = batch.filter(components.is_valid())
            if members.num_rows:
                held.append(members)
        if held:
            found = _families(pa.Table.from_batches(held), options)
            yield from found.to_batches(max_chunksize=_ROWS_PER_BATCH)

    return run


def _alone(batch: pa.RecordBatch) -> pa.RecordBatch:
    ids, none = batch.column("id"), pa.nulls(batch.num_rows, pa.string())
    columns = {"id": ids, "family": none, "level": none, "representative": ids}
    columns["similarity"] = pa.nulls(batch.num_rows, pa.float64())
    return pa.record_batch({**columns, "component": batch.column("component")})


def _families(table: pa.Table, options: dict[str, Any]) -> pa.Table:
    times = table["time"] if "time" in table.column_names else None
    names = table["id"].cast(pa.string())
    clusters = sidik.cluster(table["text"], names, times=times, threads=1, **options)
    names_of_families = pa.array([family.id for family in clusters.families], pa.string())
    is_member = clusters.family >= 0
    return pa.table(
        {
            "id": table["id"],
            "family": names_of_families.take(pa.array(clusters.family, mask=~is_member)),
            "level": pa.array(clusters.level.tolist(), pa.string(), mask=~is_member),
            "representative": table["id"].take(pa.array(clusters.representative)),
            "similarity": pa.array(clusters.similarity, mask=~is_member),
            "component": table["component"],
        }
    )
