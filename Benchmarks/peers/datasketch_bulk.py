"""datasketch: MinHash.generator over byte sets with xxh32, an insertion session, LSH queries."""
import datasketch
import xxhash

import common


def main():
    run = common.Run()
    sets = ([shingle.encode() for shingle in common.shingles(text)]
            for text in common.texts(run.input))
    sketches = datasketch.MinHash.bulk(
        sets, num_perm=common.SLOTS, seed=1, hashfunc=xxhash.xxh32_intdigest)
    if not run.only_signatures:
        lsh = datasketch.MinHashLSH(threshold=run.threshold, num_perm=common.SLOTS)
        with lsh.insertion_session() as session:
            for i, sketch in enumerate(sketches):
                session.insert(i, sketch)
        rows = []
        for i, sketch in enumerate(sketches):
            for j in lsh.query(sketch):
                if j > i and sketch.jaccard(sketches[j]) >= run.threshold:
                    rows.append(f"{i} {j}\n")
        run.write("pairs", rows)
    run.done("MinHash.bulk with xxh32, insertion_session, bands by its own optimum",
             datasketch.__version__)


main()
