#!/usr/bin/env python3
"""Measures an index beside SQLite and LMDB that hold the same band keys.

    index.py BENCHMARK [--documents N] [--texts N] [--rivals N] [--file FILE] [--record FILE]

BENCHMARK is the built IndexBenchmark. SQLite is the system library behind Python's sqlite3; LMDB is
the PyPI package lmdb, left out where it cannot be imported. FILE has texts to be kept and asked for, besides
invented ones. Rivals commit as often and as durably:
10,000 documents, synced. Times of processor, since other work may share the machine; of queries the
wall, warm.
"""
import argparse, json, os, random, shutil, sqlite3, struct, subprocess, sys, tempfile, time

KEYS, BATCH, QUERIES = 25, 10_000, 5_000


def run_sidik(benchmark, folder, name, documents, words, kind, keys=None):
    command = [benchmark, os.path.join(folder, name), str(documents), str(words), kind]
    if keys:
        command += [keys[0], str(keys[1])]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def read_keys(path, count):
    with open(path, "rb") as file:
        return [struct.unpack(f"<{KEYS}Q", file.read(8 * KEYS)) for _ in range(count)]


def signed(key):
    return key - (1 << 64) if key >> 63 else key


def percentiles(times):
    times.sort()
    return {"query_p50_us": round(times[len(times) // 2] * 1e6, 1),
            "query_p99_us": round(times[len(times) * 99 // 100] * 1e6, 1)}


def measure(add, ask, documents, size):
    start = time.process_time()
    for first in range(0, len(documents), BATCH):
        add(first, documents[first:first + BATCH])
    seconds = time.process_time() - start
    drawn = random.Random(1)
    times = []
    for round in range(2):
        times = []
        for _ in range(QUERIES):
            keys = drawn.choice(documents)
            before = time.perf_counter()
            ask(keys)
            times.append(time.perf_counter() - before)
    result = {"documents": len(documents), "add_documents_per_cpu_second": int(len(documents) / seconds),
              "bytes_per_document": size() // len(documents)}
    result.update(percentiles(times))
    return result


def run_sqlite(folder, documents):
    path = os.path.join(folder, "keys.sqlite")
    base = sqlite3.connect(path)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    base.execute("create table keys(key integer, document integer, primary key(key, document)) without rowid")

    def add(first, part):
        rows = sorted((signed(key), first + place) for place, keys in enumerate(part) for key in keys)
        with base:
            base.executemany("insert or ignore into keys values (?, ?)", rows)

    def ask(keys):
        return [base.execute("select document from keys where key = ?", (signed(key),)).fetchall()
                for key in keys]

    def size():
        base.execute("pragma wal_checkpoint(truncate)")
        return os.path.getsize(path)

    return measure(add, ask, documents, size)


def run_lmdb(folder, documents):
    import lmdb
    path = os.path.join(folder, "keys.lmdb")
    base = lmdb.open(path, map_size=1 << 36, max_dbs=1)
    table = base.open_db(b"keys", dupsort=True, dupfixed=True)

    def add(first, part):
        rows = sorted((struct.pack(">Q", key), struct.pack(">I", first + place))
                      for place, keys in enumerate(part) for key in keys)
        with base.begin(write=True, db=table) as transaction:
            transaction.cursor().putmulti(rows)

    def ask(keys):
        found = []
        with base.begin(db=table) as transaction:
            cursor = transaction.cursor()
            for key in keys:
                if cursor.set_key(struct.pack(">Q", key)):
                    found.append(list(cursor.iternext_dup()))
        return found

    return measure(add, ask, documents, lambda: os.path.getsize(os.path.join(path, "data.mdb")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmark")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--rivals", type=int, default=200_000)
    parser.add_argument("--file")
    parser.add_argument("--record")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="sidik-bench-index-")
    results = {}

    def tell(name, values):
        results[name] = values
        print(f"{name}: {json.dumps(values)}", flush=True)

    try:
        keys = (os.path.join(folder, "keys"), options.rivals)
        tell("sidik keys", run_sidik(options.benchmark, folder, "large", options.documents, 100,
                                          "keys", keys))
        tell("sidik keys, as many as the others",
             run_sidik(options.benchmark, folder, "small", options.rivals, 100, "keys"))
        tell("sidik texts", run_sidik(options.benchmark, folder, "texts", options.texts, 100, "texts"))
        if options.file:
            tell("sidik texts of a file",
                 run_sidik(options.benchmark, folder, "file", options.texts, options.file, "texts"))
        documents = read_keys(*keys)
        tell("sqlite " + sqlite3.sqlite_version, run_sqlite(folder, documents))
        try:
            import lmdb
            tell("lmdb " + ".".join(map(str, lmdb.version())), run_lmdb(folder, documents))
        except ImportError:
            print("lmdb cannot be imported; left out", file=sys.stderr)
    finally:
        shutil.rmtree(folder)
    if options.record:
        with open(options.record, "w") as file:
            file.writelines(f"{name}: {json.dumps(values)}\n" for name, values in results.items())


main()
