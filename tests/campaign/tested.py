"""Rows that are tests already: the page names them, and they run as they are.

They break in over real HTTP, real files and both databases, so a night of their own
would only do the same thing a second time.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.campaign.rows import ROWS

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "campaign.md"


def lines() -> dict[str, str]:
    """Give the page's table: a row's name, and the whole line."""
    found = re.findall(r"^(\| (T\d\d) \|.*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name: line for line, name in found}


def rows_of_tests() -> dict[str, list[str]]:
    """Give each row without a night of its own, and the tests that hold it."""
    nights = {row.name for row in ROWS}
    named = {
        name: re.findall(r"`(tests/[\w/]*test_\w+\.py)`", line)
        for name, line in lines().items()
        if name not in nights
    }
    return {name: files for name, files in named.items() if files}


def holds(files: list[str]) -> bool:
    """Run these tests and say whether all of them passed."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0
