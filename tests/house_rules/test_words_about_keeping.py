"""What is said about how long things are kept is what the nightly job does."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.retention import read_periods
from storage.retention_rules import Kind
from tests.house_rules.tree import ROOT

PERIODS = read_periods()
SAY_HOW_LONG = [
    ROOT / "bot" / "domain" / "notice.yml",
    *sorted((ROOT / "docs" / "privacy").glob("notice_*.md")),
]


def test_the_periods_are_the_ones_in_the_words() -> None:
    """Whoever changes the periods changes the words as well."""
    assert PERIODS[Kind.CHAT_LINES] == timedelta(days=90)
    assert PERIODS[Kind.QUIET_PEOPLE] == timedelta(days=365)


@pytest.mark.parametrize("path", SAY_HOW_LONG, ids=lambda path: path.name)
def test_words_about_keeping_say_both_periods(path: Path) -> None:
    words = path.read_text(encoding="utf-8")

    assert "90 days" in words
    assert "a year" in words
