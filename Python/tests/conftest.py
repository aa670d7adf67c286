"""What tests share: texts with known copies, and the program to compare answers with."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any, Callable

import pytest

WORDS = [
    "harga", "beras", "pasar", "menteri", "panen", "raya", "pemerintah", "turun", "naik", "pekan",
    "depan", "kata", "jakarta", "petani", "impor", "gudang", "stok", "nasional", "tim", "laga",
    "hujan", "banjir", "sungai", "warga", "polisi", "jalan", "tol", "kereta", "jadwal", "baru",
]  # fmt: skip


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """400 texts, of which about half are edited copies of others."""
    generator = random.Random(7)
    made: list[str] = []
    while len(made) < 400:
        words = [
            f"{generator.choice(WORDS)}{generator.randrange(40)}"
            for _ in range(generator.randrange(30, 90))
        ]
        made.append(" ".join(words))
        for _ in range(generator.randrange(3)):
            copy = list(words)
            for _ in range(generator.randrange(5)):
                copy[generator.randrange(len(copy))] = generator.choice(WORDS)
            made.append(" ".join(copy).upper() if generator.random() < 0.3 else " ".join(copy))
    made[17], made[41], made[42] = "", "?!", "?!"
    generator.shuffle(made)
    return made[:400]


@pytest.fixture(scope="session")
def cli() -> Callable[..., str]:
    """Runs the program `sidik` and gives its output."""
    program = os.environ.get("SIDIK_CLI")
    if not program:
        pytest.skip("SIDIK_CLI does not name the program")

    def run(*arguments: object, codes: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run(
            [program, *map(str, arguments)], capture_output=True, text=True, check=False
        )
        assert done.returncode in codes, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def records(texts: list[str]) -> list[dict[str, Any]]:
    """The texts with ids, sources and times."""
    generator = random.Random(8)
    return [
        {
            "id": f"d{number}",
            "text": text,
            "source": generator.choice(["kabar", "warta", "pos"]),
            "time": f"2026-01-{1 + generator.randrange(28):02}",
        }
        for number, text in enumerate(texts)
    ]


@pytest.fixture(scope="session")
def jsonl(records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records as the program reads them."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path
