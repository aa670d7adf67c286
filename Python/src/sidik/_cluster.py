"""Families of documents that share their wording."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from ctypes import c_int64
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._columns import FieldColumns, Texts, column
from ._library import LEVELS, ORIGINS, Handle, call
from ._run import Options, Progress, addresses, batch, memory, path_bytes

_NO_LEVEL = ""
_LEVEL_NAMES = np.array([*LEVELS, _NO_LEVEL], dtype=object)


def level_names(levels: NDArray[np.int8]) -> NDArray[np.object_]:
    """Names of levels; an empty one where there is none."""
    return _LEVEL_NAMES[levels]


@dataclass(frozen=True)
class Family:
    """Documents that share their wording, by their rows."""

    id: str
    """16 hexadecimal digits made from the ids of the members."""
    level: str
    """The loosest level among the members."""
    representative: int
    """The row that the family is shown by."""
    members: list[int]
    """Rows, the representative first."""
    weakest: float
    """The weakest of the verified edges inside."""
    median: float
    """The median of the verified edges inside."""
    template: str | None
    """What it and other families of one frame with other slots have in common."""


@dataclass(frozen=True)
class Edges:
    """Verified pairs, a row each."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    level: NDArray[np.object_]
    jaccard: NDArray[np.float64]
    containment_of_first: NDArray[np.float64]
    containment_of_second: NDArray[np.float64]
    coverage: NDArray[np.float64]
    """NaN where it was not measured."""
    strength: NDArray[np.float64]
    weight: NDArray[np.float64]
    origin: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.first)


