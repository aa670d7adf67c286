"""rensa by its sketches of token sets: the only path of it that gives pairs."""
import importlib.metadata

import numpy as np
import polars  # noqa: F401  (its import is not part of the work)
import rensa

import common


def main():
    run = common.Run()
    data, indptr = common.flat_shingles(run.input)
    # Sketches are made of strings or bytes only: the eight bytes of each shingle's hash.
    tokens = data.view("S8").tolist()
    starts = indptr.tolist()
    sets = [tokens[starts[i]:starts[i + 1]] for i in range(len(starts) - 1)]
    sketches = rensa.RMinHash.from_token_sets(sets, common.SLOTS, 42)
    lsh = rensa.RMinHashLSH(run.threshold, common.SLOTS, common.BANDS)
    lsh.insert_many(sketches)
    rows = []
    for i, candidates in enumerate(lsh.query_all(sketches)):
        for j in candidates:
            if j > i and sketches[i].jaccard(sketches[j]) >= run.threshold:
                rows.append(f"{i} {j}\n")
    run.write("pairs", rows)
    run.done("polars tokens, from_token_sets, query_all 16x8, jaccard",
             importlib.metadata.version("rensa"))


main()
