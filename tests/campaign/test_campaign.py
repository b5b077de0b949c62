"""A short piece of the campaign; `make campaign` does all of it."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.campaign.night import Kind
from tests.campaign.rows import ROWS
from tests.campaign.run import run_row

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "campaign.md"
WITH_EVERY_RUN = ("T07", "T19", "T21")


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", WITH_EVERY_RUN)
def test_nothing_is_lost_doubled_or_told_while_something_is_broken(
    name: str, tmp_path: Path
) -> None:
    (row,) = [row for row in ROWS if row.name == name]

    asyncio.run(run_row(row, Kind.SQLITE, tmp_path / "home", None))


def lines() -> dict[str, str]:
    """Give the page's table: a row's name, and the whole line."""
    found = re.findall(r"^\| (T\d\d) \|.*$", PAGE.read_text("utf-8"), re.MULTILINE)
    whole = re.findall(r"^\| T\d\d \|.*$", PAGE.read_text("utf-8"), re.MULTILINE)
    return dict(zip(found, whole, strict=True))


def test_the_page_has_a_line_for_every_row() -> None:
    named = lines()

    assert list(named) == sorted(named)
    assert {row.name for row in ROWS} <= set(named)
    for row in ROWS:
        assert "campaign" in named[row.name], row.name


def test_every_test_that_the_page_names_exists() -> None:
    for name, line in lines().items():
        for path in re.findall(r"`(tests/[\w/]+\.py)`", line):
            assert (ROOT / path).exists(), (name, path)
