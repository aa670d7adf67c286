"""datatrove: its four stages on local workers, 16 buckets of 8; clusters by saved numbers."""
import glob
import importlib.metadata
import json
import os
import shutil
import tempfile

from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import (MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter,
                                      MinhashDedupSignature)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.utils.hashing import HashConfig

import common


def main():
    run = common.Run()
    folder = tempfile.mkdtemp(dir=os.path.dirname(os.path.abspath(run.output)))
    config = MinhashConfig(hash_config=HashConfig(precision=32, hash_fc="xxhash"),
                           n_grams=common.WIDTH, num_buckets=common.BANDS, hashes_per_bucket=8)
    place = lambda name: os.path.join(folder, name)  # noqa: E731
    reader = JsonlReader(os.path.dirname(os.path.abspath(run.input)),
                         glob_pattern=os.path.basename(run.input), compression=None)
    stages = [
        ([reader, MinhashDedupSignature(place("signatures"), config)], 1),
        ([MinhashDedupBuckets(place("signatures"), place("buckets"), config=config)],
         common.BANDS),
        ([MinhashDedupCluster(place("buckets"), place("removed"), config=config,
                              save_cluster_id=True, save_cluster_size=True)], 1),
        ([reader, MinhashDedupFilter(place("removed"), load_cluster_ids=True,
                                     load_cluster_sizes=True,
                                     exclusion_writer=JsonlWriter(place("dropped"), compression=None)),
          JsonlWriter(place("kept"), compression=None)], 1),
    ]
    for pipeline, tasks in stages:
        LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=min(run.threads, tasks),
                              logging_dir=None, skip_completed=False).run()
    rows = []
    for path in glob.glob(place("dropped") + "/**/*.jsonl", recursive=True) + glob.glob(
            place("kept") + "/**/*.jsonl", recursive=True):
        with open(path, encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                label = record.get("metadata", {}).get("minhash_cluster_id")
                if label is not None and label >= 0:
                    rows.append(f"{record['id']} {label}\n")
    run.write("clusters", rows)
    run.done("four stages, xxhash 32 bits, 16 buckets of 8, no check of candidates",
             importlib.metadata.version("datatrove"))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
