"""The Spark package beside one local run on the same texts: equal families, and CPU seconds of both.

    Scripts/spark-test.sh --bench [FILE | N]

FILE is Parquet or JSON Lines with an id and a text a row; N texts are generated otherwise (100,000),
about 100 words each, a quarter of them edited copies. Both read the same Parquet file in processes of
their own, and all processes that these start count. Spark runs twice: with Java as it comes, and with
the Java options of Documentation/Guides/Spark.md, for which a run of few texts first writes the
archive of classes; that is printed by itself. So is a session that runs one small job through Python.
SIDIK_SPARK_MASTER is local[2] if not given; of other masters only the driver has the Java options.
"""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
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
if sys.argv[1]:
    settings["spark.driver.extraJavaOptions"] = sys.argv[1]
spark = SparkSession.builder.master(os.environ.get("SIDIK_SPARK_MASTER") or "local[2]").config(map=settings).getOrCreate()
if len(sys.argv) > 2:
    import sidik_spark
    sidik_spark.cluster(spark.read.parquet(sys.argv[2])).write.parquet(sys.argv[3])
else:
    spark.range(1000).mapInArrow(lambda batches: batches, "id bigint").write.format("noop").mode("append").save()
spark.stop()
"""

JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms2g -Xmn1g"
"""What the guide gives, with an archive of classes besides."""
_FEW = 2000
"""Texts of the run that writes the archive."""
_SUBREAPER = 36
_INTERVAL = 0.1
"""Seconds between looks at processes that nobody waits for."""


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


class Workers(threading.Thread):
    """CPU seconds of processes whose parent ignores that they end, as pyspark's daemon does.

    Nobody is told what these used, so it is looked up while they run, a few times a second.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[tuple[str, str], float] = {}
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(_INTERVAL):
            self.look()

    def look(self) -> None:
        ignores: dict[str, bool] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
                parent, used, started = fields[1], int(fields[11]) + int(fields[12]), fields[19]
                if parent not in ignores:
                    ignores[parent] = _ignores_children(parent)
            except OSError:
                continue  # it has just ended
            if ignores[parent]:
                self.seconds[path.parent.name, started] = used / os.sysconf("SC_CLK_TCK")


def _ignores_children(process: str) -> bool:
    """Whether a process that this one has started ignores SIGCHLD."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return False
    ignored = int(status.read_text().partition("SigIgn:")[2].split()[0], 16)
    if not ignored >> (signal.SIGCHLD - 1) & 1:
        return False
    while process not in ("0", "1"):
        if process == str(os.getpid()):
            return True
        process = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1]
    return False


def measured(program: str, *arguments: str) -> tuple[float, float]:
    """CPU and wall seconds of a process and of all that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    workers = Workers()
    workers.start()
    done = subprocess.run([sys.executable, "-c", program, *arguments], stderr=subprocess.PIPE)
    took = time.monotonic() - start
    workers.is_over.set()
    workers.join()
    if done.returncode:
        sys.exit(done.stderr.decode(errors="replace")[-3000:])
    try:
        while True:
            os.wait()  # what lost its parent is now a child of this process
    except ChildProcessError:
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    waited = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return waited + sum(workers.seconds.values()), took


def texts_of(given: str, folder: Path) -> Path:
    """The Parquet file to read, made where it is not there."""
    path = folder / f"{given}.parquet" if given.isdigit() else Path(given)
    if given.isdigit() and not path.exists():
        generate(int(given), path)
    elif not given.isdigit() and path.suffix != ".parquet":
        options = pa.json.ReadOptions(block_size=1 << 26)
        table = pa.json.read_json(path, read_options=options).select(["id", "text"])
        path = folder / f"{path.name}.parquet"
        pa.parquet.write_table(table, path, row_group_size=20_000)
    return path


def spark_run(java: str, path: Path, answer: Path) -> tuple[float, float]:
    """CPU and wall seconds of one run; its answer replaces the one before."""
    shutil.rmtree(answer, ignore_errors=True)
    return measured(SPARK, java, str(path), str(answer))


def archived(folder: Path) -> tuple[str, tuple[float, float]]:
    """The Java options with an archive of classes, and what it cost to write it."""
    archive = (folder / "spark.jsa").resolve()
    archive.unlink(missing_ok=True)
    few = texts_of(str(_FEW), folder)
    writing = f"{JAVA} -XX:ArchiveClassesAtExit={archive} -Xlog:cds=off -Xlog:cds+dynamic=off"
    return f"{JAVA} -XX:SharedArchiveFile={archive}", spark_run(writing, few, folder / "spark")


def main() -> int:
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    given = sys.argv[1] if len(sys.argv) > 1 else "100000"
    folder = Path("out/spark/bench")
    folder.mkdir(parents=True, exist_ok=True)
    path, answer = texts_of(given, folder), folder / "spark"
    java, archive = archived(folder)
    local = measured(LOCAL, str(path), str(folder / "local.parquet"))
    table = pa.parquet.read_table(folder / "local.parquet").sort_by("id")
    costs = [("sidik.cluster, whole process", local)]
    for name, options in (("Spark, Java as it comes", ""), ("Spark, Java options of the guide", java)):
        costs.append((name, spark_run(options, path, answer)))
        found = pa.parquet.read_table(answer).sort_by("id")
        if not table.equals(found.cast(table.schema)):
            print("the families differ", file=sys.stderr)
            return 1
        costs.append(("  a session with an empty job", measured(SPARK, options)))
    costs.append(("writing the archive, once", archive))
    families = len(table["family"].unique().drop_null())
    size = sum(len(text.as_buffer() or b"") for text in pa.parquet.read_table(path)["text"] if text.is_valid)
    print(f"{len(table)} texts, {size / 1e6:.0f} MB, {families} families, identical; 1 run")
    print(f"{'':34}{'CPU s':>8}{'wall s':>8}{'ratio':>8}")
    for name, (cpu, wall) in costs:
        print(f"{name:34}{cpu:8.1f}{wall:8.1f}{cpu / local[0]:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
