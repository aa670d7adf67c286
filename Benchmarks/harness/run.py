"""Runs the tasks of the definition, interleaved, and writes the record."""
import datetime
import json
import os
import platform
import tomllib

from . import engines, exact, sets

DEFINITION = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                          "definition.toml")
OWN_UP_TO = 200000  # documents up to which Sidik's own features are counted exactly too
KEY = ("task", "set", "size", "threshold", "threads", "engine")


def definition():
    with open(DEFINITION, "rb") as file:
        return tomllib.load(file)


def tasks(all_of_it, chosen):
    """Every task at each threshold and number of threads, that the caller chose."""
    for task in all_of_it["task"]:
        if chosen.quick and not task.get("quick"):
            continue
        for threshold in task["thresholds"]:
            for threads in task["threads"]:
                one = {"name": task["name"], "set": task["set"], "size": task["size"],
                       "threshold": threshold, "threads": threads}
                wanted = (("name", chosen.task), ("set", chosen.set), ("size", chosen.size),
                          ("threshold", chosen.threshold), ("threads", chosen.threads))
                if all(not values or one[name] in values for name, values in wanted):
                    yield one


def machine():
    model = platform.processor() or platform.machine()
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"processor": model, "cores": os.cpu_count(), "memory_gib": round(memory),
            "system": f"{platform.system()} {platform.release().split('-')[0]}", "python": platform.python_version()}


class Record:
    """The results of a day, kept on disk after every task; rows measured anew replace old ones."""

    def __init__(self, path):
        self.path = path
        self.content = {"date": "", "machine": machine(), "sets": [], "rows": []}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.content = json.load(file)
        self.content["date"] = os.path.basename(path).removesuffix(".json")
        self.content["sidik"] = engines.sidik_version()

    def add_set(self, name, size, about, held, asked, pairs, thresholds):
        known = [s for s in self.content["sets"] if (s["name"], s["size"]) != (name, size)]
        truth = {str(t): sum(s >= t for s in pairs.values()) for t in thresholds}
        known.append({"name": name, "size": size, "about": about, "documents": held["documents"],
                      "text_bytes": held["text_bytes"], "file_bytes": held["file_bytes"],
                      "asked": len(asked), "pairs": truth})
        self.content["sets"] = sorted(known, key=lambda s: (s["name"], s["size"]))

    def add_row(self, row):
        key = [row[name] for name in KEY]
        rows = [r for r in self.content["rows"] if [r[name] for name in KEY] != key]
        self.content["rows"] = rows + [row]

    def before(self, task, engine):
        """The engine's row of the largest smaller size of the same set."""
        rows = [row for row in self.content["rows"]
                if (row["task"], row["set"], row["threads"], row["engine"]) == (
                    task["name"], task["set"], task["threads"], engine["name"])
                and row["size"] < task["size"] and (row["runs"] or row.get("too_large"))]
        return max(rows, key=lambda row: row["size"], default=None)

    def save(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path + ".tmp", "w", encoding="utf-8") as file:
            json.dump(self.content, file, indent=1, ensure_ascii=False)
            file.write("\n")
        os.rename(self.path + ".tmp", self.path)


def expected(record, task, engine, settings):
    """Why an engine is left out of a size: what it took for a smaller one says it would need too
    long, or too much memory."""
    row = record.before(task, engine)
    if row is None:
        return None
    if not row["runs"]:
        return f"left out of {row['size']:,} documents already"
    ratio = task["size"] / row["size"]
    seconds = min(run["wall"] for run in row["runs"])
    gigabytes = min(run["peak_mb"] for run in row["runs"]) / 1024
    took = f"(took {{}} for {row['size']:,} documents)"
    if seconds * ratio > settings["limit_seconds"]:
        return f"would need about {seconds * ratio:,.0f} s " + took.format(f"{seconds:,.0f} s")
    # A tenth of the smaller size's memory is the program itself.
    if gigabytes * 0.9 * ratio > settings["limit_gib"]:
        return (f"would need about {gigabytes * 0.9 * ratio:,.0f} GiB of memory "
                + took.format(f"{gigabytes:,.1f} GiB"))
    return None


def take(task, chosen_engines, path, rounds, settings, record):
    """The rows of one task: `rounds` rounds in which each engine runs once."""
    rows = []
    limit = settings["limit_seconds"]
    for engine in chosen_engines:
        row = {"task": task["name"], "set": task["set"], "size": task["size"],
               "threshold": task["threshold"], "threads": task["threads"],
               "engine": engine["name"], "gives": engine["gives"], "runs": []}
        reason = expected(record, task, engine, settings)
        if reason:
            row.update(left_out=reason, too_large=True)
        else:
            try:
                engines.install(engine)
            except engines.Failed as failure:
                row["left_out"] = str(failure)
        rows.append((engine, row, os.path.join(sets.OUT, "answers", engine["name"].replace(" ", "-"))))
    os.makedirs(os.path.join(sets.OUT, "answers"), exist_ok=True)
    for turn in range(rounds):
        for engine, row, output in rows:
            if "left_out" in row:
                continue
            sets.say(f"{task['name']} {task['set']} {task['size']} t={task['threshold']} "
                     f"threads={task['threads']} round {turn + 1}/{rounds}: {engine['name']}")
            try:
                taken, about = engines.run(engine, task, path, output, limit)
                row["runs"].append(taken)
                row.update(about)
            except engines.Failed as failure:
                row["left_out"] = str(failure)
                row["too_large"] = str(failure).startswith("was ended after")
                row["runs"] = []
    return rows


def run(chosen):
    """All chosen tasks; the record is saved after each."""
    everything = definition()
    settings = everything["run"]
    rounds = chosen.runs or settings["runs"]
    record = Record(chosen.record)
    missing = {}
    for task in tasks(everything, chosen):
        about = next(s for s in everything["set"] if s["name"] == task["set"])
        if (task["set"], task["size"]) in missing:
            continue
        try:
            held = sets.prepare(about, task["size"])
        except sets.Missing as reason:
            sets.say(f"{task['set']} with {task['size']} documents is left out: {reason}")
            missing[task["set"], task["size"]] = reason
            continue
        least = settings["least"]
        asked, pairs = exact.truth(held["path"], held["documents"], settings["sample"],
                                   settings["exact_up_to"], about["seed"], min(least))
        record.add_set(task["set"], task["size"], about["about"], held, asked, pairs,
                       sorted({0.8, *least}))
        names = chosen.engine or [e["name"] for e in everything["engine"]]
        present = [e for e in everything["engine"] if e["name"] in names and
                   (task["name"] != "signatures" or e.get("signatures"))]
        for engine, row, output in take(task, present, held["path"], rounds, settings, record):
            if row["runs"] and task["name"] == "clusters":
                answer = exact.read_answer(engines.common_format(engine, output), held["documents"])
                row["quality"] = exact.score(held["path"], held["documents"], answer, asked, pairs,
                                             task["threshold"], least)
                if (engine["program"] == "sidik" and task["threads"] == 1
                        and held["documents"] <= OWN_UP_TO):
                    row["own"] = engines.own_features(engine, task, held["path"],
                                                      min(500, settings["sample"]))
            record.add_row(row)
        record.save()
    record.save()
    return record.path


def today(quick):
    date = datetime.date.today().isoformat()
    folder = os.path.join(sets.OUT) if quick else os.path.join(
        os.path.dirname(DEFINITION), "record")
    return os.path.join(folder, f"quick-{date}.json" if quick else f"{date}.json")
