"""The Python package beside the program on the same texts: equal families, and CPU seconds of both.

    python Benchmarks/python.py FILE.jsonl [--runs N] [-- OPTIONS of cluster, such as --profile corpus]

FILE has an id and a text a line. The program's figure is its whole process, reading the JSON Lines
among it. Two figures of Python are given: the call of sidik.cluster on an Arrow column that is in
memory, and a whole process that imports sidik, reads the file with pyarrow and clusters it. SIDIK_CLI
names the program, else it is .build/release/sidik.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CALL = """
import resource, sys
import pyarrow.json, sidik
table = pyarrow.json.read_json(sys.argv[1], read_options=pyarrow.json.ReadOptions(block_size=1 << 26))
options = dict(zip(sys.argv[3::2], sys.argv[4::2]))
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
start = cpu()
clusters = sidik.cluster(table["text"], table["id"], **options)
print(cpu() - start)
clusters.write_families(sys.argv[2], force=True)
"""


def measured(command: list[str], output: str | None) -> tuple[float, float, str]:
    """CPU and wall seconds of a process, and what it printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with open(output or os.devnull, "wb") as file:
        done = subprocess.run(
            command, check=True, stdout=file if output else subprocess.PIPE, text=not output
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - start, done.stdout or ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("options", nargs="*", metavar="-- OPTIONS")
    given = parser.parse_args()
    program = os.environ.get("SIDIK_CLI", ".build/release/sidik")
    names = [part.removeprefix("--").replace("-", "_") for part in given.options]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        wanted, found = f"{folder}/program.jsonl", f"{folder}/python.jsonl"
        for _ in range(given.runs):
            by_program = measured(
                [program, "cluster", "--quiet", *given.options, str(given.file)], wanted
            )
            by_python = measured(
                [sys.executable, "-c", CALL, str(given.file), found, *names], None
            )
            if Path(wanted).read_bytes() != Path(found).read_bytes():
                print("the families differ", file=sys.stderr)
                return 1
            rows.append((by_program[0], float(by_python[2]), by_python[0]))
    program_cpu, call_cpu, process_cpu = (statistics.median(column) for column in zip(*rows))
    size = given.file.stat().st_size / 1e6
    print(f"{given.file.name}, {size:.0f} MB, median of {given.runs}, CPU seconds, families identical")
    print(f"  sidik cluster, whole process          {program_cpu:7.2f}   1.00")
    print(f"  sidik.cluster on an Arrow column      {call_cpu:7.2f}   {call_cpu / program_cpu:.2f}")
    print(f"  Python, whole process with reading    {process_cpu:7.2f}   {process_cpu / program_cpu:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
