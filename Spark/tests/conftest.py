"""What tests share: Spark with executors of their own, texts, and the answer of one local run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Callable

import pytest
import sidik
from pyspark.sql import DataFrame, SparkSession

Rows = dict[Any, tuple[Any, ...]]

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "6",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",
    "spark.log.level": "ERROR",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Two executors, each a process with one core and 1 GB."""
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("sidik-spark")
    session = builder.config(map=SETTINGS).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def made(count: int, seed: int, length: tuple[int, int] = (30, 90)) -> list[str]:
    """Texts, of which about half are edited copies of others, chains of edits among them."""
    generator = random.Random(seed)
    words = [f"kata{number}" for number in range(3000)]
    texts: list[str] = []
    while len(texts) < count:
        text = [generator.choice(words) for _ in range(generator.randrange(*length))]
        texts.append(" ".join(text))
        for _ in range(generator.choice((0, 0, 1, 1, 2, 6))):
            if generator.random() < 0.5:
                text = list(text)
            for _ in range(generator.randrange(4)):
                text[generator.randrange(len(text))] = generator.choice(words)
            texts.append(" ".join(text).upper() if generator.random() < 0.2 else " ".join(text))
    generator.shuffle(texts)
    return texts[:count]


@pytest.fixture(scope="session")
def local() -> Callable[..., Rows]:
    """Families of one local run, as rows of the answer by id."""

    def run(texts: list[str | None], ids: list[Any], **options: Any) -> Rows:
        found = sidik.cluster(texts, ids, profile="corpus", **options)
        names = [family.id for family in found.families]
        rows: Rows = {}
        for row, (id, family) in enumerate(zip(ids, found.family.tolist())):
            has = family >= 0
            rows[id] = (
                names[family] if has else None,
                found.level[row] if has else None,
                ids[found.representative[row]],
                found.similarity[row] if has else None,
            )
        return rows

    return run


def collected(answer: DataFrame) -> Rows:
    """Rows of an answer by id, each once."""
    rows = answer.collect()
    by_id = {row[0]: tuple(row[1:]) for row in rows}
    assert len(by_id) == len(rows)
    return by_id
