"""Fingerprints: MinHash signatures, SimHashes, exact digests, keys of bands."""

from __future__ import annotations

import ctypes
import os
from concurrent.futures import ThreadPoolExecutor
from ctypes import c_int32
from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ._columns import Column, Texts, column
from ._library import SLOTS, IncompatibleError, call
from ._run import Options, memory

_ROWS_PER_PART = 4096


@dataclass(frozen=True)
class Sketches:
    """Fingerprints of a column, a row a text."""

    signatures: NDArray[np.uint32]
    """n x 128; all 0xFFFFFFFF where there are no features."""
    band_keys: NDArray[np.uint64] | None
    """n x bands; equal keys of a band are candidates. Rows of characters > 0 only."""
    simhashes: NDArray[np.uint64]
    digests: NDArray[np.uint8]
    """n x 16, or n x 32 with digest="sha256"."""
    characters: NDArray[np.int64]
    """Characters of the normalised text; 0 where nothing is left, -1 for None."""

    def __len__(self) -> int:
        return len(self.characters)


def _parts(count: int) -> list[tuple[int, int]]:
    return [
        (start, min(_ROWS_PER_PART, count - start)) for start in range(0, count, _ROWS_PER_PART)
    ]


def _fill(
    options: Options,
    rows: Column,
    start: int,
    count: int,
    *,
    signatures: NDArray[np.uint32] | None = None,
    keys: NDArray[np.uint64] | None = None,
    simhashes: NDArray[np.uint64] | None = None,
    digests: NDArray[np.uint8] | None = None,
    characters: NDArray[np.int64] | None = None,
) -> None:
    """Sketches rows into arrays whose first row is that of `start`; None is not wanted."""
    arrays = (signatures, keys, simhashes, digests, characters)
    places = [None if array is None else memory(array) for array in arrays]
    call("sidik_sketch", options.pointer, rows.pointer, start, count, *places)


def _one(text: Union[str, bytes]) -> Column:
    """A column of one text."""
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"the text is {type(text).__name__}, not str or bytes")
    return column([text], "text")


def sketch(
    texts: Texts,
    *,
    profile: str | None = None,
    threshold: float | None = None,
    recall: float | None = None,
    bands: str | None = None,
    slang: bool | None = None,
    scheme: str | None = None,
    shingle_hash: str | None = None,
    digest: str | None = None,
    unit: str | None = None,
    seed: int | None = None,
    key_file: str | os.PathLike[str] | None = None,
    threads: int | None = None,
) -> Sketches:
    """Sketches a column, as `sidik sketch` does, into numpy arrays.

    scheme: "oph" (the default), "affine32" or "legacy", the last two equal to datasketch's bit for
    bit; they have no band keys.
    """
    rows = column(texts, "texts")
    options = Options(
        profile=profile,
        threshold=threshold,
        recall=recall,
        bands=bands,
        slang=slang,
        scheme=scheme,
        shingle_hash=shingle_hash,
        digest=digest,
        unit=unit,
        seed=seed,
        key_file=key_file,
    )
    band_count, digest_bytes = c_int32(), c_int32()
    call(
        "sidik_sketch_shape",
        options.pointer,
        ctypes.byref(band_count),
        None,
        ctypes.byref(digest_bytes),
    )
    count = len(rows)
    has_keys = scheme in (None, "oph")
    signatures = np.empty((count, SLOTS), np.uint32)
    keys = np.empty((count, band_count.value), np.uint64) if has_keys else None
    simhashes = np.empty(count, np.uint64)
    digests = np.empty((count, digest_bytes.value), np.uint8)
    characters = np.empty(count, np.int64)

    def part(start: int, length: int) -> None:
        _fill(
            options,
            rows,
            start,
            length,
            signatures=signatures[start:],
            keys=None if keys is None else keys[start:],
            simhashes=simhashes[start:],
            digests=digests[start:],
            characters=characters[start:],
        )

    parts = _parts(count)
    workers = threads or os.cpu_count() or 1
    if len(parts) < 2 or workers < 2:
        for start, length in parts:
            part(start, length)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda place: part(*place), parts))
    return Sketches(signatures, keys, simhashes, digests, characters)


