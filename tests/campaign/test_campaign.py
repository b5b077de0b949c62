"""A short piece of the campaign; `make campaign` does all of it."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.campaign.night import Kind
from tests.campaign.rows import ROWS
from tests.campaign.run import run_row
from tests.campaign.tested import ROOT, lines, rows_of_tests

WITH_EVERY_RUN = ("T07", "T19", "T21")


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", WITH_EVERY_RUN)
def test_nothing_is_lost_doubled_or_told_while_something_is_broken(
    name: str, tmp_path: Path
) -> None:
    (row,) = [r for r in ROWS if r.name == name and Kind.SQLITE in r.kinds]

    asyncio.run(run_row(row, Kind.SQLITE, tmp_path / "home", None))


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


def test_breaking_in_and_getting_at_data_are_rows_of_the_campaign() -> None:
    assert {f"T{number}" for number in range(33, 40)} <= set(rows_of_tests())
