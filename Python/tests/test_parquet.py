"""Parquet in, Parquet out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sidik


@pytest.fixture
def file(texts: list[str], tmp_path: Path) -> Path:
    path = tmp_path / "texts.parquet"
    table = pa.table({"nr": range(len(texts)), "text": texts, "more": [[1, 2]] * len(texts)})
    pq.write_table(table, path, row_group_size=90)
    return path


def test_cluster(file: Path, texts: list[str], tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    clusters = sidik.cluster_parquet(file, output, id="nr", profile="corpus")
    expected = sidik.cluster(texts, list(range(len(texts))), profile="corpus")
    assert clusters.family.tolist() == expected.family.tolist()
    read = pq.ParquetFile(output)
    table = read.read()
    assert read.num_row_groups == 5
    assert table.column("more").to_pylist() == [[1, 2]] * len(texts)
    assert table.column("sidik_family").to_pylist() == expected.family.tolist()
    assert table.column("sidik_level").null_count == (expected.family < 0).sum()
    assert table.column("sidik_similarity").null_count == (expected.family < 0).sum()
    # Its own output again, under the same names.
    with pytest.raises(ValueError, match="sidik_family"):
        sidik.cluster_parquet(output, tmp_path / "again.parquet")
    assert not (tmp_path / "again.parquet").exists()
    assert not list(tmp_path.glob("*.sidik-*"))


def test_dedup(file: Path, texts: list[str], tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    decided = sidik.dedup_parquet(file, output)
    assert pq.read_table(output).column("nr").to_pylist() == decided.rows.tolist()
    assert decided.rows.tolist() == sidik.dedup(texts).rows.tolist()
    assert sidik.dedup_parquet(output).kept.all()
    sidik.dedup_parquet(file, output, annotate=True, force=True)
    noted = pq.read_table(output)
    assert noted.num_rows == len(texts)
    assert noted.column("sidik_kept").to_pylist() == decided.kept.tolist()


def test_several_files(file: Path, texts: list[str], tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    pq.write_table(pq.read_table(file), other)
    clusters = sidik.cluster_parquet([file, other])
    assert clusters.family[: len(texts)].tolist() == clusters.family[len(texts) :].tolist()


def test_refusals(file: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no column 'body'"):
        sidik.cluster_parquet(file, text="body")
    with pytest.raises(sidik.FileError, match="missing.parquet"):
        sidik.cluster_parquet(tmp_path / "missing.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(sidik.FileError, match="broken.parquet"):
        sidik.cluster_parquet(tmp_path / "broken.parquet")
    with pytest.raises(ValueError, match="one of the inputs"):
        sidik.dedup_parquet(file, file, force=True)
    taken = tmp_path / "taken.parquet"
    taken.write_bytes(b"")
    with pytest.raises(FileExistsError):
        sidik.dedup_parquet(file, taken)


def test_the_program_reads_and_writes_the_same(
    file: Path, texts: list[str], tmp_path: Path, cli: Callable[..., str]
) -> None:
    if shutil.which("duckdb") is None:
        pytest.skip("the program duckdb is not on PATH")
    families = cli("cluster", "--quiet", "--id", "nr", file)
    sidik.cluster_parquet(file, id="nr").write_families(tmp_path / "families.jsonl")
    assert families == (tmp_path / "families.jsonl").read_text()
    cli("dedup", "--quiet", file, "-o", tmp_path / "program.parquet")
    sidik.dedup_parquet(file, tmp_path / "python.parquet")
    written = pq.read_table(tmp_path / "program.parquet")
    assert written.to_pylist() == pq.read_table(tmp_path / "python.parquet").to_pylist()
    assert written.column_names == ["nr", "text", "more"]
    cli("dedup", "--quiet", "--annotate", file, "-o", tmp_path / "noted.parquet")
    noted = pq.read_table(tmp_path / "noted.parquet").to_pylist()
    kept = sidik.dedup(texts).kept.tolist()
    assert [row["sidik"]["kept"] for row in noted] == kept
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not at all")
    assert cli("cluster", tmp_path / "broken.parquet", codes=(2,)) == ""
