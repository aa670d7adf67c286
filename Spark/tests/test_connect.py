"""The same through Spark Connect, in a process of its own: one process has one kind of session."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sidik_spark
from conftest import SETTINGS, collected, made
from pyspark.sql import SparkSession
import sidik
spark = SparkSession.builder.config(map=SETTINGS).remote("local[2]").getOrCreate()
assert "connect" in type(spark).__module__
texts = made(1500, 11)
ids = [f"d{number}" for number in range(len(texts))]
frame = spark.createDataFrame([*zip(ids, texts)], "id string, text string")
found = collected(sidik_spark.cluster(frame))
wanted = sidik.cluster(texts, ids, profile="corpus")
names = [family.id for family in wanted.families]
assert [found[id][0] for id in ids] == [names[f] if f >= 0 else None for f in wanted.family.tolist()]
assert [found[id][2] for id in ids] == [ids[row] for row in wanted.representative.tolist()]
assert len(names) > 100
print("connect: equal")
# pyspark releases what it has kept when Python ends, too late for gRPC, unless the session is closed.
spark.stop()
"""
_SECONDS = 600


def test_connect() -> None:
    folder = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "connect: equal" in done.stdout
