"""Whatever is pointed to exists: the test that is a proof, the file that says more."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.house_rules.names import names_given
from tests.house_rules.tree import PACKAGES, ROOT, files, packages, text

PAGES = [path for path in files(".md", below="docs") if "/adr/" not in str(path)]
NAMED = re.compile(r"\btest_[a-z0-9_]+\b(?!\.py)")
FILES = re.compile(r"\btests/[a-z0-9_/]+\.py\b")


POINTED_TO = re.compile(
    rf"(?<![\w/.])(?:{'|'.join(PACKAGES)}|docs)/[\w/]+\.(?:py|yml|md)\b"
)


def hazards() -> list[str]:
    log = (ROOT / "docs" / "safety" / "hazard_log.md").read_text(encoding="utf-8")
    return [line for line in log.splitlines() if re.match(r"\| [A-Z]+\d+ \|", line)]


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
    rows = hazards()

    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []


def test_no_two_hazards_have_the_same_id() -> None:
    ids = Counter(row.split()[1] for row in hazards())

    assert [id for id, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("path", packages(), ids=str)
def test_every_file_that_code_points_to_exists(path: Path) -> None:
    pointed_to = POINTED_TO.findall(text(path))

    assert [file for file in pointed_to if not (ROOT / file).exists()] == []
