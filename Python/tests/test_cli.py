"""The answers are those of the program, to the byte where it writes files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import pytest

import sidik

Run = Callable[..., str]


def columns(records: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {
        "ids": [record["id"] for record in records],
        "sources": [record["source"] for record in records],
        "times": [record["time"] for record in records],
    }


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"profile": "corpus", "threshold": 0.8},
        {"profile": "article", "recall": 0.9, "linkage": 0.4},
        {"profile": "chat", "slang": True, "seed": 7, "boilerplate": "none"},
        {"bands": "16x8", "related": True},
    ],
)
def test_families_and_edges(
    cli: Run,
    texts: list[str],
    records: list[dict[str, Any]],
    jsonl: Path,
    tmp_path: Path,
    options: dict[str, Any],
) -> None:
    clusters = sidik.cluster(texts, **columns(records), **options)
    clusters.write_families(tmp_path / "families.jsonl")
    clusters.write_edges(tmp_path / "edges.jsonl")
    arguments: list[object] = []
    for name, value in options.items():
        arguments += [f"--{name}"] if value is True else [f"--{name}", value]
    families = cli("cluster", "--quiet", "--edges", tmp_path / "wanted.jsonl", *arguments, jsonl)
    assert len(clusters) > 50
    assert (tmp_path / "families.jsonl").read_text() == families
    assert (tmp_path / "edges.jsonl").read_text() == (tmp_path / "wanted.jsonl").read_text()
    for family, line in zip(clusters, families.splitlines()):
        wanted = json.loads(line)
        assert family.id == wanted["family"] and family.level == wanted["level"]
        assert [f"d{row}" for row in family.members] == [m["id"] for m in wanted["members"]]
        for row, member in zip(family.members, wanted["members"]):
            assert clusters.level[row] == member["level"]
            assert clusters.similarity[row] == pytest.approx(member["similarity"], abs=5e-5)


def test_threads_change_nothing(texts: list[str], tmp_path: Path) -> None:
    for threads in (1, 2, 5):
        sidik.cluster(texts, threads=threads).write_edges(tmp_path / f"{threads}.jsonl")
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "5.jsonl").read_bytes()
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_without_ids_rows_are_ids(cli: Run, texts: list[str], tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({"id": str(row), "text": text}) + "\n" for row, text in enumerate(texts))
    )
    sidik.cluster(texts).write_families(tmp_path / "families.jsonl")
    assert (tmp_path / "families.jsonl").read_text() == cli("cluster", "--quiet", path)


@pytest.mark.parametrize("keep", ["first", "earliest", "longest", "source:pos,warta"])
def test_dedup(
    cli: Run, texts: list[str], records: list[dict[str, Any]], jsonl: Path, keep: str
) -> None:
    decided = sidik.dedup(texts, **columns(records), keep=keep)
    kept = cli("dedup", "--quiet", "--keep", keep, jsonl)
    assert [json.loads(line)["id"] for line in kept.splitlines()] == [
        f"d{row}" for row in decided.rows
    ]
    assert 100 < len(decided.rows) < len(texts)
    assert (decided.keeper[decided.kept] == decided.rows).all()
    assert decided.copies.sum() == (~decided.kept).sum()


def test_compare(cli: Run, texts: list[str], tmp_path: Path) -> None:
    clusters = sidik.cluster(texts)
    first, second = clusters[3].members[:2]
    for a, b in [(first, second), (0, 1), (2, 2)]:
        (tmp_path / "a.txt").write_text(texts[a])
        (tmp_path / "b.txt").write_text(texts[b])
        wanted = json.loads(
            cli("compare", "--json", tmp_path / "a.txt", tmp_path / "b.txt", codes=(0, 1))
        )
        found = sidik.compare(texts[a], texts[b])
        assert found.level == wanted["level"]
        assert found.jaccard == pytest.approx(wanted["jaccard"], abs=5e-5)
        assert found.simhash_distance == wanted["simhash_distance"]
        assert found.estimated_jaccard == pytest.approx(wanted["estimated_jaccard"], abs=5e-5)


@pytest.mark.parametrize(
    "options",
    [{}, {"scheme": "affine32", "unit": "word3"}, {"scheme": "legacy"}, {"digest": "sha256"}],
)
def test_sketches(cli: Run, texts: list[str], jsonl: Path, options: dict[str, Any]) -> None:
    sketches = sidik.sketch(texts, **options)
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    lines = cli("sketch", "--quiet", *arguments, jsonl).splitlines()[1:]
    for row, line in enumerate(lines):
        wanted = json.loads(line)
        assert sketches.digests[row].tobytes().hex() == wanted["digest"]
        assert f"{sketches.simhashes[row]:016x}" == wanted["simhash"]
        signature = sketches.signatures[row].tolist()
        assert signature == (wanted["minhash"] or [0xFFFFFFFF] * 128)
    assert len(lines) == len(sketches)


def test_index(cli: Run, texts: list[str], jsonl: Path, tmp_path: Path) -> None:
    for name, flags in [("texts", ["--store-text"]), ("sketches", [])]:
        folder = tmp_path / name
        cli("index", "create", *flags, folder)
        cli("index", "add", folder, jsonl)
        lines = cli("match", "--quiet", "--index", folder, "--top", "4", jsonl).splitlines()
        wanted = [json.loads(line) for line in lines]
        with sidik.Index(folder) as index:
            assert len(index) == len(texts) and index.verifies == (name == "texts")
            found = index.query(texts, top=4)
            assert len(index.candidates(texts)) >= len(found) > 300
            assert index.match(texts[0], top=1)[0].query == 0
        assert [f"d{row}" for row in found.query] == [match["query"] for match in wanted]
        assert found.id == [match["id"] for match in wanted]
        for match, line in zip(found, wanted):
            assert (match.level or "estimated") == line["level"]
            assert match.source == line["source"] and match.time is not None
            assert match.similarity == pytest.approx(line["jaccard"], abs=5e-5)
    with pytest.raises(ValueError, match="closed"):
        index.query(texts)
