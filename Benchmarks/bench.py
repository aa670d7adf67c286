#!/usr/bin/env python3
"""Speed and memory of `sidik cluster`, with recall against exact Jaccard beside every figure.

usage: bench.py BINARY [INPUT ...]      runs each profile on each input, in turn, RUNS times

Prints a Markdown table: medians of whole processes (the operating system's own accounting), text
bytes by CPU second, and the share of the pairs with J >= .7 (the profile's features, counted
exactly on a sample, never by the engine) that the run found. Shared machines are noisy: ratios
between rows of one run hold, absolute figures move.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = int(os.environ.get("RUNS", "3"))
SAMPLE = os.environ.get("SAMPLE", "500")
PROFILES = ("auto", "corpus")


def measure(command):
    """CPU and wall seconds and peak megabytes of one run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def recall(binary, path, profile):
    """Pairs of the sample with J >= .7, and the share of them that became edges."""
    command = [binary, "eval", "--jaccard", "--quiet", "--json", "--profile", profile,
               "--least", "0.7", "--sample", SAMPLE, path]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["recall"][0]
    return found["pairs"], found["edges"]["value"]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    binary, paths = sys.argv[1], sys.argv[2:]
    print("| input | profile | documents | text MB | CPU s | wall s | MB / CPU s | documents / CPU s "
          "| peak MB | pairs J >= .7 | found |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        stats = os.path.join(folder, "stats.json")
        for path in paths:
            runs = {profile: [] for profile in PROFILES}
            numbers = {}
            for _ in range(RUNS):
                for profile in PROFILES:
                    runs[profile].append(measure(
                        [binary, "cluster", "--quiet", "--force", "--profile", profile,
                         "--stats", stats, path]))
                    with open(stats, encoding="utf-8") as file:
                        numbers[profile] = json.load(file)
            for profile in PROFILES:
                cpu, wall, peak = (statistics.median(run[i] for run in runs[profile])
                                   for i in range(3))
                documents = numbers[profile]["documents"]
                megabytes = numbers[profile]["text_bytes"] / 1e6
                pairs, share = recall(binary, path, profile)
                name = os.path.basename(os.path.dirname(path)) or path
                print(f"| {name} | {profile} | {documents} | {megabytes:.1f} | {cpu:.2f} | {wall:.2f} "
                      f"| {megabytes / cpu:.1f} | {documents / cpu:.0f} | {peak:.0f} | {pairs} "
                      f"| {share:.3f} |", flush=True)


if __name__ == "__main__":
    main()
