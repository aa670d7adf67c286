#!/usr/bin/env python3
"""Times and instruction counts of the kernels.

usage: kernels.py time [KERNEL]   a table of times: every kernel, input and level of this machine
       kernels.py check           counts instructions under callgrind (levels scalar and avx2) and
                                  compares with Kernels/baseline.tsv; exit 1 where a kernel takes
                                  more than 3 % more
       kernels.py accept          writes the counts of now as the new baseline
"""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
OUT = os.path.join(ROOT, "out", "kernels")
BASELINE = os.path.join(HERE, "Kernels", "baseline.tsv")
LEVELS = ("scalar", "avx2")  # valgrind 3.19 knows no AVX-512
SLOWER = 0.03


def compiler():
    """The compiler of the product's C: the Swift toolchain's own."""
    if "CLANG" in os.environ:
        return os.environ["CLANG"]
    which = subprocess.run(["sh", "-c", "command -v swift"], capture_output=True, text=True)
    beside = os.path.join(os.path.dirname(os.path.realpath(which.stdout.strip())), "clang")
    return beside if os.path.exists(beside) else "clang"


def install(command, package):
    if subprocess.run(["sh", "-c", f"command -v {command}"], capture_output=True).returncode:
        subprocess.run([os.path.join(ROOT, "Scripts", "install-packages.sh"), package], check=True)


def build():
    """Compiles the measuring program as a release build compiles the kernels; gives its path."""
    install("valgrind", "valgrind")
    os.makedirs(OUT, exist_ok=True)
    program = os.path.join(OUT, "measure")
    kernels = os.path.join(ROOT, "Sources", "CSidikKernels")
    table = os.path.join(ROOT, "Tests", "Kernels")
    sources = [os.path.join(HERE, "Kernels", "measure.c")]
    sources += [os.path.join(table, f) for f in sorted(os.listdir(table))
                if f.endswith(".c") and f != "compare_levels.c"]
    sources += [os.path.join(kernels, f) for f in sorted(os.listdir(kernels)) if f.endswith(".c")]
    subprocess.run(
        [compiler(), "-std=c11", "-O2", "-D_GNU_SOURCE", f"-I{kernels}", f"-I{kernels}/include",
         f"-I{table}", *sources, "-o", program], check=True)
    return program


def time_kernels(names):
    lines = subprocess.run([build(), "time", *names], check=True, capture_output=True, text=True)
    print("| kernel | input | level | ns an item | item | items | bytes a cycle | x scalar |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for line in lines.stdout.splitlines():
        kernel, given, level, unit, items, _, each, rate, ratio = line.split("\t")
        faster = "" if level in ("scalar", "-") else ratio
        print(f"| `{kernel}` | {given} | {level} | {float(each):.3g} | {unit} | {items} "
              f"| {float(rate):.2f} | {faster} |")


def count():
    """Instructions of one call by `kernel/input/level`, and the units they are of."""
    program = build()
    counts, units = {}, {}
    for level in LEVELS:
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run(
                ["valgrind", "--tool=callgrind", "--collect-atstart=no",
                 f"--callgrind-out-file={folder}/counts", program, "count", level],
                capture_output=True, text=True)
            if run.returncode == 2:
                print(f"bench: this machine has no level {level}", file=sys.stderr)
                continue
            if run.returncode:
                sys.exit(f"bench: {run.stderr}")
            for line in run.stdout.splitlines():
                name, items, unit = line.split("\t")
                units[name] = (int(items), unit)
            for file in os.listdir(folder):
                with open(os.path.join(folder, file), encoding="utf-8") as dump:
                    text = dump.read()
                name = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.M)
                total = re.search(r"^(?:totals|summary): (\d+)", text, re.M)
                if name and total:
                    counts[name.group(1)] = int(total.group(1))
    missing = [name for name in units if name not in counts]
    if missing or not counts:
        sys.exit(f"bench: no counts for {missing or 'anything'}")
    return counts, units


def version():
    first = subprocess.run([compiler(), "--version"], capture_output=True, text=True).stdout
    return first.splitlines()[0].split(" (")[0]


def read_baseline():
    with open(BASELINE, encoding="utf-8") as file:
        lines = file.read().splitlines()
    made_by = lines[0].removeprefix("# ")
    return made_by, {name: int(value) for name, value, *_ in
                     (line.split("\t") for line in lines[1:])}


def accept():
    counts, units = count()
    with open(BASELINE, "w", encoding="utf-8") as file:
        file.write(f"# {version()}\n")
        for name in sorted(counts):
            items, unit = units[name]
            file.write(f"{name}\t{counts[name]}\t{items} {unit}\n")
    print(f"{len(counts)} counts are the baseline now: {os.path.relpath(BASELINE)}")


def check():
    made_by, before = read_baseline()
    counts, _ = count()
    if made_by != version():
        print(f"bench: the baseline is of {made_by}, this is {version()}", file=sys.stderr)
    slower = 0
    for name in sorted(set(before) | set(counts)):
        if name not in before:
            print(f"new      {name}: {counts[name]} instructions")
        elif name not in counts:
            print(f"missing  {name}")
            slower += name.rsplit("/", 1)[1] in LEVELS
        else:
            change = counts[name] / before[name] - 1
            if abs(change) > SLOWER:
                word = "SLOWER " if change > 0 else "faster "
                print(f"{word}  {name}: {before[name]} -> {counts[name]} instructions "
                      f"({change:+.1%})")
            slower += change > SLOWER
    print(f"{len(counts)} counts compared, {slower} slower by more than {SLOWER:.0%}")
    if slower:
        print("Where that is meant (fewer cycles, another rule): make bench-accept, and say why in "
              "the commit.")
        sys.exit(1)


def main():
    commands = {"time": lambda: time_kernels(sys.argv[2:]), "check": check, "accept": accept}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]]()


if __name__ == "__main__":
    main()
