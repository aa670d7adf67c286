#!/usr/bin/env python3
"""What can be checked of the benchmarks without running them. Run by `swift test`."""
import glob
import itertools
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.dom.minidom

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from harness import exact, plot, run, table  # noqa: E402


def newest_record():
    records = sorted(glob.glob(os.path.join(HERE, "record", "*.json")))
    return records[-1] if records else None


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


class DefinitionTests(unittest.TestCase):
    def setUp(self):
        self.everything = run.definition()

    def test_tasks_name_sets_and_sizes_that_there_are(self):
        sizes = {s["name"]: s["sizes"] for s in self.everything["set"]}
        for task in self.everything["task"]:
            self.assertIn(task["size"], sizes[task["set"]])
            self.assertIn(task["name"], ("clusters", "signatures"))
            self.assertTrue(all(0 < t <= 1 for t in task["thresholds"]))

    def test_every_program_is_an_engines_and_every_package_is_pinned(self):
        programs = {e["program"] for e in self.everything["engine"]} - {"sidik"}
        there = {name for name in os.listdir(os.path.join(HERE, "peers")) if name.endswith(".py")}
        self.assertEqual(programs, there - {"common.py"})
        for engine in self.everything["engine"]:
            self.assertIn(engine["gives"], ("pairs", "clusters", "flags"))
            for package in engine.get("packages", []):
                self.assertRegex(package, r"^[A-Za-z0-9_.,\[\]-]+==[0-9.]+$")

    def test_the_seven_peers_are_there(self):
        names = {e["name"].split()[0] for e in self.everything["engine"]}
        self.assertEqual(names, {"sidik", "fastsketch", "rensa", "gaoya", "daft", "datasketch",
                                 "text-dedup", "datatrove"})

    def test_a_million_documents_are_asked_for(self):
        self.assertEqual({t["size"] for t in self.everything["task"]}, {10000, 100000, 1000000})


class ResultsTests(unittest.TestCase):
    def test_table_and_plot_are_those_of_the_newest_record(self):
        record = table.load(newest_record())
        self.assertEqual(table.markdown(record), read("Results.md"))
        self.assertEqual(plot.svg(record), read("results.svg"))

    def test_the_plot_is_well_formed(self):
        xml.dom.minidom.parseString(read("results.svg"))

    def test_every_row_has_runs_or_a_reason(self):
        for row in table.load(newest_record())["rows"]:
            self.assertTrue(row["runs"] or row.get("left_out"), row["engine"])
            if row["runs"] and row["task"] == "clusters":
                self.assertTrue(row["quality"], row["engine"])


class TruthTests(unittest.TestCase):
    TEXTS = ["a b c d e f g h", "a b c d e f g i", "A, B. C d e f g h!", "a b", "b a", "a  B",
             "", "x1 b c d e f g h j k", "漢字かな漢字かなe"]

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "set.jsonl")
        import json
        with open(self.path, "w", encoding="utf-8") as file:
            for i, text in enumerate(self.TEXTS):
                file.write(json.dumps({"id": str(i), "text": text}) + "\n")

    def naive(self, i, j):
        def features(text):
            words = exact.TOKEN.findall(text.lower())
            if not words:
                return set()
            return {tuple(words[k:k + 5]) for k in range(max(1, len(words) - 4))}
        a, b = features(self.TEXTS[i]), features(self.TEXTS[j])
        return len(a & b) / len(a | b) if a | b else 0.0

    def test_similarities_are_those_of_the_definition(self):
        pairs = list(itertools.combinations(range(len(self.TEXTS)), 2))
        answer = exact.similarities(self.path, pairs)
        for pair in pairs:
            self.assertAlmostEqual(answer[pair], self.naive(*pair), places=5, msg=pair)

    def test_the_join_finds_all_pairs_of_the_sample(self):
        asked, found = exact.truth(self.path, len(self.TEXTS), 3, 0, 7, 0.2)
        self.assertEqual(len(asked), 3)
        right = {pair for pair in itertools.combinations(range(len(self.TEXTS)), 2)
                 if self.naive(*pair) >= 0.2 and set(pair) & asked}
        self.assertEqual(set(found), right)

    def test_answers_are_scored_by_pairs_clusters_and_flags(self):
        asked, pairs = exact.truth(self.path, len(self.TEXTS), 100, 100, 7, 0.5)
        self.assertEqual(set(pairs), {(0, 1), (0, 2), (1, 2), (3, 5)})
        score = exact.score(self.path, 9, ("pairs", {(0, 1), (0, 2), (3, 4)}), asked, pairs, 0.5, [0.5])
        self.assertAlmostEqual(score["pairs"]["recall"], 0.5)
        self.assertAlmostEqual(score["pairs"]["precision_0.5"], 2 / 3)
        self.assertAlmostEqual(score["clusters"]["recall"], 0.75)
        flags = exact.score(self.path, 9, ("flags", {0, 1, 8}), asked, pairs, 0.5, [0.5])["flags"]
        self.assertAlmostEqual(flags["recall"], 2 / 5)
        self.assertAlmostEqual(flags["precision_0.5"], 2 / 3)


