"""Truth by counting: exact Jaccard similarity of word-5-grams, and answers held against it."""
import json
import os
import re
import subprocess

from . import sets

HERE = os.path.dirname(os.path.abspath(__file__))
# A word is a run of letters, digits and underscores; in scripts without spaces, a character.
TOKEN = re.compile(f"[{sets.ALONE}]|[^\\W{sets.ALONE}]+")
FOUND_AT_MOST = 20000


def program():
    binary = os.path.join(sets.OUT, "exact")
    source = os.path.join(HERE, "exact.c")
    if not os.path.exists(binary) or os.path.getmtime(binary) < os.path.getmtime(source):
        subprocess.run(["cc", "-O2", "-std=gnu11", source, "-o", binary], check=True)
    return binary


def tokens(path):
    """The set as words, a document a line; kept beside it."""
    made = path.removesuffix(".jsonl") + ".tokens"
    if not os.path.exists(made):
        with open(path, encoding="utf-8") as file, open(made + ".tmp", "w", encoding="utf-8") as out:
            for line in file:
                out.write(" ".join(TOKEN.findall(json.loads(line)["text"].lower())) + "\n")
        os.rename(made + ".tmp", made)
    return made


def truth(path, documents, sample, up_to, seed, least):
    """The sampled documents and all their pairs of J >= least, by numbers; kept beside the set."""
    count = documents if documents <= up_to else sample
    made = f"{path.removesuffix('.jsonl')}-{count}-{seed}-{least}.exact"
    if not os.path.exists(made):
        sets.say(f"joining {os.path.basename(path)} exactly")
        with open(made + ".tmp", "w", encoding="utf-8") as out:
            subprocess.run([program(), "join", tokens(path), str(count), str(seed), str(least)],
                           stdout=out, check=True)
        os.rename(made + ".tmp", made)
    asked, pairs = set(), {}
    with open(made, encoding="utf-8") as file:
        for line in file:
            first, second, *rest = line.split()
            if first == "sample":
                asked.add(int(second))
            else:
                pairs[int(first), int(second)] = float(rest[0])
    return asked, pairs


def similarities(path, pairs):
    """The exact similarity of each pair."""
    text = "".join(f"{i} {j}\n" for i, j in sorted(pairs))
    answer = subprocess.run([program(), "pairs", tokens(path)], input=text, capture_output=True,
                            text=True, check=True).stdout
    return {(int(i), int(j)): float(s) for i, j, s in (line.split() for line in answer.splitlines())}


def components(documents, pairs):
    """Cluster labels from pairs."""
    parent = list(range(documents))

    def root(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for i, j in pairs:
        a, b = root(i), root(j)
        if a != b:
            parent[max(a, b)] = min(a, b)
    return [root(i) for i in range(documents)]


def read_answer(path, documents):
    """What an engine wrote: ("pairs", set), ("clusters", labels) or ("flags", set)."""
    with open(path, encoding="utf-8") as file:
        kind = file.readline().strip()
        if kind == "flags":
            return kind, {int(line) for line in file}
        rows = (line.split() for line in file)
        if kind == "pairs":
            return kind, {(min(int(i), int(j)), max(int(i), int(j))) for i, j, *_ in rows}
        labels = list(range(documents))
        for i, label in rows:
            labels[int(i)] = documents + int(label)
        return kind, labels


def members(labels):
    """Documents by label, clusters of two and more."""
    clusters = {}
    for i, label in enumerate(labels):
        clusters.setdefault(label, []).append(i)
    return {label: found for label, found in clusters.items() if len(found) > 1}


def clustered_pairs(labels, asked):
    """Pairs in one cluster with a document that was asked about; of very many an even share."""
    found = set()
    for cluster in members(labels).values():
        for i in cluster:
            if i in asked:
                found.update((min(i, j), max(i, j)) for j in cluster if j != i)
    return found


def measures(path, found, right, levels):
    """Recall of the right pairs, and the share of found pairs at each level of similarity."""
    shown = sorted(found)
    step = len(shown) // FOUND_AT_MOST + 1
    exact = similarities(path, shown[::step])
    result = {"pairs": len(right), "found": len(found),
              "recall": len(right & found) / len(right) if right else None}
    for level in levels:
        share = sum(s >= level for s in exact.values()) / len(exact) if exact else None
        result[f"precision_{level}"] = share
    return result


def score(path, documents, answer, asked, pairs, threshold, least):
    """Recall and precision of an answer: of its pairs, if it gives any, of its clusters, or of
    flagged documents."""
    right = {pair for pair, similarity in pairs.items() if similarity >= threshold}
    levels = sorted({threshold, *least}, reverse=True)
    kind, given = answer
    if kind == "flags":
        partners = {i for pair in right for i in pair if i in asked}
        flagged = given & asked
        return {"flags": {"pairs": len(partners), "found": len(flagged),
                          "recall": len(partners & flagged) / max(1, len(partners)),
                          f"precision_{threshold}": len(partners & flagged) / max(1, len(flagged))}}
    result = {}
    labels = given
    if kind == "pairs":
        asked_pairs = {pair for pair in given if pair[0] in asked or pair[1] in asked}
        result["pairs"] = measures(path, asked_pairs, right, levels)
        labels = components(documents, given)
    result["clusters"] = measures(path, clustered_pairs(labels, asked), right, levels)
    return result
