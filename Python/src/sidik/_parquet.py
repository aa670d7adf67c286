"""Parquet files in, the same files out with what was found."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

from ._cluster import Clusters, cluster
from ._dedup import Deduplication, dedup
from ._library import FileError

Path = Union[str, "os.PathLike[str]"]

_TEXT_NAMES = ("text", "content", "body")


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ImportError("Parquet needs pyarrow: pip install sidik[parquet]") from error
    return pyarrow


class _Files:
    """Parquet files of one schema, read row group by row group."""

    def __init__(self, paths: Union[Path, Sequence[Path]]) -> None:
        self.arrow = _pyarrow()
        given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        self.paths = [os.fspath(path) for path in given]
        if not self.paths:
            raise ValueError("there are no paths")
        self.files = []
        for path in self.paths:
            try:
                self.files.append(self.arrow.parquet.ParquetFile(path))
            except (OSError, self.arrow.ArrowException) as error:
                raise FileError(f"{path}: {error}") from error
        self.schema = self.files[0].schema_arrow
        for path, file in zip(self.paths, self.files):
            if not file.schema_arrow.equals(self.schema):
                raise ValueError(f"{path} has other columns than {self.paths[0]}")

    def column(self, name: str) -> Any:
        """One column of all files; others are not read."""
        if name not in self.schema.names:
            raise KeyError(f"there is no column {name!r} in {self.paths[0]}: {self.schema.names}")
        chunks = [
            chunk
            for file in self.files
            for group in range(file.num_row_groups)
            for chunk in file.read_row_group(group, columns=[name]).column(0).chunks
        ]
        return self.arrow.chunked_array(chunks, type=self.schema.field(name).type)

    def text_name(self, name: str | None) -> str:
        """The column of the texts."""
        if name is not None:
            return name
        found = [known for known in _TEXT_NAMES if known in self.schema.names]
        if not found:
            raise KeyError(
                f"no column of {self.paths[0]} is named {', '.join(_TEXT_NAMES)}: name it by text="
            )
        return found[0]

    def write(
        self,
        output: Path,
        added: dict[str, NDArray[Any]],
        keep: NDArray[np.bool_] | None,
        force: bool,
    ) -> None:
        """Writes all row groups with added columns, or without the rows that go."""
        target = os.fspath(output)
        self._check_target(target, force)
        schema = self.schema
        columns = {name: self._array(values) for name, values in added.items()}
        for name, values in columns.items():
            if name in schema.names:
                raise ValueError(f"the column {name!r} is there already; choose another prefix")
            schema = schema.append(self.arrow.field(name, values.type))
        temporary = f"{target}.sidik-{os.getpid()}"
        try:
            with self.arrow.parquet.ParquetWriter(temporary, schema) as writer:
                start = 0
                for file in self.files:
                    for group in range(file.num_row_groups):
                        table = file.read_row_group(group)
                        end = start + table.num_rows
                        for name, values in columns.items():
                            table = table.append_column(
                                schema.field(name), values.slice(start, table.num_rows)
                            )
                        if keep is not None:
                            table = table.filter(self.arrow.array(keep[start:end]))
                        writer.write_table(table)
                        start = end
            os.replace(temporary, target)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)

    def _check_target(self, target: str, force: bool) -> None:
        if any(os.path.exists(target) and os.path.samefile(target, path) for path in self.paths):
            raise ValueError(f"{target} is one of the inputs, which are never changed")
        if os.path.exists(target) and not force:
            raise FileExistsError(f"{target} exists already; force=True replaces it")

    def _array(self, values: NDArray[Any]) -> Any:
        if values.dtype == object:
            return self.arrow.array([value or None for value in values.tolist()], type="string")
        # A missing measure is a null, not a number.
        return self.arrow.array(values, from_pandas=values.dtype.kind == "f")


def _beside(
    files: _Files, names: dict[str, str | None], read: Callable[[str], Any]
) -> dict[str, Any]:
    return {
        field: None if name is None else read(name)
        for field, name in names.items()
    }


def cluster_parquet(
    paths: Union[Path, Sequence[Path]],
    output: Path | None = None,
    *,
    text: str | None = None,
    id: str | None = None,
    source: str | None = None,
    author: str | None = None,
    time: str | None = None,
    prefix: str = "sidik_",
    force: bool = False,
    **options: Any,
) -> Clusters:
    """Clusters the rows of Parquet files of one schema.

    Only the named columns are read to cluster; the text column stays in memory. With an output,
    all row groups are then read one after the other and written with the columns family, level,
    representative and similarity, under the prefix. Options are those of `cluster`.
    """
    files = _Files(paths)
    if output is not None:
        files._check_target(os.fspath(output), force)
    fields = _beside(
        files,
        {"ids": id, "sources": source, "authors": author, "times": time},
        files.column,
    )
    clusters = cluster(files.column(files.text_name(text)), **fields, **options)
    if output is not None:
        found = clusters.to_dict()
        names = ("family", "level", "representative", "similarity")
        files.write(output, {prefix + name: found[name] for name in names}, None, force)
    return clusters


def dedup_parquet(
    paths: Union[Path, Sequence[Path]],
    output: Path | None = None,
    *,
    text: str | None = None,
    id: str | None = None,
    source: str | None = None,
    score: str | None = None,
    time: str | None = None,
    annotate: bool = False,
    prefix: str = "sidik_",
    force: bool = False,
    **options: Any,
) -> Deduplication:
    """Deduplicates the rows of Parquet files of one schema.

    With an output, the rows that stay are written in order; with annotate all of them, with the
    columns kept, keeper, level and similarity under the prefix. Options are those of `dedup`.
    """
    files = _Files(paths)
    if output is not None:
        files._check_target(os.fspath(output), force)
    fields = _beside(
        files, {"ids": id, "sources": source, "scores": score, "times": time}, files.column
    )
    decided = dedup(files.column(files.text_name(text)), **fields, **options)
    if output is not None:
        found = decided.to_dict()
        names = ("kept", "keeper", "level", "similarity") if annotate else ()
        added = {prefix + name: found[name] for name in names}
        files.write(output, added, None if annotate else decided.kept, force)
    return decided
