"""Engines: installed each into an environment of its own, run and measured as processes."""
import json
import os
import signal
import subprocess
import threading

from . import sets

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(os.path.dirname(HERE), "peers")
THREAD_VARIABLES = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OMP_NUM_THREADS",
                    "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Failed(Exception):
    """An engine that could not be installed or did not finish, with the reason."""


def python_of(engine):
    name = engine.get("venv", os.path.splitext(engine["program"])[0].split("_")[0])
    return os.path.join(sets.OUT, f"venv-{name}", "bin", "python")


def install(engine):
    """Makes the engine's environment; raises Failed with the installer's last line."""
    if engine["program"] == "sidik":
        return
    python = python_of(engine)
    folder = os.path.dirname(os.path.dirname(python))
    mark = os.path.join(folder, "installed")
    wanted = "\n".join(engine["packages"])
    if os.path.exists(mark):
        with open(mark, encoding="utf-8") as file:
            if file.read() == wanted:
                return
    sets.say(f"installing {', '.join(engine['packages'])}")
    os.makedirs(sets.OUT, exist_ok=True)
    if subprocess.run(["python3", "-c", "import ensurepip"], capture_output=True).returncode:
        subprocess.run([os.path.join(sets.ROOT, "Scripts", "install-packages.sh"), "python3-venv"])
    steps = [["python3", "-m", "venv", folder],
             [python, "-m", "pip", "install", "-q", "--disable-pip-version-check",
              *engine["packages"]]]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            raise Failed("could not be installed: " + (lines[-1] if lines else "no reason given"))
    with open(mark, "w", encoding="utf-8") as file:
        file.write(wanted)


def command_of(engine, task, path, output):
    """The command of one run."""
    if engine["program"] != "sidik":
        return [python_of(engine), os.path.join(PEERS, engine["program"]), path, output,
                task["name"], str(task["threshold"]), str(task["threads"])]
    if task["name"] == "signatures":
        return [sets.SIDIK, "sketch", "--quiet", "--force", *engine["arguments"],
                "--output", output, path]
    return [sets.SIDIK, "cluster", "--quiet", "--force", *engine["arguments"], "--threshold",
            str(task["threshold"]), "--threads", str(task["threads"]), "--output", output, path]


def run(engine, task, path, output, limit):
    """One run: CPU and wall seconds of the work, of the whole process, and its peak megabytes.

    A peer's work is what its program timed after its imports; Sidik's is its whole process.
    """
    environment = dict(os.environ, TOKENIZERS_PARALLELISM="false",
                       **{name: str(task["threads"]) for name in THREAD_VARIABLES})
    cores = sorted(os.sched_getaffinity(0))[-task["threads"]:]
    errors, taken = output + ".stderr", output + ".taken"
    with open(errors, "w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sets.compiled("launch"), taken, *command_of(engine, task, path, output)],
            stdout=subprocess.PIPE, stderr=stderr, env=environment, cwd=os.path.dirname(output),
            start_new_session=True, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    expired = threading.Event()

    def end():
        expired.set()
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(limit, end)
    timer.start()
    said = process.communicate()[0].decode("utf-8", "replace")
    timer.cancel()
    if expired.is_set():
        raise Failed(f"was ended after {limit} s")
    if process.returncode:
        with open(errors, encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file if line.strip()]
        raise Failed(f"ended with {process.returncode}: {lines[-1][:200] if lines else 'silent'}")
    with open(taken, encoding="utf-8") as file:
        cpu, wall, kilobytes = map(float, file.read().split())
    result = {"cpu": cpu, "wall": wall, "process_cpu": cpu, "process_wall": wall,
              "peak_mb": kilobytes / 1024}
    about = {}
    if engine["program"] != "sidik":
        about = json.loads(said.strip().splitlines()[-1])
        result.update(cpu=about.pop("cpu"), wall=about.pop("wall"))
    return {name: round(value, 3) for name, value in result.items()}, about


def common_format(engine, output):
    """Turns Sidik's families into the engines' common format, after the clock was stopped."""
    if engine["program"] != "sidik":
        return output
    made = output + ".clusters"
    with open(output, encoding="utf-8") as file, open(made, "w", encoding="utf-8") as out:
        out.write("clusters\n")
        for label, line in enumerate(file):
            for member in json.loads(line)["members"]:
                out.write(f"{member['id']} {label}\n")
    return made


def sidik_version():
    return subprocess.run([sets.SIDIK, "--version"], capture_output=True, text=True,
                          check=True).stdout.strip()


def own_features(engine, task, path, sample):
    """Sidik's recall against the exact similarity of the profile's own features."""
    command = [sets.SIDIK, "eval", "--jaccard", "--quiet", "--json", *engine["arguments"],
               "--threshold", str(task["threshold"]), "--least", str(task["threshold"]),
               "--sample", str(sample), path]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return None
    found = json.loads(done.stdout)["recall"][0]
    return {"pairs": found["pairs"],
            **{name: found[name]["value"] for name in ("edges", "families") if name in found}}
