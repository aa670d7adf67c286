"""rensa by its flat pre-hashed buffers, its fastest full-set path: flags, but no pairs."""
import importlib.metadata

import polars  # noqa: F401  (its import is not part of the work)
import rensa

import common


def main():
    run = common.Run()
    data, indptr = common.flat_shingles(run.input)
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(data, indptr, common.SLOTS, 42)
    if not run.only_signatures:
        lsh = rensa.RMinHashLSH(run.threshold, common.SLOTS, common.BANDS)
        flags = lsh.insert_matrix_and_query_duplicate_flags(matrix)
        run.write("flags", [f"{i}\n" for i, flag in enumerate(flags) if flag])
    run.done("polars tokens, digest_matrix_from_flat_token_hashes, duplicate flags 16x8",
             importlib.metadata.version("rensa"))


main()
