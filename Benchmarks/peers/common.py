"""What the engine programs share: arguments, the clock, reading, tokens, and the answer's format.

Each program is called as  PROGRAM INPUT OUTPUT TASK THRESHOLD THREADS  by the Python of the
engine's own environment. INPUT is JSON Lines with `id` (the document's number) and `text`.
It writes OUTPUT - a line `pairs`, `clusters` or `flags`, then a pair of numbers, a number and a
label, or a number a line - and one line of JSON on standard output: the seconds it worked, from
after its imports to the written answer, with those of its child processes.
"""
import json
import os
import re
import sys
import time

SLOTS, WIDTH = 128, 5
# 16 bands of 8: 61 % of the pairs of J = .7 meet, 95 % of J = .8. Where the number of
# bands must divide 128 there is no shape between this and 32 x 4.
BANDS = 16
# Scripts written without spaces: each character is a word, as for the exact truth.
ALONE = ("\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u4dbf\u4e00-\u9fff"
         "\uf900-\ufaff")
TOKEN = re.compile(f"[{ALONE}]|[^\\W{ALONE}]+")


class Run:
    """The arguments of a run and the clock, which starts when it is made."""

    def __init__(self):
        self.input, self.output, self.task = sys.argv[1:4]
        self.threshold, self.threads = float(sys.argv[4]), int(sys.argv[5])
        self.only_signatures = self.task == "signatures"
        self.started, self.cpu = time.monotonic(), sum(os.times()[:4])

    def write(self, kind, rows):
        with open(self.output, "w", encoding="utf-8") as file:
            file.write(kind + "\n")
            file.writelines(rows)

    def done(self, path, version):
        """Says how long it took and by which of the engine's paths."""
        print(json.dumps({"cpu": sum(os.times()[:4]) - self.cpu,
                          "wall": time.monotonic() - self.started,
                          "path": path, "version": version}), flush=True)


def texts(path):
    with open(path, "rb") as file:
        return [json.loads(line)["text"] for line in file]


def shingles(text):
    """Runs of five words, as a set of strings; of all words where there are fewer."""
    words = TOKEN.findall(text.lower())
    return {" ".join(words[i:i + WIDTH]) for i in range(max(1, len(words) - WIDTH + 1))}


def flat_shingles(path):
    """Hashes of the five-word shingles of all documents in one array, and where each begins.

    Reading, lower case, words and their hashes are done by polars, the shingles by numpy: nothing
    is done in Python for each document.
    """
    import numpy as np
    import polars as pl

    word = f"[{ALONE}]|[\\w--{ALONE}]+"
    words = (pl.scan_ndjson(path, schema={"text": pl.String})
             .select(pl.col("text").str.to_lowercase().str.extract_all(word)).collect()["text"])
    lengths = words.list.len().to_numpy().astype(np.int64)
    hashes = words.explode(empty_as_null=False).hash(seed=1).to_numpy()
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    multiplier = np.uint64(0x9E3779B97F4A7C15)
    # A shingle at every word; those that would run into the next document are left out below.
    padded = np.concatenate([hashes, np.zeros(WIDTH - 1, np.uint64)])
    flat = np.zeros(len(hashes), np.uint64)
    for j in range(WIDTH):
        flat = flat * multiplier + padded[j:j + len(hashes)]
    flat ^= flat >> np.uint64(32)
    flat *= multiplier
    counts = np.maximum(lengths - WIDTH + 1, np.minimum(lengths, 1))
    row_starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=row_starts[1:])
    last = np.repeat(starts[:-1] + counts, counts)
    places = np.arange(len(last)) - np.repeat(row_starts[:-1], counts) + last - np.repeat(counts, counts)
    return flat[places], row_starts.astype(np.uint64)


def root(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x
