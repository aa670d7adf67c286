#!/usr/bin/env python3
"""Measures passages: against labelled cases, and beside a suffix array over the same words.

    passages.py score SIDIK DOCUMENTS CASES        plagdet, precision, recall and granularity as JSON
    passages.py exact SIDIK DOCUMENTS [--words N]  the same characters as a suffix array finds, and both times

CASES are lines of JSON as PAN labels them: suspicious, source, this_offset, this_length, source_offset,
source_length, type, obfuscation; offsets in characters. DOCUMENTS are lines of JSON with id and text. The suffix
array and its common prefixes are those of the PyPI package pydivsufsort.
"""
import argparse, json, math, os, resource, subprocess, sys, tempfile, time


def union(ranges):
    """Positions that ranges cover together."""
    covered, end = 0, -1
    for low, high in sorted(ranges):
        low = max(low, end)
        if high > low:
            covered, end = covered + high - low, high
    return covered


def common(a, b):
    """What two cases have in common, as ranges of either document; None where they do not meet in both."""
    if a[:2] != b[:2]:
        return None
    first = max(a[2], b[2]), min(a[3], b[3])
    second = max(a[4], b[4]), min(a[5], b[5])
    return (first, second) if first[0] < first[1] and second[0] < second[1] else None


def covered_share(one, others):
    """The share of one case, in characters of both documents, that others cover, and how many meet it."""
    shared = [part for part in (common(one, other) for other in others) if part]
    characters = one[3] - one[2] + one[5] - one[4]
    return (union([a for a, _ in shared]) + union([b for _, b in shared])) / characters, len(shared)


def plagdet(cases, found):
    """The measure of PAN (Potthast et al. 2010): F1 of macro-averaged precision and recall by characters,
    divided by log2(1 + granularity).

    A case is (first id, second id, first start, first end, second start, second end).
    """
    recalls = [covered_share(case, found) for case in cases]
    precisions = [covered_share(case, cases)[0] for case in found]
    recall = sum(share for share, _ in recalls) / len(cases)
    precision = sum(precisions) / len(found) if found else 0.0
    detected = [count for _, count in recalls if count]
    granularity = sum(detected) / len(detected) if detected else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"plagdet": f1 / math.log2(1 + granularity), "precision": precision, "recall": recall,
            "granularity": granularity, "cases": len(cases), "found": len(found)}


