"""Objects, options, progress, interruption, threads, forks, files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import numpy as np
import pytest

import sidik


def test_options_are_checked() -> None:
    with pytest.raises(sidik.OptionError, match="threshold takes a number above 0"):
        sidik.cluster(["a"], threshold=2)
    with pytest.raises(ValueError, match="there is no 'books'"):
        sidik.cluster(["a"], profile="books")
    with pytest.raises(ValueError, match="bands and recall both"):
        sidik.cluster(["a"], bands="20x5", recall=0.9)
    with pytest.raises(sidik.OptionError, match="keep takes"):
        sidik.dedup(["a"], keep="newest")
    with pytest.raises(sidik.FileError, match="/no/such"):
        sidik.cluster(["a"], key_file="/no/such")
    with pytest.raises(TypeError, match="an option is list"):
        sidik.cluster(["a"], profile=["auto"])  # type: ignore[arg-type]
    with pytest.raises(sidik.OptionError, match="unit takes"):
        sidik.sketch(["a"], unit="line3")


def test_minhash(texts: list[str]) -> None:
    row = int(np.flatnonzero(sidik.cluster(texts).family == 0)[0])
    a = sidik.MinHash(texts[row])
    assert a == sidik.MinHash(texts[row].upper()) and hash(a) == hash(sidik.MinHash(texts[row]))
    assert a.jaccard(a) == 1 and a != sidik.MinHash("lain sama sekali dari itu semua")
    assert a.hashvalues.shape == (128,) and a.hashvalues.dtype == np.uint32
    assert sidik.MinHash("").is_empty and sidik.MinHash("").jaccard(a) == 0
    with pytest.raises(sidik.IncompatibleError, match="do not compare"):
        a.jaccard(sidik.MinHash(texts[row], seed=2))
    with pytest.raises(TypeError, match="is int"):
        sidik.MinHash(5)  # type: ignore[arg-type]
    assert (sidik.sketch(texts).signatures[row] == a.hashvalues).all()


def test_band_keys_are_those_of_sketches(texts: list[str]) -> None:
    rows = [*texts, None]
    sketches = sidik.sketch(rows, profile="corpus", seed=3)
    found = sidik.band_keys(rows, profile="corpus", seed=3)
    assert sketches.band_keys is not None and len(found) == len(rows)
    assert (found.keys == sketches.band_keys).all()
    assert (found.characters == sketches.characters).all()


def test_simhash(texts: list[str]) -> None:
    a, b = sidik.SimHash(texts[3]), sidik.SimHash(texts[3][: len(texts[3]) * 3 // 4])
    assert a.distance(a) == 0 < a.distance(b) < 32
    assert int(a) == int(sidik.sketch(texts).simhashes[3])
    assert a == sidik.SimHash(texts[3]) and a != b
    with pytest.raises(sidik.IncompatibleError):
        a.distance(sidik.SimHash(texts[3], unit="word3"))


def test_pairs(texts: list[str]) -> None:
    edges = sidik.cluster(texts, boilerplate="none").edges
    chosen = np.flatnonzero(edges.origin != "equal")[:50]
    first, second = edges.first[chosen], edges.second[chosen]
    pairs = sidik.compare_pairs(texts, first, second)
    assert pairs.jaccard == pytest.approx(edges.jaccard[chosen], abs=1e-12)
    assert (pairs.level != "").all()
    quick = sidik.compare_pairs(texts, first, second, edges_only=True)
    assert (quick.level == pairs.level).all() and len(quick) == len(first)
    alone = sidik.compare(texts[int(first[0])], texts[int(second[0])])
    assert alone.jaccard == pairs.jaccard[0] and bool(alone)
    with pytest.raises(sidik.DataError, match="row 400 of 400"):
        sidik.compare_pairs(texts, [0], [400])
    with pytest.raises(ValueError, match="shapes"):
        sidik.compare_pairs(texts, [0, 1], [1])


def test_progress(texts: list[str]) -> None:
    seen: list[tuple[str, int, int | None]] = []
    sidik.cluster(texts * 30, progress=lambda *state: seen.append(state))
    assert all(stage in ("sketch", "candidates", "verify", "cluster") for stage, _, _ in seen)
    sidik.cluster(texts, progress=True)


def test_a_failing_progress_function_ends_the_run(texts: list[str]) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("enough")

    # A run that is over before the first look has nothing to end.
    many = [f"{text} {number}" for number in range(60) for text in texts]
    with pytest.raises(RuntimeError, match="enough"):
        sidik.cluster(many, progress=fail)


def test_ctrl_c_ends_a_run() -> None:
    program = textwrap.dedent("""
        import random, sys, sidik
        r = random.Random(1)
        words = [f"kata{n}" for n in range(300)]
        texts = [" ".join(r.choices(words, k=120)) for _ in range(60000)]
        print("ready", flush=True)
        try:
            sidik.cluster(texts)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            sys.exit(3)
    """)
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "ready\n"
    threading.Event().wait(0.5)
    child.send_signal(signal.SIGINT)
    output, _ = child.communicate(timeout=60)
    assert child.returncode == 3 and output == "interrupted\n"


def test_many_threads(texts: list[str]) -> None:
    expected = sidik.cluster(texts).family.tolist()
    found: list[list[int]] = []

    def work() -> None:
        found.append(sidik.cluster(texts, threads=2).family.tolist())

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6


def test_sketching_in_a_forked_child(texts: list[str]) -> None:
    sidik.cluster(texts[:20])
    wanted = sidik.sketch(texts[:20]).simhashes.tolist()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            same = sidik.sketch(texts[:20]).simhashes.tolist() == wanted
            level = sidik.compare(texts[0], texts[0]).level
            try:
                sidik.cluster(texts[:20])
            except sidik.ForkError:
                code = 0 if same and level == "exact" else 2
        finally:
            os._exit(code)
    os.close(writing)
    os.close(reading)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_files(texts: list[str], tmp_path: Path) -> None:
    clusters = sidik.cluster(texts)
    path = tmp_path / "families.jsonl"
    clusters.write_families(path)
    with pytest.raises(sidik.OptionError, match="exists already"):
        clusters.write_families(path)
    clusters.write_families(path, force=True)
    clusters.write_statistics(tmp_path / "stats.json")
    with pytest.raises(sidik.FileError, match="/no/such/folder"):
        clusters.write_edges("/no/such/folder/edges")
    with pytest.raises(sidik.FileError, match="/no/such/index"):
        sidik.Index("/no/such/index")


def test_a_full_temporary_folder_is_an_error(texts: list[str]) -> None:
    with pytest.raises(sidik.FileError, match="/no/such/temp"):
        sidik.cluster(texts, temp_dir="/no/such/temp")


def test_result(texts: list[str]) -> None:
    clusters = sidik.cluster(texts)
    assert repr(clusters).startswith("<sidik.Clusters: 400 documents")
    assert clusters.parameters.startswith("sidik-profile:auto")
    assert set(clusters.to_dict()) >= {"family", "level", "representative"}
    sizes = [len(family.members) for family in clusters]
    assert sizes == sorted(sizes, reverse=True)
    for number, family in enumerate(clusters):
        assert (clusters.family[family.members] == number).all()
        assert (clusters.representative[family.members] == family.representative).all()
        assert family.members[0] == family.representative
    assert sidik.__version__.count(".") == 2
