"""Which documents stay where copies go."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._cluster import level_names
from ._columns import FieldColumns, Texts, column
from ._library import Handle, call
from ._run import Options, Progress, addresses, batch


class Deduplication:
    """The answer of `dedup`: numpy arrays with a row a document."""

    kept: NDArray[np.bool_]
    """Whether each document stays."""
    keeper: NDArray[np.int64]
    """The row that each is a copy of; its own where it stays."""
    copies: NDArray[np.int64]
    """How many were removed for the sake of each."""
    level: NDArray[np.object_]
    """What each removed one is to its keeper; "" where it stays."""
    similarity: NDArray[np.float64]
    """Jaccard similarity to the keeper; NaN where it stays."""
    containment: NDArray[np.float64]
    """The larger containment; NaN where it stays."""
    parameters: str
    """Everything that changed the answer, in one line."""

    def __init__(self, handle: Handle, count: int, parameters: str) -> None:
        self.parameters = parameters
        kept, levels = np.empty(count, np.uint8), np.empty(count, np.int8)
        self.keeper = np.empty(count, np.int64)
        self.copies = np.empty(count, np.int64)
        self.similarity = np.empty(count, np.float64)
        self.containment = np.empty(count, np.float64)
        arrays = (kept, self.keeper, self.copies, levels, self.similarity, self.containment)
        call("sidik_decisions_copy", handle.pointer, count, *addresses(*arrays))
        self.kept = kept.astype(np.bool_)
        self.level = level_names(levels)

    def __repr__(self) -> str:
        return f"<sidik.Deduplication: {len(self.kept)} documents, {len(self.rows)} kept>"

    def __len__(self) -> int:
        """Number of documents."""
        return len(self.kept)

    @property
    def rows(self) -> NDArray[np.int64]:
        """The rows that stay."""
        return np.flatnonzero(self.kept)

    def to_dict(self) -> dict[str, NDArray[Any]]:
        """A column a field, as data frames take it."""
        return {
            "kept": self.kept,
            "keeper": self.keeper,
            "copies": self.copies,
            "level": self.level,
            "similarity": self.similarity,
            "containment": self.containment,
        }


def dedup(
    texts: Texts,
    ids: object = None,
    *,
    sources: object = None,
    scores: object = None,
    times: object = None,
    keep: str | None = None,
    level: str | None = None,
    profile: str | None = None,
    threshold: float | None = None,
    recall: float | None = None,
    bands: str | None = None,
    linkage: float | None = None,
    slang: bool | None = None,
    boilerplate: str | os.PathLike[str] | None = None,
    default_source: str | None = None,
    seed: int | None = None,
    key_file: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    temp_dir: str | os.PathLike[str] | None = None,
    progress: Progress = False,
) -> Deduplication:
    """Decides which documents stay so that each that goes has a verified copy among them.

    The answer is that of `sidik dedup` for the same texts, ids and options; running it on what
    stays removes nothing. Texts and other options are those of `cluster`.

    keep: "first", "earliest" (by times), "longest", "best" (the highest of scores) or
    "source:A,B" (the first source of a list).
    level: copies up to "exact", "copy", "variant" or "excerpt" go; "variant" if left out.
    """
    if keep == "best":
        if scores is None:
            raise ValueError('keep="best" needs scores')
        keep = "best:scores"
    elif scores is not None:
        raise ValueError('scores are for keep="best"')
    rows = column(texts, "texts")
    fields = FieldColumns(len(rows), ids, sources, scores, times)
    options = Options(
        keep=keep,
        level=level,
        profile=profile,
        threshold=threshold,
        recall=recall,
        bands=bands,
        linkage=linkage,
        slang=slang,
        boilerplate=boilerplate,
        default_source=default_source,
        seed=seed,
        key_file=key_file,
        threads=threads,
        temp_dir=temp_dir,
    )
    handle = batch("sidik_dedup", options, rows, fields, progress, "decisions")
    return Deduplication(handle, len(rows), options.parameters)
