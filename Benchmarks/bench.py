#!/usr/bin/env python3
"""Sidik and its peers: the same texts, the same machine, recall and precision beside every speed.

usage: bench.py run [--quick] [--runs N] [--record FILE] [--task T] [--set S] [--size N]
                    [--threshold T] [--threads N] [--engine E]
                             what definition.toml says, or the part of it that is chosen (each
                             choice may be repeated), into record/DATE.json; --quick: only 10,000
                             documents, one round, into out/bench
       bench.py table RECORD [--output FILE]   the record as Markdown
       bench.py plot RECORD [--output FILE]    the record as SVG
       bench.py prepare                        makes sets and environments, measures nothing
"""
import argparse
import os
import sys

from harness import engines, plot, run, sets, table


def choices(parser):
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--runs", type=int)
    parser.add_argument("--record")
    parser.add_argument("--task", action="append")
    parser.add_argument("--set", action="append")
    parser.add_argument("--size", action="append", type=int)
    parser.add_argument("--threshold", action="append", type=float)
    parser.add_argument("--threads", action="append", type=int)
    parser.add_argument("--engine", action="append")


def write(text, path):
    if path:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)


def measure(chosen):
    known = {e["name"] for e in run.definition()["engine"]}
    for name in chosen.engine or []:
        if name not in known:
            sys.exit(f"bench: no engine {name}; there are {', '.join(sorted(known))}")
    if not os.path.exists(sets.SIDIK):
        sys.exit(f"bench: {sets.SIDIK} is not there; make build")
    if chosen.quick and not chosen.runs:
        chosen.runs = 1
    chosen.record = os.path.abspath(chosen.record or run.today(chosen.quick))
    path = run.run(chosen)
    sets.say(f"the record is {os.path.relpath(path)}")
    if chosen.quick:
        sys.stdout.write(table.markdown(table.load(path)))


def prepare():
    everything = run.definition()
    for task in everything["task"]:
        try:
            sets.prepare(next(s for s in everything["set"] if s["name"] == task["set"]), task["size"])
        except sets.Missing as reason:
            sets.say(f"{task['set']} with {task['size']} documents is left out: {reason}")
    for engine in everything["engine"]:
        try:
            engines.install(engine)
        except engines.Failed as failure:
            sets.say(f"{engine['name']} {failure}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    choices(commands.add_parser("run", usage=__doc__))
    for name in ("table", "plot"):
        made = commands.add_parser(name, usage=__doc__)
        made.add_argument("record")
        made.add_argument("--output")
    commands.add_parser("prepare", usage=__doc__)
    chosen = parser.parse_args()
    if chosen.command == "run":
        measure(chosen)
    elif chosen.command == "prepare":
        prepare()
    else:
        made_by = {"table": table.markdown, "plot": plot.svg}[chosen.command]
        write(made_by(table.load(chosen.record)), chosen.output)


if __name__ == "__main__":
    main()
