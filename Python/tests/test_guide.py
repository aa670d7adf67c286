"""The documentation shows what the package answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import guide


@pytest.mark.skipif(sys.version_info < (3, 11), reason="needs contextlib.chdir")
@pytest.mark.parametrize("page", guide.PAGES, ids=lambda page: page.name)
def test_outputs_are_real(page: Path) -> None:
    program = os.environ.get("SIDIK_CLI")
    if not program:
        pytest.skip("SIDIK_CLI does not name the program")
    assert guide.whole(page, program).splitlines() == page.read_text().splitlines()
