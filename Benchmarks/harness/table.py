"""The record as Markdown."""
import json
import statistics

HEAD = ("| engine | MB / CPU s | documents / CPU s | MB / s | CPU s | CPU to sidik corpus | wall s "
        "| peak MB | recall | precision | J >= .5 | copies | strangers |")
RULE = "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def median(row, name):
    return statistics.median(run[name] for run in row["runs"])


def number(value):
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def share(value):
    return "-" if value is None else f"{value:.3f}"


def quality(row):
    """Recall, precision and the share of J >= .5: by pairs / by clusters, or of flagged texts."""
    parts = row.get("quality", {})
    if "flags" in parts:
        flags = parts["flags"]
        return [f"{share(flags['recall'])} (flags)",
                f"{share(flags[precision(row)])} (flags)", "-"]
    both = [parts[kind] for kind in ("pairs", "clusters") if kind in parts]
    if not both:
        return ["-", "-", "-"]
    return [" / ".join(share(part.get(name)) for part in both)
            for name in ("recall", precision(row), "precision_0.5")]


def copies(row):
    """The share of planted pairs of copies that came into one cluster, and the share of clustered
    pairs that are of no one story."""
    part = row.get("quality", {}).get("planted")
    if not part or part["recall"] is None or part["precision"] is None:
        return ["-", "-"]
    return [share(part["recall"]), share(1 - part["precision"])]


def precision(row):
    return f"precision_{row['threshold']}"


def line(row, held, reference):
    if "left_out" in row:
        return f"| {row['engine']} | left out: {row['left_out'].replace('|', '/')} " + "|" * 12
    cpu, wall = median(row, "cpu"), median(row, "wall")
    megabytes = held["text_bytes"] / 1e6
    cells = [row["engine"], number(megabytes / cpu), number(held["documents"] / cpu),
             number(megabytes / wall), number(cpu),
             f"{number(cpu / reference)} x" if reference else "-", number(wall),
             number(median(row, "peak_mb")), *quality(row), *copies(row)]
    return "| " + " | ".join(cells) + " |"


def groups(record):
    """Rows by task, in the order of set, size, task, threshold, threads."""
    found = {}
    for row in record["rows"]:
        key = (row["set"], row["size"], row["task"], row["threshold"], row["threads"])
        found.setdefault(key, []).append(row)
    return sorted(found.items(), key=lambda item: (item[0][0] != "indonesian", *item[0]))


def ordered(rows):
    """Sidik first, then the fastest; what was left out last."""
    return sorted(rows, key=lambda row: (
        "left_out" in row, not row["engine"].startswith("sidik"),
        median(row, "cpu") if row["runs"] else 0, row["engine"]))


def section(key, rows, record):
    name, size, task, threshold, threads = key
    held = next(s for s in record["sets"] if (s["name"], s["size"]) == (name, size))
    counts = sorted({len(row["runs"]) for row in rows if row["runs"]})
    rounds = " or ".join(map(str, counts)) if counts else "no"
    about = "signatures only" if task == "signatures" else f"JSONL to clusters, J >= {threshold}"
    out = [f"### {name}, {held['documents']:,} documents: {about}, {threads} "
           f"thread{'s' if threads > 1 else ''}", ""]
    out.append(f"{held['text_bytes'] / 1e6:.1f} MB of text, medians of {rounds} runs."
               + (f" Exact pairs among the {held['asked']:,} documents asked about: "
                  f"{held['pairs'][str(threshold)]:,}." if task == "clusters" else ""))
    reference = next((median(row, "cpu") for row in rows
                      if row["engine"] == "sidik corpus" and row["runs"]), None)
    out += ["", HEAD, RULE] + [line(row, held, reference) for row in ordered(rows)]
    own = [row for row in rows if row.get("own")]
    if own:
        out += ["", "Sidik against the exact similarity of its own features (a sample): " + "; ".join(
            f"{row['engine']} finds {share(row['own'].get('edges'))} of {row['own']['pairs']:,} pairs"
            for row in own) + "."]
    return out + [""]


def versions(record):
    """What each engine ran."""
    seen = {}
    for row in record["rows"]:
        if row.get("path"):
            seen[row["engine"]] = f"| {row['engine']} | {row['version']} | {row['path']} |"
    return ["## What each peer ran", "", "| engine | version | path |", "| --- | --- | --- |",
            *(seen[name] for name in sorted(seen)), ""]


def markdown(record):
    host = record["machine"]
    out = [f"# Benchmark of {record['date']}", "",
           f"{record['sidik']} on {host['processor']}, {host['cores']} cores, "
           f"{host['memory_gib']} GiB, {host['system']}. [How it is measured](README.md).", "",
           "Speeds are of raw text. Recall is the share of the pairs with that exact Jaccard similarity "
           "of word-5-grams that were found, precision the share of found pairs that have it, J >= .5 the "
           "share that has at least .5. An engine that gives pairs has two figures: by its pairs / by "
           "the clusters that these make. Sidik also joins disguised copies, excerpts and edited texts below the "
           "threshold, which counts against its precision. Where copies were made on purpose, *copies* is the share "
           "of their pairs that came into one cluster, *strangers* the share of clustered pairs that are "
           "no copies of one story.", ""]
    for key, rows in groups(record):
        out += section(key, rows, record)
    return "\n".join(out + versions(record)).rstrip("\n") + "\n"
