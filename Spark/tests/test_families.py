"""Families of a cluster of executors are those of one local run."""

from __future__ import annotations

import io
import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Callable

import pyarrow as pa
import pytest
import sidik_spark
import zstandard
from conftest import Rows, collected, made
from pyarrow import parquet
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from sidik_spark import _cluster
from sidik_spark._components import components

Local = Callable[..., Rows]


def test_generated_texts(
    spark: SparkSession, local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str | None] = [*made(8000, 3)]
    # Signs only, byte for byte; blanks; no text.
    texts[10:20] = ["?!", "?!", "", "", " ", " ", None, None, "…", "👍"]
    ids = [f"d{number}" for number in range(len(texts))]
    wanted = local(texts, ids)
    frame = spark.createDataFrame([*zip(ids, texts)], "id string, text string").repartition(7)
    answer = sidik_spark.cluster(frame.localCheckpoint())
    assert answer.columns == ["id", "family", "level", "representative", "similarity"]
    found = collected(answer)
    assert found == wanted
    # Rounds of stars, and a join without broadcast, as where there is more.
    monkeypatch.setattr(_cluster, "components", lambda edges: components(edges, 0))
    monkeypatch.setattr(_cluster, "_MOST_BROADCAST", 0)
    assert collected(sidik_spark.cluster(frame)) == wanted
    # Ids that share a node, most of them.
    monkeypatch.undo()
    monkeypatch.setattr(_cluster, "_node", lambda id: F.xxhash64(id) % 3000)
    assert collected(sidik_spark.cluster(frame)) == wanted
    assert sum(row[0] is not None for row in found.values()) > 3000
    assert wanted["d10"][0] == wanted["d11"][0] is not None


def test_options_and_times(spark: SparkSession, local: Local) -> None:
    texts = made(2000, 4)
    ids = [*range(5000, 7000)]
    generator = random.Random(5)
    times = [f"2026-01-{generator.randrange(1, 29):02}" for _ in ids]
    options: dict[str, Any] = {"threshold": 0.5, "linkage": 0.4, "seed": 9}
    wanted = local(texts, ids, times=times, **options)
    rows = [*zip(texts, ids, times)]
    frame = spark.createDataFrame(rows, "body string, number bigint, seen string")
    answer = sidik_spark.cluster(frame, "body", "number", time="seen", **options)
    assert answer.columns[0] == "number"
    assert collected(answer) == wanted
    assert wanted != local(texts, ids, **options)


def test_hot_bucket(spark: SparkSession, local: Local) -> None:
    """Buckets above those whose pairs are all compared: rounds, leaders and samples."""
    generator = random.Random(6)
    words = [f"kata{number}" for number in range(3000)]
    story = [generator.choice(words) for _ in range(120)]
    texts = made(500, 7)
    for _ in range(1500):
        copy = list(story)
        for _ in range(generator.randrange(6)):
            copy[generator.randrange(len(copy))] = generator.choice(words)
        texts.append(" ".join(copy))
    texts += ["the same sentence stands here again and again and again"] * 1000
    ids = [f"d{number}" for number in range(len(texts))]
    wanted = local(texts, ids)
    frame = spark.createDataFrame([*zip(ids, texts)], "id string, text string")
    assert collected(sidik_spark.cluster(frame)) == wanted


def test_nothing_alike(spark: SparkSession) -> None:
    rows = [("a", "one text of some words that stand here"), ("b", "other words, of another kind")]
    frame = spark.createDataFrame(rows, "id string, text string")
    assert collected(sidik_spark.cluster(frame)) == {
        "a": (None, None, "a", None),
        "b": (None, None, "b", None),
    }
    empty = spark.createDataFrame([], "id string, text string")
    assert collected(sidik_spark.cluster(empty)) == {}


def test_refusals(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("a", "x y z", 1.5)], "id string, text string, score double")
    with pytest.raises(ValueError, match="only 'corpus'"):
        sidik_spark.cluster(frame, profile="article")
    with pytest.raises(KeyError, match="'body'"):
        sidik_spark.cluster(frame, "body")
    with pytest.raises(TypeError, match="double, not string"):
        sidik_spark.cluster(frame, "score")
    with pytest.raises(TypeError, match="not string or integer"):
        sidik_spark.cluster(frame, "text", "score")
    text = "one sentence that is long enough to have features"
    for ids in (["a", "a", "b"], ["a", None, "b"]):
        frame = spark.createDataFrame([(id, text) for id in ids], "id string, text string")
        with pytest.raises(ValueError, match="ids repeat or are null"):
            sidik_spark.cluster(frame)

    def some(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield batch.slice(int.from_bytes(os.urandom(4), "little") % batch.num_rows)

    # Other rows at each reading, none of them alike.
    rows = [(f"d{number}", f"{number:x} " * 9) for number in range(20_000)]
    frame = spark.createDataFrame(rows, "id string, text string").coalesce(1)
    frame = frame.mapInArrow(some, frame.schema)
    with pytest.raises(ValueError, match="other rows when it was read again"):
        sidik_spark.cluster(frame)


def test_civil_codes(spark: SparkSession, local: Local, tmp_path: Path) -> None:
    path = Path(os.environ.get("SHARED", "")) / "corpora/civil-codes/sections.jsonl.zst"
    if not path.is_file():
        pytest.skip("civil-codes is not there: corpora/civil-codes in SHARED")
    with path.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file))
        records = [json.loads(line) for line in lines]
    texts, ids = [r["text"] for r in records], [r["id"] for r in records]
    wanted = local(texts, ids)
    parquet.write_table(pa.table({"id": ids, "text": texts}), tmp_path / "texts.parquet")
    frame = spark.read.parquet(str(tmp_path / "texts.parquet"))
    assert collected(sidik_spark.cluster(frame)) == wanted
    families = {row[0] for row in wanted.values()}
    print(f"civil-codes: {len(texts)} texts, {len(families) - 1} families", file=sys.stderr)
