"""daft: reading, normalising, minhash and band grouping as one native query; components after it."""
import os

os.environ["DAFT_PROGRESS_BAR"] = "0"

import daft  # noqa: E402
from daft import col  # noqa: E402
from daft.functions import chunk, minhash, normalize  # noqa: E402

import common  # noqa: E402


def main():
    run = common.Run()
    frame = daft.read_json(run.input).select(col("id").cast(daft.DataType.int64()), col("text"))
    text = normalize(col("text"), remove_punct=True, lowercase=True, white_space=True)
    frame = frame.select("id", minhash(text, num_hashes=common.SLOTS, ngram_size=common.WIDTH,
                                       seed=1, hash_function="xxhash3_64").alias("hashes"))
    if run.only_signatures:
        frame.collect()
    else:
        frame = frame.with_column("band", chunk(col("hashes"), common.SLOTS // common.BANDS))
        frame = frame.select("id", "band").explode("band", index_column="number")
        groups = frame.groupby("number", "band").agg(col("id").list_agg().alias("ids"))
        groups = groups.where(col("ids").list_count() > 1).select("ids").to_pydict()["ids"]
        parent = {}
        for ids in groups:
            for i in ids:
                parent.setdefault(i, i)
            first = common.root(parent, ids[0])
            for i in ids[1:]:
                parent[common.root(parent, i)] = first
        run.write("clusters", (f"{i} {common.root(parent, i)}\n" for i in parent))
    run.done("read_json, normalize, minhash, groups of equal bands 16x8, no check of candidates",
             daft.__version__)


main()
