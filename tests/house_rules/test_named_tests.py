"""Every page that names a test as proof names one that exists."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.house_rules.names import names_given
from tests.house_rules.tree import ROOT, files

PAGES = [path for path in files(".md", below="docs") if "/adr/" not in str(path)]
NAMED = re.compile(r"\btest_[a-z0-9_]+\b(?!\.py)")
FILES = re.compile(r"\btests/[a-z0-9_/]+\.py\b")


@cache
def every_name() -> set[str]:
    return {
        one.what for path in files(".py", below="tests") for one in names_given(path)
    }


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_test_named_on_a_page_exists(page: Path) -> None:
    said = (ROOT / page).read_text(encoding="utf-8")

    assert set(NAMED.findall(said)) - every_name() == set()
    assert {path for path in FILES.findall(said) if not (ROOT / path).exists()} == set()


def test_every_control_of_the_hazard_log_names_a_test_or_says_that_it_is_open() -> None:
    log = (ROOT / "docs" / "safety" / "hazard_log.md").read_text(encoding="utf-8")
    rows = [line for line in log.splitlines() if re.match(r"\| [A-Z]+\d+ \|", line)]

    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []
