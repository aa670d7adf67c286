"""The sets of texts: made once, kept under out/bench/sets, always the same for a seed."""
import functools
import glob
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(ROOT, "out", "bench")
CORPORA = os.path.join(os.environ.get("SHARED", os.path.join(ROOT, "..", "shared")), "corpora")
SIDIK = os.environ.get("SIDIK", os.path.join(ROOT, ".build", "release", "sidik"))

# Scripts written without spaces: each character is a word.
ALONE = ("\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u4dbf\u4e00-\u9fff"
         "\uf900-\ufaff")
PIECES = re.compile(f"[{ALONE}]|[^\\s{ALONE}]+")


def say(message):
    print(f"bench: {message}", file=sys.stderr, flush=True)


def compiled(name):
    """A C program of the harness."""
    binary = os.path.join(OUT, name)
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".c")
    if not os.path.exists(binary) or os.path.getmtime(binary) < os.path.getmtime(source):
        os.makedirs(OUT, exist_ok=True)
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-std=gnu11", source, "-o", binary],
                       check=True)
    return binary


class Missing(Exception):
    """A set that can't be made here, with the reason."""


def records(name):
    """The texts of a corpus file beside the project."""
    path = os.path.join(CORPORA, name)
    if not os.path.exists(path):
        raise Missing(f"{name} is not among the corpora beside the project")
    command = ["zstdcat", path] if path.endswith(".zst") else ["cat", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            text = json.loads(line).get("text")
            if text:
                yield text


def manual_pages(package):
    """The plain text of a Debian package's manual pages; downloaded, not installed."""
    folder = os.path.join(OUT, "packages")
    unpacked = os.path.join(folder, package)
    if not os.path.isdir(unpacked):
        os.makedirs(folder, exist_ok=True)
        fetched = subprocess.run(["apt-get", "download", "-q", package], cwd=folder,
                                 capture_output=True)
        files = glob.glob(os.path.join(folder, f"{package}_*.deb"))
        if fetched.returncode or not files:
            raise Missing(f"the Debian package {package} can't be downloaded here")
        subprocess.run(["dpkg-deb", "-x", files[0], unpacked], check=True)
    for path in sorted(glob.glob(os.path.join(unpacked, "usr/share/man/*/man*/*.gz"))):
        if os.path.islink(path):
            continue
        with gzip.open(path, "rb") as file:
            text = file.read().decode("utf-8", "replace")
        lines = [line for line in text.splitlines() if line and line[0] not in ".'"]
        text = re.sub(r"\\f\(?..?|\\[&%|^~c]|\\-", "", "\n".join(lines)).replace("\\", "")
        if len(text) > 500:
            yield text


def chains(texts, words, count, rng):
    """New texts of about `words` words that follow the given ones: each next word is one that came
    after the two (one time in four: the one) before it."""
    after, after_two = {}, {}
    for text in texts:
        pieces = PIECES.findall(text)
        for i in range(len(pieces) - 2):
            after.setdefault(pieces[i], []).append(pieces[i + 1])
            after_two.setdefault((pieces[i], pieces[i + 1]), []).append(pieces[i + 2])
    starts = sorted(after_two)
    alone = re.compile(f"[{ALONE}]")
    for _ in range(count):
        a, b = starts[int(rng.random() * len(starts))]
        out = [a, b]
        for _ in range(int(words * (0.5 + rng.random())) + 20):
            following = after_two.get((a, b)) if rng.random() < 0.75 else after.get(b)
            if not following:
                a, b = starts[int(rng.random() * len(starts))]
                out.append(b)
                continue
            a, b = b, following[int(rng.random() * len(following))]
            out.append(b)
        parts = []
        for piece in out:
            if parts and not (alone.match(piece) and alone.match(parts[-1][-1])):
                parts.append(" ")
            parts.append(piece)
        yield "".join(parts)


def base_texts(definition, count, seed):
    """`count` texts that are no copies of each other."""
    rng = random.Random(seed)
    if "packages" in definition:
        pools = [list(manual_pages(package)) for package in definition["packages"]]
    else:
        pools = [[text for name in definition["base"] for text in records(name)]]
    for pool in pools:
        share = count // len(pools) + 1
        yield from chains(pool, definition["words"], share, rng)


def edited(definition, size, seed):
    """Records of one call of `sidik eval --edits`: stories with 2 to 5 copies, other texts."""
    stories = int(size * 0.14)
    others = int(size * 0.42)
    folder = os.path.join(OUT, "sets", f"tmp-{definition['name']}-{seed}-{os.getpid()}")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    base = os.path.join(folder, "base.jsonl")
    with open(base, "w", encoding="utf-8") as file:
        for i, text in enumerate(base_texts(definition, int((stories + others) * 1.15) + 200, seed)):
            file.write(json.dumps({"id": f"b{i}", "text": text}, ensure_ascii=False) + "\n")
    subprocess.run(
        [SIDIK, "eval", "--edits", "--quiet", "--emit", os.path.join(folder, "set"), "--setting",
         "article", "--regime", "2-5", "--seed", str(seed), "--stories", str(stories),
         "--distractors", str(others), base], check=True)
    families = {}
    with open(os.path.join(folder, "set", "truth.jsonl"), encoding="utf-8") as file:
        for number, line in enumerate(file):
            families.update((i, f"{seed}.{number}") for i in json.loads(line)["ids"])
    rows = []
    for path in glob.glob(os.path.join(folder, "set", "documents*")):
        with open(path, encoding="utf-8") as file:
            for record in map(json.loads, file):
                rows.append((record["text"], families.get(record["id"], "-")))
    shutil.rmtree(folder)
    return rows


def make(definition, size, path):
    """Writes the set, and beside it, where its copies were made, the story of each document."""
    rng = random.Random(definition["seed"])
    if definition["kind"] == "file":
        rows = [(text, "-") for name in definition["base"] for text in records(name)]
        if len(rows) < size:
            raise Missing(f"{definition['name']} has {len(rows)} documents only")
        # The first ones, in disorder: neighbours copy each other.
        rows = rows[:size]
    else:
        rows, part = [], 0
        while len(rows) < size:
            rows += edited(definition, min(100000, size), definition["seed"] + 1000 * part)
            part += 1
    rng.shuffle(rows)
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        for i, (text, _) in enumerate(rows[:size]):
            file.write(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n")
    if definition["kind"] == "edits":
        with open(stories(path), "w", encoding="utf-8") as file:
            file.writelines(f"{story}\n" for _, story in rows[:size])
    os.rename(path + ".tmp", path)


def is_made(made, path):
    """Whether a file made from a set is there and not older than the set."""
    return os.path.exists(made) and os.path.getmtime(made) >= os.path.getmtime(path)


def stories(path):
    """The file with the story of each document, `-` for one of its own."""
    return path.removesuffix(".jsonl") + ".stories"


@functools.cache
def contents(path):
    """What a set holds."""
    documents = text_bytes = 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            documents += 1
            text_bytes += len(json.loads(line)["text"].encode())
    return {"path": path, "documents": documents, "text_bytes": text_bytes,
            "file_bytes": os.path.getsize(path)}


def prepare(definition, size):
    """The path of a set and what it holds; made where it is not there yet. Raises Missing."""
    folder = os.path.join(OUT, "sets")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"{definition['name']}-{definition['seed']}-{size}.jsonl")
    if not os.path.exists(path) or (definition["kind"] == "edits"
                                    and not os.path.exists(stories(path))):
        say(f"making {os.path.basename(path)}")
        make(definition, size, path)
    return contents(path)
