"""FastSketchLSH: pre-hashed CSR arrays, candidates by LSH, checked on the sketches."""
import FastSketchLSH as fast
import numpy as np
import polars  # noqa: F401  (its import is not part of the work)

import common


def main():
    run = common.Run()
    data, indptr = common.flat_shingles(run.input)
    sketcher = fast.FastSimilaritySketch(size=common.SLOTS, seed=42)
    sketches = sketcher.batch_csr(data, indptr, prehashed=True, num_threads=run.threads)
    if not run.only_signatures:
        lsh = fast.LSH(num_perm=common.SLOTS, num_bands=common.BANDS, num_threads=run.threads)
        lsh.insert(sketches)
        flat, starts = lsh.query(sketches, format="csr")
        first = np.repeat(np.arange(len(sketches)), np.diff(starts).astype(np.int64))
        second = flat.astype(np.int64)
        keep = first < second
        first, second = first[keep], second[keep]
        rows = []
        for at in range(0, len(first), 100000):
            i, j = first[at:at + 100000], second[at:at + 100000]
            alike = (sketches[i] == sketches[j]).mean(axis=1) >= run.threshold
            rows += [f"{a} {b}\n" for a, b in zip(i[alike].tolist(), j[alike].tolist())]
        run.write("pairs", rows)
    run.done("polars tokens, batch_csr(prehashed), LSH 16x8, query csr", fast.__version__)


main()
