"""text-dedup: the main function of its command line, with xxh3 and 32-bit hashes."""
import contextlib
import importlib.metadata
import os
import shutil
import sys
import tempfile

os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"

import text_dedup.minhash as minhash  # noqa: E402

import common  # noqa: E402


def main():
    run = common.Run()
    folder = tempfile.mkdtemp(dir=os.path.dirname(os.path.abspath(run.output)))
    arguments = [
        "--path", "json", "--data_files", run.input, "--split", "train", "--column", "text",
        "--cache_dir", os.path.join(folder, "cache"), "--output", os.path.join(folder, "out"),
        "--ngram", str(common.WIDTH), "--min_length", "1", "--num_perm", str(common.SLOTS),
        "--threshold", str(run.threshold), "--hash_func", "xxh3", "--hash_bits", "32",
        "--num_proc", str(run.threads), "--no-clean_cache"]
    with contextlib.redirect_stdout(sys.stderr):
        minhash.main.main(arguments, standalone_mode=False)
    count = len(common.texts(run.input))
    run.write("clusters", (f"{i} {minhash.uf.find(i)}\n" for i in range(count)))
    run.done("the CLI, xxh3, 32 bits, bands by its own optimum, no check of candidates",
             importlib.metadata.version("text-dedup"))
    shutil.rmtree(folder)


main()