class LeftOutTests(unittest.TestCase):
    SETTINGS = {"limit_seconds": 600, "limit_gib": 18}

    def reason(self, rows, size):
        record = object.__new__(run.Record)
        record.content = {"rows": [dict(row, task="clusters", set="s", threads=1, engine="e")
                                   for row in rows]}
        task = {"name": "clusters", "set": "s", "threads": 1, "size": size}
        return run.expected(record, task, {"name": "e"}, self.SETTINGS)

    def test_what_a_smaller_size_took_decides(self):
        def took(wall, peak):
            return [{"size": 10000, "runs": [{"wall": wall, "peak_mb": peak}]}]
        self.assertIsNone(self.reason([], 100000))
        self.assertIsNone(self.reason(took(59, 100), 100000))
        self.assertIn("would need about 610 s", self.reason(took(61, 100), 100000))
        self.assertIn("GiB of memory", self.reason(took(1, 3000), 100000))
        left = [{"size": 100000, "runs": [], "too_large": True}]
        self.assertEqual(self.reason(took(1, 1) + left, 1000000),
                         "left out of 100,000 documents already")

    def test_the_table_says_the_reason(self):
        row = {"engine": "slow", "left_out": "would need about 700 s", "runs": []}
        line = table.line(row, {}, None)
        self.assertIn("left out: would need about 700 s", line)
        self.assertEqual(line.count("|"), table.HEAD.count("|"))
        self.assertEqual(table.RULE.count("|"), table.HEAD.count("|"))


class ClusterTests(unittest.TestCase):
    def test_very_many_pairs_are_drawn_evenly(self):
        labels = [0] * 30000 + list(range(1, 1001))
        asked = set(range(0, 31000, 10))
        count, found = exact.clustered_pairs(labels, asked)
        self.assertEqual(count, 3000 * 27000 + 3000 * 2999 // 2)
        self.assertGreaterEqual(len(found), exact.FOUND_AT_MOST)
        self.assertTrue(all(j < 30000 and (i in asked or j in asked) for i, j in found))
        both = sum(i in asked and j in asked for i, j in found) / len(found)
        self.assertAlmostEqual(both, 3000 * 2999 / 2 / count, delta=0.01)

    def test_stories_are_scored(self):
        result = exact.planted([7, 7, 8, 8, 9], {(0, 1), (2, 3)}, {0, 2, 4}, ["a", "a", "a", "-", "b"])
        self.assertAlmostEqual(result["recall"], 1 / 3)
        self.assertAlmostEqual(result["precision"], 1 / 2)


class KernelTests(unittest.TestCase):
    def test_every_kernel_has_counts(self):
        table_of_kernels = os.path.join(HERE, "..", "Tests", "Kernels")
        rows = []
        for name in ("kernel_rows.h", "shared_rows.h"):
            with open(os.path.join(table_of_kernels, name), encoding="utf-8") as file:
                rows += re.findall(r"^KERNEL\((\w+),", file.read(), re.M)
        counted = {line.split("/")[0] for line in read("Kernels/baseline.tsv").splitlines()[1:]}
        self.assertEqual(counted, set(rows))


class CommandTests(unittest.TestCase):
    def test_a_wrong_engine_is_said(self):
        done = subprocess.run([sys.executable, os.path.join(HERE, "bench.py"), "run", "--engine",
                               "nobody"], capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("no engine nobody", done.stderr)


if __name__ == "__main__":
    unittest.main()