@dataclass(frozen=True)
class BandKeys:
    """Keys of bands of a column, a row a text."""

    keys: NDArray[np.uint64]
    """n x bands; equal keys of a band are candidates. Rows of characters > 0 only."""
    characters: NDArray[np.int64]
    """Characters of the normalised text; 0 where nothing is left, -1 for None."""

    def __len__(self) -> int:
        return len(self.characters)


def band_keys(
    texts: Texts,
    *,
    profile: str | None = None,
    threshold: float | None = None,
    recall: float | None = None,
    bands: str | None = None,
    slang: bool | None = None,
    seed: int | None = None,
) -> BandKeys:
    """The keys of bands that `sketch` gives, on the calling thread and at about half its cost."""
    rows = column(texts, "texts")
    options = Options(
        profile=profile,
        threshold=threshold,
        recall=recall,
        bands=bands,
        slang=slang,
        seed=seed,
    )
    band_count = c_int32()
    call("sidik_sketch_shape", options.pointer, ctypes.byref(band_count), None, None)
    count = len(rows)
    keys = np.empty((count, band_count.value), np.uint64)
    characters = np.empty(count, np.int64)
    _fill(options, rows, 0, count, keys=keys, characters=characters)
    return BandKeys(keys, characters)


class MinHash:
    """The signature of one text.

    Equal slots of two estimate the Jaccard similarity of their features, with a standard error of
    at most .045.
    """

    __slots__ = ("hashvalues", "options")

    hashvalues: NDArray[np.uint32]
    """128 slots."""
    options: dict[str, object]
    """What it was made with, beside the defaults."""

    def __init__(
        self,
        text: Union[str, bytes],
        *,
        profile: str | None = None,
        slang: bool | None = None,
        scheme: str | None = None,
        shingle_hash: str | None = None,
        unit: str | None = None,
        seed: int | None = None,
        key_file: str | os.PathLike[str] | None = None,
    ) -> None:
        rows = _one(text)
        options = Options(
            profile=profile,
            slang=slang,
            scheme=scheme,
            shingle_hash=shingle_hash,
            unit=unit,
            seed=seed,
            key_file=key_file,
        )
        self.options = options.values
        self.hashvalues = np.empty(SLOTS, np.uint32)
        _fill(options, rows, 0, 1, signatures=self.hashvalues)

    @property
    def is_empty(self) -> bool:
        """Whether the text has no features: such a signature equals none."""
        return bool((self.hashvalues == np.uint32(0xFFFFFFFF)).all())

    def jaccard(self, other: MinHash) -> float:
        """The estimated Jaccard similarity."""
        if self.options != other.options:
            raise IncompatibleError(
                f"signatures made with {self.options} and {other.options} do not compare"
            )
        result = np.empty(1, np.float64)
        call(
            "sidik_estimate",
            memory(self.hashvalues),
            memory(other.hashvalues),
            1,
            memory(result),
        )
        return float(result[0])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MinHash):
            return NotImplemented
        return self.options == other.options and bool(
            (self.hashvalues == other.hashvalues).all()
        )

    def __hash__(self) -> int:
        return hash(self.hashvalues.tobytes())

    def __repr__(self) -> str:
        return f"<sidik.MinHash {self.hashvalues[:4].tobytes().hex()}...>"


class SimHash:
    """64 bits of one text, of which near texts share most."""

    __slots__ = ("value", "options")

    value: int
    options: dict[str, object]
    """What it was made with, beside the defaults."""

    def __init__(
        self,
        text: Union[str, bytes],
        *,
        profile: str | None = None,
        slang: bool | None = None,
        unit: str | None = None,
        seed: int | None = None,
        key_file: str | os.PathLike[str] | None = None,
    ) -> None:
        rows = _one(text)
        options = Options(profile=profile, slang=slang, unit=unit, seed=seed, key_file=key_file)
        self.options = options.values
        value = np.empty(1, np.uint64)
        _fill(options, rows, 0, 1, simhashes=value)
        self.value = int(value[0])

    def distance(self, other: SimHash) -> int:
        """Differing bits of 64."""
        if self.options != other.options:
            raise IncompatibleError(
                f"SimHashes made with {self.options} and {other.options} do not compare"
            )
        return (self.value ^ other.value).bit_count()

    def __int__(self) -> int:
        return self.value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SimHash):
            return NotImplemented
        return self.value == other.value and self.options == other.options

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"<sidik.SimHash {self.value:016x}>"
