"""The Python examples of the documentation, run.

    python Python/tests/guide.py          compares them with the pages
    python Python/tests/guide.py --write  puts what they answer into the pages

SIDIK_CLI names the program.
"""

from __future__ import annotations

import code
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(os.environ.get("SIDIK_ROOT") or Path(__file__).resolve().parents[2])
PAGES = [ROOT / "README.md", ROOT / "Documentation" / "Guides" / "Python.md"]
BLOCK = re.compile(r"(?s)(?<=```pycon\n).*?(?=```\n)")


def answered(block: str, console: code.InteractiveConsole) -> str:
    """A block with what its examples answer."""
    lines: list[str] = []
    sources = [line[4:] for line in block.splitlines() if line.startswith((">>> ", "... "))]
    marks = [line[:4] for line in block.splitlines() if line.startswith((">>> ", "... "))]
    for number, (mark, source) in enumerate(zip(marks, sources)):
        lines.append(mark + source)
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            console.push(source)
            last = number + 1 == len(marks) or marks[number + 1] == ">>> "
            if last and mark == "... ":
                console.push("")
        lines += output.getvalue().rstrip("\n").splitlines() if output.getvalue() else []
    return "".join(line + "\n" for line in lines)


def whole(page: Path, program: str) -> str:
    """A page with what its examples answer."""
    console = code.InteractiveConsole()
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "corpora", f"{folder}/corpora")
        for arguments in (
            ["index", "create", "--store-text", "seen"],
            ["index", "add", "seen", "corpora/reposts/documents.jsonl"],
        ):
            subprocess.run([program, *arguments], cwd=folder, check=True, capture_output=True)
        with contextlib.chdir(folder):
            return BLOCK.sub(lambda found: answered(found.group(), console), page.read_text())


if __name__ == "__main__":
    for page in PAGES:
        made = whole(page, os.environ["SIDIK_CLI"])
        if sys.argv[1:] == ["--write"]:
            page.write_text(made)
        elif made != page.read_text():
            sys.exit(f"{page} shows other answers; --write puts them right")