def run(command):
    """Runs a command; returns its processor seconds and peak memory in bytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss * 1024


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def score(options):
    labels = lines(options.cases)
    cases = [(row["suspicious"], row["source"], row["this_offset"], row["this_offset"] + row["this_length"],
              row["source_offset"], row["source_offset"] + row["source_length"]) for row in labels]
    kinds = [row.get("obfuscation", row.get("type", "")) for row in labels]
    suspicious = {case[0] for case in cases}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "spans.jsonl")
        run([options.sidik, "spans", "--quiet", "--across", "-o", path, options.documents])
        for row in lines(path):
            a, b = row["a"], row["b"]
            # Cases are of a suspicious document and one that is not.
            if (a["id"] in suspicious) == (b["id"] in suspicious):
                continue
            if b["id"] in suspicious:
                a, b = b, a
            found.append((a["id"], b["id"], a["start"], a["end"], b["start"], b["end"]))
    result = plagdet(cases, found)
    result["kinds"] = {}
    for kind in sorted(set(kinds)):
        of_kind = [case for case, name in zip(cases, kinds) if name == kind]
        # Of what was found, what meets cases of the kind, or of none.
        near = [one for one in found if any(common(one, case) for case in of_kind)
                or not any(common(one, case) for case in cases)]
        result["kinds"][kind] = plagdet(of_kind, near)
    print(json.dumps(result))


def suffix_coverage(texts, words):
    """Characters in runs of equal words that stand twice, as a mask a text, by a suffix array."""
    import numpy, pydivsufsort
    numbers, places = {}, []
    stream = []
    for number, text in enumerate(texts):
        at = 0
        for word in text.split(" "):
            stream.append(numbers.setdefault(word, len(numbers)))
            places.append((number, at, at + len(word)))
            at += len(word) + 1
        # An end that is equal to no other keeps runs within documents.
        stream.append(-1 - number)
        places.append(None)
    values = numpy.array(stream, dtype=numpy.int64)
    values[values < 0] = len(numbers) - 1 - values[values < 0]
    seconds = time.process_time()
    array = pydivsufsort.divsufsort(values.astype(numpy.uint32))
    prefixes = pydivsufsort.kasai(values.astype(numpy.uint32), array)
    # prefixes[i] is what entries i and i + 1 of the array have in common.
    longest = numpy.zeros(len(values), dtype=numpy.int64)
    numpy.maximum.at(longest, array[:-1], prefixes[:-1])
    numpy.maximum.at(longest, array[1:], prefixes[:-1])
    seconds = time.process_time() - seconds
    masks = [bytearray(len(text)) for text in texts]
    end = 0
    for place in range(len(values)):
        last = place + int(longest[place])
        if longest[place] >= words and last > end:
            # Words up to `end` are marked; runs that overlap are one, those that touch are two.
            number, low, _ = places[place]
            if place < end:
                low = places[end - 1][2]
            high = places[last - 1][2]
            masks[number][low:high] = b"\1" * (high - low)
            end = last
    return masks, seconds


def exact(options):
    with tempfile.TemporaryDirectory() as folder:
        # Both get texts as they are compared: words with one space between.
        folded = os.path.join(folder, "folded.jsonl")
        run([options.sidik, "normalize", "--quiet", "-o", folded, options.documents])
        documents = lines(folded)
        plain = os.path.join(folder, "plain.jsonl")
        with open(plain, "w", encoding="utf-8") as file:
            for row in documents:
                file.write(json.dumps({"id": row["id"], "text": row["text"]}, ensure_ascii=False) + "\n")
        texts = [row["text"] for row in documents]
        size = sum(len(text.encode()) for text in texts)
        spans = os.path.join(folder, "spans.jsonl")
        command = [options.sidik, "spans", "--quiet", "--threads", "1", "--force", "-o", spans]
        least = ["--exact", "--min-words", str(options.words)]
        taken = [run(command + least + [plain]) for _ in range(3)]
        number = {row["id"]: place for place, row in enumerate(documents)}
        masks = [bytearray(len(text)) for text in texts]
        for row in lines(spans):
            for side in (row["a"], row["b"]):
                mask = masks[number[side["id"]]]
                mask[side["start"]:side["end"]] = b"\1" * (side["end"] - side["start"])
        near = [run(command + [plain]) for _ in range(3)]
        wanted, seconds = suffix_coverage(texts, options.words)
    differing = sum(1 for a, b in zip(masks, wanted) if a != b)
    result = {
        "documents": len(texts), "bytes": size, "words": options.words,
        "characters_repeated": sum(sum(mask) for mask in wanted),
        "characters_found": sum(sum(mask) for mask in masks),
        "documents_that_differ": differing,
        "exact_seconds": min(seconds for seconds, _ in taken),
        "exact_mb_per_second": size / 1e6 / min(seconds for seconds, _ in taken),
        "exact_bytes_per_byte": max(memory for _, memory in taken) / size,
        "near_seconds": min(seconds for seconds, _ in near),
        "near_mb_per_second": size / 1e6 / min(seconds for seconds, _ in near),
        "near_bytes_per_byte": max(memory for _, memory in near) / size,
        "suffix_array_seconds": seconds,
        "times_faster": seconds / min(seconds for seconds, _ in taken),
    }
    print(json.dumps(result, indent=1))
    return 0 if differing == 0 else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(required=True)
    way = ways.add_parser("score")
    way.add_argument("sidik")
    way.add_argument("documents")
    way.add_argument("cases")
    way.set_defaults(run=score)
    way = ways.add_parser("exact")
    way.add_argument("sidik")
    way.add_argument("documents")
    way.add_argument("--words", type=int, default=50)
    way.set_defaults(run=exact)
    options = parser.parse_args()
    return options.run(options) or 0


if __name__ == "__main__":
    sys.exit(main())
