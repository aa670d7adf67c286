"""Truth by counting: exact Jaccard similarity of word-5-grams, and answers held against it."""
import json
import os
import random
import re
import subprocess

from . import sets

# A word is a run of letters, digits and underscores; in scripts without spaces, a character.
TOKEN = re.compile(f"[{sets.ALONE}]|[^\\W{sets.ALONE}]+")
FOUND_AT_MOST = 20000


def tokens(path):
    """The set as words, a document a line; kept beside it."""
    made = path.removesuffix(".jsonl") + ".tokens"
    if not sets.is_made(made, path):
        with open(path, encoding="utf-8") as file, open(made + ".tmp", "w", encoding="utf-8") as out:
            for line in file:
                out.write(" ".join(TOKEN.findall(json.loads(line)["text"].lower())) + "\n")
        os.rename(made + ".tmp", made)
    return made


def truth(path, documents, sample, up_to, seed, least):
    """The sampled documents and all their pairs of J >= least, by numbers; kept beside the set."""
    count = documents if documents <= up_to else sample
    made = f"{path.removesuffix('.jsonl')}-{count}-{seed}-{least}.exact"
    if not sets.is_made(made, path):
        sets.say(f"joining {os.path.basename(path)} exactly")
        with open(made + ".tmp", "w", encoding="utf-8") as out:
            subprocess.run([sets.compiled("exact"), "join", tokens(path), str(count), str(seed), str(least)],
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
    answer = subprocess.run([sets.compiled("exact"), "pairs", tokens(path)], input=text, capture_output=True,
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
    """How many pairs with a document that was asked about stand in one cluster, and those pairs;
    where they are very many, an even random share of them."""
    clusters = list(members(labels).values())
    inside = [[i for i in cluster if i in asked] for cluster in clusters]
    total = sum(len(few) * (len(all_of_it) - len(few)) + len(few) * (len(few) - 1) // 2
                for all_of_it, few in zip(clusters, inside))
    found = set()
    if total <= 10 * FOUND_AT_MOST:
        for cluster, few in zip(clusters, inside):
            for i in few:
                found.update((min(i, j), max(i, j)) for j in cluster if j != i)
        return total, found
    rng = random.Random(total)
    weights = [len(few) * (len(cluster) - 1) for cluster, few in zip(clusters, inside)]
    while len(found) < FOUND_AT_MOST:
        for place in rng.choices(range(len(clusters)), weights, k=FOUND_AT_MOST):
            i, j = rng.choice(inside[place]), rng.choice(clusters[place])
            # A pair of which both were asked about would be met twice as often.
            if i != j and (j not in asked or rng.random() < 0.5):
                found.add((min(i, j), max(i, j)))
    return total, found


def measures(path, found, count, recalled, right, levels):
    """Recall of the right pairs, and the share of found pairs at each level of similarity."""
    shown = sorted(found)
    exact = similarities(path, shown[::len(shown) // FOUND_AT_MOST + 1])
    result = {"pairs": len(right), "found": count,
              "recall": recalled / len(right) if right else None}
    for level in levels:
        share = sum(s >= level for s in exact.values()) / len(exact) if exact else None
        result[f"precision_{level}"] = share
    return result


def planted(labels, found, asked, stories):
    """Recall and precision by the stories whose copies the set was made of."""
    groups = members([story if story != "-" else f"-{i}" for i, story in enumerate(stories)])
    right = together = 0
    for group in groups.values():
        for place, i in enumerate(group):
            for j in group[place + 1:]:
                if i in asked or j in asked:
                    right += 1
                    together += labels[i] == labels[j]
    same = sum(stories[i] == stories[j] != "-" for i, j in found)
    return {"pairs": right, "recall": together / right if right else None,
            "precision": same / len(found) if found else None}


def read_stories(path):
    """The story of each document, where the set was made with copies."""
    if not os.path.exists(sets.stories(path)):
        return None
    with open(sets.stories(path), encoding="utf-8") as file:
        return file.read().split()


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
        found = {pair for pair in given if pair[0] in asked or pair[1] in asked}
        result["pairs"] = measures(path, found, len(found), len(right & found), right, levels)
        labels = components(documents, given)
    count, found = clustered_pairs(labels, asked)
    together = sum(labels[i] == labels[j] for i, j in right)
    result["clusters"] = measures(path, found, count, together, right, levels)
    stories = read_stories(path)
    if stories:
        result["planted"] = planted(labels, found, asked, stories)
    return result
