"""Writes the Markdown table of targets and reached values from the scores of quality.sh."""

import json
import os
import sys

folder, seed, version = sys.argv[1:4]


def load(name):
    path = os.path.join(folder, name + ".json")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def rows_of(name):
    path = os.path.join(folder, name + ".jsonl")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def shown(estimate):
    return f"{estimate['value']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"


rows = []


def row(name, measure, target, reached, value, limit):
    met = "yes" if value >= limit else "no"
    rows.append((name, measure, target, reached, met))


def measure(file, name, what, key, limit, among="families"):
    report = load(file)
    if report and among in report:
        estimate = report[among][key]
        row(name, what, f">= {limit:g}", shown(estimate), estimate["value"], limit)


def recall(file, name, what, limit):
    report = load(file)
    for line in (report or {}).get("recall", []):
        edges, families = line["edges"], line["families"]
        reached = f"{shown(edges)} of {line['pairs']}; in one family {families['value']:.3f}"
        where = f"{what} {line['at_least']:g}"
        if report["sample"] < report["distinct_texts"]:
            where += f", {report['sample']} of {report['distinct_texts']} texts asked"
        row(name, where, f">= {limit:g}", reached, edges["value"], limit)


measure("news-hoax", "id-news-hoax-pairs", "pair F1, dup and contain positive", "f1", 0.95)
measure("natural", "id-natural-pairs", "pair F1, copy and excerpt positive", "f1", 0.92)
measure("natural", "id-natural-pairs", "precision", "precision", 0.95)
natural = load("natural")
for label in (natural or {}).get("labels", []):
    if label["label"] == "template" and label["pairs"]:
        share = label["levels"]["template"] / label["pairs"]
        reached = f"{share:.3f} ({label['levels']['template']} of {label['pairs']})"
        row("id-natural-pairs", "template pairs of level template", ">= 0.8", reached, share, 0.8)
measure("licence", "licence-texts", "ARI", "ari", 0.92)
reuse = "accuracy, any reuse against none"
measure("clough", "clough-stevenson", f"{reuse}, by families", "accuracy", 0.96)
measure("clough", "clough-stevenson", f"{reuse}, related pairs found", "accuracy", 0.96, "edges")
groups = load("newsgroups")
if groups:
    whole, count = groups["groups_whole"], groups["groups"]
    row("newsgroups", "cross-posts whole", f"{count}/{count}", f"{whole}/{count}", whole, count)
recall("newsgroups-containment", "newsgroups", "pairs with containment (word-3) >=", 0.98)
for setting, few in (("chat", 0.93), ("article", 0.95)):
    for regime, limit in (("28", 0.97), ("2-5", few)):
        name = f"edit matrix {setting}, {regime} copies"
        measure(f"{setting}-{regime}", name, "ARI", "ari", limit)
for setting in ("chat", "article"):
    report = load(f"{setting}-28")
    if report:
        worst = report["kinds"][0]
        reached = f"{shown(dict(worst, value=worst['recall']))} {worst['kind']}, n={worst['copies']}"
        row(f"edit matrix {setting}", "worst kind, pair recall", ">= 0.9", reached, worst["recall"], 0.9)
for file, name in (
    ("civil-jaccard", "civil-codes"),
    ("licence-jaccard", "licence-texts"),
    ("newsgroups-jaccard", "newsgroups"),
):
    recall(file, name, "pairs with exact J >=", 0.99)
passages = load("passages")
if passages:
    name = "id-plagiarism-passages"
    plagdet, precision = passages["plagdet"], passages["precision"]
    row(name, "plagdet, all cases", ">= 0.85", f"{plagdet:.3f}", plagdet, 0.85)
    row(name, "precision", ">= 0.95", f"{precision:.3f}", precision, 0.95)
    plain = passages["kinds"]["none"]["plagdet"]
    row(name, "plagdet, verbatim cases", ">= 0.97", f"{plain:.3f}", plain, 0.97)
halves = rows_of("seeds")
if halves:
    longest = max(halves, key=lambda found: found["words"])
    reached = f"{longest['words']} words twice in {longest['a']['id'][:3]}"
    row("seeds", "words of the page whose article stands twice", ">= 200", reached, longest["words"], 200)
formulas = rows_of("formulas")
if formulas:
    top = formulas[0]
    reached = f"{top['documents']} documents: {top['text'][:40]}..."
    row("id-turnbackhoax-2024", "the fact-checkers' formula, documents", ">= 50", reached, top["documents"], 50)
times = load("times")
if times:
    ratio = times["default"] / times["corpus"]
    reached = f"{ratio:.2f} ({times['default']} ms by {times['corpus']} ms)"
    row("civil-codes", "run time, default by --profile corpus", "<= 2", reached, -ratio, -2)

print("# Detection quality\n")
print(f"Made by `make quality` with sidik {version}, edit seed {seed}. The profile is `auto` with its")
print("defaults everywhere. Intervals are of 95 %: 1,000 resamples of whole groups, of the parts that")
print("labelled pairs hang in, or of the texts asked about; of a kind of edit, Wilson's. Recall of")
print("exactly counted pairs is of verified pairs of distinct texts; how it is counted stands in")
print("[the guide](Guides/Evaluation.md).\n")
print("| set | measure | target | reached | met |")
print("| --- | --- | --- | --- | --- |")
for cells in rows:
    print("| " + " | ".join(cells) + " |")
for setting in ("chat", "article"):
    for regime in ("28", "2-5"):
        report = load(f"{setting}-{regime}")
        if not report:
            continue
        print(f"\n## Edits, {setting}, {regime} copies\n")
        print("The ten worst kinds. Shares of fewer than 60 copies are no more than a hint.\n")
        print("| edit | copies | recall |")
        print("| --- | --- | --- |")
        for kind in report["kinds"][:10]:
            print(f"| {kind['kind']} | {kind['copies']} | {shown(dict(kind, value=kind['recall']))} |")
