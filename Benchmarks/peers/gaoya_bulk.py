"""gaoya: everything native, par_bulk_insert_docs and par_bulk_query."""
import importlib.metadata

import gaoya

import common


def main():
    run = common.Run()
    texts = common.texts(run.input)
    index = gaoya.minhash.MinHashStringIndex(
        hash_size=32, jaccard_threshold=run.threshold, num_bands=common.BANDS, band_size=8,
        num_hashes=common.SLOTS, analyzer="word", lowercase=True, ngram_range=(5, 5),
        id_container="vec")
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    rows = []
    for i, similar in enumerate(index.par_bulk_query(texts)):
        rows += [f"{i} {j}\n" for j in similar if j > i]
    run.write("pairs", rows)
    run.done("word analyzer, par_bulk_insert_docs, par_bulk_query 16x8",
             importlib.metadata.version("gaoya"))


main()
