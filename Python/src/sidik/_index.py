"""Asking an index that `sidik index` made."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from ctypes import c_int32, c_int64
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._cluster import level_names
from ._columns import Texts, column
from ._library import Handle, call
from ._run import Options, Progress, addresses, memory, path_bytes, run

_NO_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Match:
    """A document of an index that shares wording with a text."""

    query: int
    """The row of the text."""
    id: str
    level: str | None
    """None where the texts were not compared."""
    similarity: float
    """Jaccard similarity, or what sketches estimate."""
    containment_of_first: float | None
    """The share of the asked text that stands in the document."""
    containment_of_second: float | None
    coverage: float | None
    same_digest: bool
    source: str | None
    time: int | None
    """Seconds since 1970."""


class Matches:
    """What an index answered: a row a match, those of a text together, the closest first."""

    query: NDArray[np.int64]
    id: list[str]
    level: NDArray[np.object_]
    similarity: NDArray[np.float64]
    containment_of_first: NDArray[np.float64]
    containment_of_second: NDArray[np.float64]
    coverage: NDArray[np.float64]
    same_digest: NDArray[np.bool_]
    source: list[str]
    time: NDArray[np.int64]
    """Seconds since 1970; the smallest number where the document names none."""

    def __init__(self, handle: Handle) -> None:
        count, id_bytes, source_bytes = c_int64(), c_int64(), c_int64()
        call(
            "sidik_matches_counts",
            handle.pointer,
            *(ctypes.byref(number) for number in (count, id_bytes, source_bytes)),
        )
        rows = count.value
        self.query, self.time = np.empty(rows, np.int64), np.empty(rows, np.int64)
        levels, same = np.empty(rows, np.int8), np.empty(rows, np.uint8)
        measures = [np.empty(rows, np.float64) for _ in range(4)]
        (
            self.similarity,
            self.containment_of_first,
            self.containment_of_second,
            self.coverage,
        ) = measures
        places = addresses(self.query, levels, *measures, same, self.time)
        call("sidik_matches_copy", handle.pointer, rows, *places)
        self.level = level_names(levels)
        self.same_digest = same.astype(np.bool_)
        self.id = _strings("sidik_matches_copy_ids", handle, rows, id_bytes.value)
        self.source = _strings("sidik_matches_copy_sources", handle, rows, source_bytes.value)

    def __len__(self) -> int:
        return len(self.query)

    def __getitem__(self, row: int) -> Match:
        time = int(self.time[row])
        return Match(
            query=int(self.query[row]),
            id=self.id[row],
            level=self.level[row] or None,
            similarity=float(self.similarity[row]),
            containment_of_first=_measure(self.containment_of_first[row]),
            containment_of_second=_measure(self.containment_of_second[row]),
            coverage=_measure(self.coverage[row]),
            same_digest=bool(self.same_digest[row]),
            source=self.source[row] or None,
            time=None if time == _NO_TIME else time,
        )

    def __iter__(self) -> Iterator[Match]:
        return (self[row] for row in range(len(self)))

    def __repr__(self) -> str:
        return f"<sidik.Matches: {len(self)}>"

    def to_dict(self) -> dict[str, Any]:
        """A column a field, as data frames take it."""
        return {
            "query": self.query,
            "id": self.id,
            "level": self.level,
            "similarity": self.similarity,
            "containment_of_first": self.containment_of_first,
            "containment_of_second": self.containment_of_second,
            "coverage": self.coverage,
            "same_digest": self.same_digest,
            "source": self.source,
        }


def _measure(value: float) -> float | None:
    return None if value != value else float(value)


def _strings(name: str, handle: Handle, rows: int, length: int) -> list[str]:
    offsets, data = np.empty(rows + 1, np.int64), np.empty(length, np.uint8)
    call(name, handle.pointer, rows, memory(offsets), memory(data))
    text, places = data.tobytes(), offsets.tolist()
    return [
        text[start:end].decode("utf-8", "replace") for start, end in zip(places, places[1:])
    ]


class Index:
    """An index, in the state that holds when it is opened.

    Questions to one object are answered one after the other; open it once a thread for more.
    """

    def __init__(
        self, folder: str | os.PathLike[str], *, key_file: str | os.PathLike[str] | None = None
    ) -> None:
        self._handle = Handle("index")
        options = Options(key_file=key_file)
        call("sidik_index_open", path_bytes(folder), options.pointer, self._handle.place())
        count, keeps_texts = c_int64(), c_int32()
        call(
            "sidik_index_counts",
            self._handle.pointer,
            ctypes.byref(count),
            ctypes.byref(keeps_texts),
        )
        self._count = count.value
        self.verifies = bool(keeps_texts.value)
        """Whether the index keeps texts, so that matches are verified."""

    def __len__(self) -> int:
        """Number of documents."""
        return self._count

    def close(self) -> None:
        """Closes the index."""
        self._handle.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def query(
        self,
        texts: Texts,
        *,
        top: int = 10,
        since: str | None = None,
        until: str | None = None,
        progress: Progress = False,
    ) -> Matches:
        """What shares wording with each text, as `sidik match`."""
        return self._query(texts, 0, top, since, until, progress)

    def candidates(
        self,
        texts: Texts,
        *,
        top: int = 100,
        since: str | None = None,
        until: str | None = None,
        progress: Progress = False,
    ) -> Matches:
        """All that sketches propose for each text, unverified, the most similar first."""
        return self._query(texts, 1, top, since, until, progress)

    def match(self, text: str | bytes, *, top: int = 10) -> list[Match]:
        """What shares wording with one text."""
        if not isinstance(text, (str, bytes)):
            raise TypeError(f"the text is {type(text).__name__}, not str or bytes")
        return list(self.query([text], top=top))

    def _query(
        self,
        texts: Texts,
        find: int,
        top: int,
        since: str | None,
        until: str | None,
        progress: Progress,
    ) -> Matches:
        if not self._handle.pointer:
            raise ValueError("the index is closed")
        if top < 1:
            raise ValueError("top is a number above 0")
        rows = column(texts, "texts")
        options = Options(since=since, until=until)
        handle = Handle("matches")
        run(
            lambda control: call(
                "sidik_index_query",
                self._handle.pointer,
                options.pointer,
                rows.pointer,
                find,
                top,
                control,
                handle.place(),
            ),
            progress,
        )
        return Matches(handle)
