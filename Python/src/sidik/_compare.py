"""How much wording two texts share."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._cluster import level_names
from ._columns import Texts, column
from ._library import LEVELS, ComparisonStruct, call
from ._run import Options, addresses, memory


@dataclass(frozen=True)
class Comparison:
    """Two texts, as `sidik compare` has them."""

    level: str | None
    """None where they share too little."""
    jaccard: float
    containment_of_first: float
    containment_of_second: float
    coverage: float | None
    """The share of the shorter text that stands in the other in order."""
    estimated_jaccard: float
    """What signatures alone say."""
    simhash_distance: int
    """Differing bits of 64."""
    repeats_of_first: float
    repeats_of_second: float

    def __bool__(self) -> bool:
        """Whether the texts share wording."""
        return self.level is not None


def _bytes(text: Union[str, bytes], name: str) -> bytes:
    if isinstance(text, str):
        return text.encode("utf-8", "surrogatepass")
    if isinstance(text, bytes):
        return text
    raise TypeError(f"the {name} text is {type(text).__name__}, not str or bytes")


def compare(
    first: Union[str, bytes],
    second: Union[str, bytes],
    *,
    profile: str | None = None,
    threshold: float | None = None,
    slang: bool | None = None,
    seed: int | None = None,
) -> Comparison:
    """Compares two texts."""
    a, b = _bytes(first, "first"), _bytes(second, "second")
    options = Options(profile=profile, threshold=threshold, slang=slang, seed=seed)
    made = ComparisonStruct()
    call("sidik_compare", options.pointer, a, len(a), b, len(b), ctypes.byref(made))
    return Comparison(
        level=LEVELS[made.level] if made.level >= 0 else None,
        jaccard=made.jaccard,
        containment_of_first=made.containment_of_first,
        containment_of_second=made.containment_of_second,
        coverage=None if made.coverage != made.coverage else made.coverage,
        estimated_jaccard=made.estimated_jaccard,
        simhash_distance=made.simhash_distance,
        repeats_of_first=made.repeats_of_first,
        repeats_of_second=made.repeats_of_second,
    )


@dataclass(frozen=True)
class Pairs:
    """Compared pairs, a row each."""

    level: NDArray[np.object_]
    """An empty string where a pair shares too little."""
    jaccard: NDArray[np.float64]
    containment_of_first: NDArray[np.float64]
    containment_of_second: NDArray[np.float64]
    coverage: NDArray[np.float64]
    strength: NDArray[np.float64]
    """What `threshold` is compared with."""
    weight: NDArray[np.float64]
    """How strongly the pair would join two groups."""

    def __len__(self) -> int:
        return len(self.level)


def compare_pairs(
    texts: Texts,
    first: ArrayLike,
    second: ArrayLike,
    *,
    edges_only: bool = False,
    profile: str | None = None,
    threshold: float | None = None,
    slang: bool | None = None,
    seed: int | None = None,
) -> Pairs:
    """Compares pairs of rows of a column by themselves, outside any corpus.

    edges_only: measure nothing of pairs that the rule of the profile makes no edge; faster.
    """
    rows = column(texts, "texts")
    a = np.ascontiguousarray(first, dtype=np.int64)
    b = np.ascontiguousarray(second, dtype=np.int64)
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError(f"first and second have the shapes {a.shape} and {b.shape}")
    options = Options(profile=profile, threshold=threshold, slang=slang, seed=seed)
    levels = np.empty(len(a), np.int8)
    measures = [np.empty(len(a), np.float64) for _ in range(6)]
    call(
        "sidik_compare_pairs",
        options.pointer,
        rows.pointer,
        memory(a),
        memory(b),
        len(a),
        0 if edges_only else 1,
        memory(levels),
        *addresses(*measures),
    )
    jaccard, of_first, of_second, coverage, strength, weight = measures
    return Pairs(
        level=level_names(levels),
        jaccard=jaccard,
        containment_of_first=of_first,
        containment_of_second=of_second,
        coverage=coverage,
        strength=strength,
        weight=weight,
    )
