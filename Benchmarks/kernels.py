#!/usr/bin/env python3
"""Times and instruction counts of the kernels.

usage: kernels.py time [KERNEL]   a table of times: every kernel, input and level of this machine
       kernels.py page            the same for the page's inputs, into Documentation/Performance.md
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
PAGE = os.path.join(ROOT, "Documentation", "Performance.md")
PAGE_INPUTS = ("ascii", "latin", "cjk", "437")
MARKS = ("<!-- kernels, by kernels.py page -->", "<!-- end of kernels -->")
LEVELS = ("scalar", "avx2")  # valgrind 3.19 knows no AVX-512
SLOWER = 0.03
SLOWER_LEVEL = 1.1


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
    built = subprocess.run(
        [compiler(), "-std=c11", "-O2", "-D_GNU_SOURCE", f"-I{kernels}", f"-I{kernels}/include",
         f"-I{table}", *sources, "-o", program])
    if built.returncode:
        sys.exit("bench: the measuring program does not compile")
    return program


def timings(names):
    """Lines of the measuring program by kernel and input: the levels' figures."""
    done = subprocess.run([build(), "time", *names], check=True, capture_output=True, text=True)
    rows = {}
    for line in done.stdout.splitlines():
        kernel, given, level, unit, items, _, each, rate, ratio = line.split("\t")
        row = rows.setdefault((kernel, given), {"unit": unit, "items": items, "levels": {}})
        row["levels"][level] = (float(each), float(rate), float(ratio))
    if not rows:
        sys.exit(f"bench: no kernel {' '.join(names)}")
    return rows


def table(rows):
    """A line a kernel and input: nanoseconds an item, bytes a cycle, and how much faster than
    scalar, by level."""
    levels = []
    for row in rows.values():
        levels += [level for level in row["levels"] if level not in levels and level != "-"]
    out = ["| kernel | input | items | ns an item: " + " | ".join(levels) + " | bytes a cycle: "
           + " | ".join(levels) + " | best x scalar |",
           "| --- | --- | --- " + "| --: " * (2 * len(levels) + 1) + "|"]
    for (kernel, given), row in rows.items():
        found = row["levels"]
        if "-" in found:  # one form for all levels
            each, rate, _ = found["-"]
            cells = [f"{each:.3g}"] + [""] * (len(levels) - 1) + [f"{rate:.2f}"]
            cells += [""] * (len(levels) - 1) + [""]
        else:
            cells = [f"{found[level][0]:.3g}" if level in found else "" for level in levels]
            cells += [f"{found[level][1]:.2f}" if level in found else "" for level in levels]
            cells += [f"{max(ratio for _, _, ratio in found.values()):.2f}"]
        out.append(f"| `{kernel}` | {given} | {row['items']} {row['unit']} | " + " | ".join(cells) + " |")
    return "\n".join(out) + "\n"


def time_kernels(names):
    rows = timings(names)
    sys.stdout.write(table(rows))
    slower = [f"{kernel}/{given} at {level} ({each / row['levels']['scalar'][0]:.2f} x)"
              for (kernel, given), row in rows.items() for level, (each, _, _) in row["levels"].items()
              if "scalar" in row["levels"] and each > SLOWER_LEVEL * row["levels"]["scalar"][0]]
    print("\nSlower than scalar by more than a tenth: " + (", ".join(slower) or "none"))


def write_page():
    """Puts the table of the page's inputs into Documentation/Performance.md, between its marks."""
    rows = {key: row for key, row in timings([]).items() if key[1] in PAGE_INPUTS}
    with open(PAGE, encoding="utf-8") as file:
        before, rest = file.read().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(f"{before}{MARKS[0]}\n{table(rows)}{MARKS[1]}{after}")


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
    commands = {"time": lambda: time_kernels(sys.argv[2:]), "page": write_page, "check": check,
                "accept": accept}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]]()


if __name__ == "__main__":
    main()
