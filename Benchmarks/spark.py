"""The Spark package beside one local run on the same texts: equal families, and CPU seconds of both.

    Scripts/spark-test.sh --bench [FILE | N]

FILE is Parquet or JSON Lines with an id and a text a row; N texts are generated otherwise (100,000),
about 100 words each, a quarter of them edited copies. Both read the same Parquet file in processes of
their own, and all processes that these start count. Java's start and its warming up are a figure of
its own: a session that runs one small job through Python. SIDIK_SPARK_MASTER is local[2] if not given.
"""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet

LOCAL = """
import sys, resource
import pyarrow as pa, pyarrow.parquet, sidik
table = pa.parquet.read_table(sys.argv[1], columns=["id", "text"])
found = sidik.cluster(table["text"], table["id"], profile="corpus")
names = pa.array([family.id for family in found.families], pa.string())
none = found.family < 0
out = {
    "id": table["id"], "family": names.take(pa.array(found.family, mask=none)),
    "level": pa.array(found.level.tolist(), pa.string(), mask=none),
    "representative": table["id"].take(pa.array(found.representative)),
    "similarity": pa.array(found.similarity, mask=none),
}
pa.parquet.write_table(pa.table(out), sys.argv[2])
"""

SPARK = """
import os, sys
from pyspark.sql import SparkSession
settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.memory": "3g",
    "spark.sql.shuffle.partitions": "16", "spark.log.level": "ERROR", "spark.sql.files.maxPartitionBytes": "64m"}
spark = SparkSession.builder.master(os.environ.get("SIDIK_SPARK_MASTER", "local[2]")).config(map=settings).getOrCreate()
if len(sys.argv) > 2:
    import sidik_spark
    sidik_spark.cluster(spark.read.parquet(sys.argv[1])).write.parquet(sys.argv[2])
else:
    spark.range(1000).mapInArrow(lambda batches: batches, "id bigint").write.format("noop").mode("append").save()
spark.stop()
"""

_SUBREAPER = 36


def generate(count: int, path: Path) -> None:
    """Texts with copies, always the same."""
    generator = random.Random(20261)
    words = [f"{generator.choice('bcdgjklmnprst')}a{number:x}" for number in range(60_000)]
    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    made = 0
    kept: list[list[str]] = []
    with pa.parquet.ParquetWriter(path, schema) as writer:
        while made < count:
            texts = []
            for _ in range(min(20_000, count - made)):
                if kept and generator.random() < 0.25:
                    text = list(kept[int(len(kept) * generator.random() ** 2)])
                    for _ in range(generator.randrange(6)):
                        text[generator.randrange(len(text))] = generator.choice(words)
                else:
                    text = generator.choices(words, k=generator.randrange(40, 160))
                    if len(kept) < 50_000:
                        kept.append(text)
                texts.append(" ".join(text))
            ids = [f"d{made + number}" for number in range(len(texts))]
            writer.write_table(pa.table({"id": ids, "text": texts}, schema=schema))
            made += len(texts)


def measured(program: str, *arguments: str) -> tuple[float, float]:
    """CPU and wall seconds of a process and of all that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([sys.executable, "-c", program, *arguments], stderr=subprocess.PIPE)
    took = time.monotonic() - start
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace")[-3000:])
    try:
        while True:
            os.wait()  # what lost its parent is now a child of this process
    except ChildProcessError:
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, took


def main() -> int:
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    given = sys.argv[1] if len(sys.argv) > 1 else "100000"
    folder = Path("out/spark/bench")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{given}.parquet" if given.isdigit() else Path(given)
    if given.isdigit() and not path.exists():
        generate(int(given), path)
    elif not given.isdigit() and path.suffix != ".parquet":
        options = pa.json.ReadOptions(block_size=1 << 26)
        table = pa.json.read_json(path, read_options=options).select(["id", "text"])
        path = folder / f"{path.name}.parquet"
        pa.parquet.write_table(table, path, row_group_size=20_000)
    answer = folder / "spark"
    shutil.rmtree(answer, ignore_errors=True)
    local = measured(LOCAL, str(path), str(folder / "local.parquet"))
    empty = measured(SPARK, str(path))
    spark = measured(SPARK, str(path), str(answer))
    tables = [pa.parquet.read_table(place).sort_by("id") for place in (folder / "local.parquet", answer)]
    if not tables[0].equals(tables[1].cast(tables[0].schema)):
        print("the families differ", file=sys.stderr)
        return 1
    families = len(tables[0]["family"].unique().drop_null())
    size = sum(len(text.as_buffer() or b"") for text in pa.parquet.read_table(path)["text"] if text.is_valid)
    print(f"{len(tables[0])} texts, {size / 1e6:.0f} MB, {families} families, identical; 1 run")
    print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'ratio':>8}")
    for name, (cpu, wall) in (
        ("sidik.cluster, whole process", local),
        ("Spark, whole, Java's start too", spark),
        ("Spark session with an empty job", empty),
        ("Spark without that", (spark[0] - empty[0], spark[1] - empty[1])),
    ):
        print(f"{name:34}{cpu:8.1f}{wall:8.1f}{cpu / local[0]:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