class Clusters:
    """The answer of `cluster`: numpy arrays with a row a document, and families."""

    family: NDArray[np.int64]
    """The number of each document's family, -1 without; the largest is 0."""
    level: NDArray[np.object_]
    """What each document is to its representative; "" without a family."""
    similarity: NDArray[np.float64]
    """Jaccard similarity to the representative; NaN without a family."""
    containment: NDArray[np.float64]
    """The larger containment between the two; NaN without a family."""
    representative: NDArray[np.int64]
    """The row of the representative; a document's own without a family."""
    repeats: NDArray[np.float32]
    """The share of each document that repeats itself."""
    parameters: str
    """Everything that changed the answer, in one line."""

    def __init__(self, handle: Handle, parameters: str) -> None:
        self._handle = handle
        self.parameters = parameters
        documents, families, members, edges = (c_int64() for _ in range(4))
        call(
            "sidik_clusters_counts",
            handle.pointer,
            *(ctypes.byref(number) for number in (documents, families, members, edges)),
        )
        self._counts = (documents.value, families.value, members.value, edges.value)
        count = documents.value
        self.family = np.empty(count, np.int64)
        levels = np.empty(count, np.int8)
        self.similarity = np.empty(count, np.float64)
        self.containment = np.empty(count, np.float64)
        self.representative = np.empty(count, np.int64)
        self.repeats = np.empty(count, np.float32)
        arrays = (
            self.family,
            levels,
            self.similarity,
            self.containment,
            self.representative,
            self.repeats,
        )
        call("sidik_clusters_copy_documents", handle.pointer, count, *addresses(*arrays))
        self.level = level_names(levels)

    def __repr__(self) -> str:
        documents, families, members, _ = self._counts
        return f"<sidik.Clusters: {documents} documents, {families} families with {members}>"

    def __len__(self) -> int:
        """Number of families."""
        return self._counts[1]

    def __iter__(self) -> Iterator[Family]:
        return iter(self.families)

    def __getitem__(self, number: int) -> Family:
        return self.families[number]

    @cached_property
    def families(self) -> list[Family]:
        """All families, the largest first."""
        count, members = self._counts[1:3]
        identifiers, templates = np.empty(count, np.uint64), np.empty(count, np.uint64)
        sizes, representatives = np.empty(count, np.int64), np.empty(count, np.int64)
        levels = np.empty(count, np.int8)
        weakest, median = np.empty(count, np.float64), np.empty(count, np.float64)
        arrays = (identifiers, sizes, levels, representatives, weakest, median, templates)
        call("sidik_clusters_copy_families", self._handle.pointer, count, *addresses(*arrays))
        documents = np.empty(members, np.int64)
        call("sidik_clusters_copy_members", self._handle.pointer, members, memory(documents))
        rows = documents.tolist()
        ends = np.cumsum(sizes).tolist()
        return [
            Family(
                id=f"{identifier:016x}",
                level=name,
                representative=face,
                members=rows[end - size : end],
                weakest=low,
                median=middle,
                template=f"{template:016x}" if template else None,
            )
            for identifier, name, face, size, end, low, middle, template in zip(
                identifiers.tolist(),
                level_names(levels).tolist(),
                representatives.tolist(),
                sizes.tolist(),
                ends,
                weakest.tolist(),
                median.tolist(),
                templates.tolist(),
            )
        ]

    @cached_property
    def edges(self) -> Edges:
        """All verified pairs."""
        count = self._counts[3]
        first, second = np.empty(count, np.int64), np.empty(count, np.int64)
        levels, origins = np.empty(count, np.int8), np.empty(count, np.int8)
        measures = [np.empty(count, np.float64) for _ in range(6)]
        places = addresses(first, second, levels, *measures, origins)
        call("sidik_clusters_copy_edges", self._handle.pointer, count, *places)
        names = np.array(ORIGINS, dtype=object)[origins]
        jaccard, of_first, of_second, coverage, strength, weight = measures
        return Edges(
            first=first,
            second=second,
            level=level_names(levels),
            jaccard=jaccard,
            containment_of_first=of_first,
            containment_of_second=of_second,
            coverage=coverage,
            strength=strength,
            weight=weight,
            origin=names,
        )

    def to_dict(self) -> dict[str, NDArray[Any]]:
        """A column a field, as data frames take it."""
        return {
            "family": self.family,
            "level": self.level,
            "similarity": self.similarity,
            "containment": self.containment,
            "representative": self.representative,
            "repeats": self.repeats,
        }

    def write_families(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes the families as `sidik cluster` does."""
        self._write(0, path, force)

    def write_edges(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes the edges as `sidik cluster --edges` does; `--from-edges` takes them."""
        self._write(1, path, force)

    def write_statistics(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes the numbers of the run as `sidik cluster --stats` does."""
        self._write(2, path, force)

    def _write(self, what: int, path: str | os.PathLike[str], force: bool) -> None:
        call("sidik_clusters_write", self._handle.pointer, what, path_bytes(path), int(force))


def cluster(
    texts: Texts,
    ids: object = None,
    *,
    sources: object = None,
    authors: object = None,
    times: object = None,
    profile: str | None = None,
    threshold: float | None = None,
    recall: float | None = None,
    bands: str | None = None,
    linkage: float | None = None,
    slang: bool | None = None,
    boilerplate: str | os.PathLike[str] | None = None,
    default_source: str | None = None,
    related: bool | None = None,
    seed: int | None = None,
    key_file: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    temp_dir: str | os.PathLike[str] | None = None,
    progress: Progress = False,
) -> Clusters:
    """Finds families of documents that share their wording.

    The answer is that of `sidik cluster` for the same texts, ids and options: every pair that
    joins a family was compared on its real text.

    texts: a list of str or None, a numpy array, a pandas or polars Series, a pyarrow array, or
    anything with the Arrow capsule interface. Arrow memory is not copied. Lone surrogates count
    as broken bytes; None is a document without text, in no family.
    ids: break ties and name families; the numbers of the rows if left out.
    sources, authors, times: boilerplate is learnt by source; the earliest by time represents a
    family.
    progress: True for a bar by tqdm, or a function of stage, done and total.
    """
    rows = column(texts, "texts")
    fields = FieldColumns(len(rows), ids, sources, authors, times)
    options = Options(
        profile=profile,
        threshold=threshold,
        recall=recall,
        bands=bands,
        linkage=linkage,
        slang=slang,
        boilerplate=boilerplate,
        default_source=default_source,
        related=related,
        seed=seed,
        key_file=key_file,
        threads=threads,
        temp_dir=temp_dir,
    )
    handle = batch("sidik_cluster", options, rows, fields, progress, "clusters")
    return Clusters(handle, options.parameters)
