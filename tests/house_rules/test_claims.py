"""Nothing public claims an effect on health, or measures a person."""

import re
from pathlib import Path

import pytest
import textstat

from tests.house_rules.tree import ROOT, files

NOTICES = sorted((ROOT / "docs" / "privacy").glob("notice_*.md"))
OLDEST_READER = {
    "notice_under_13.md": 8.0,
    "notice_13_to_17.md": 10.0,
    "notice_adults.md": 12.0,
}
PUBLIC = (".md", ".html", ".yml", ".xml")
INPUTS = ("tests", "bot/data", "escalation/phrases", "requirements")
CLAIM = re.compile(
    r"\bhandrail (?:prevents|reduces|treats|cures|saves|stops|lowers)\b"
    r"|\b(?:proven|shown|guaranteed) to (?:prevent|reduce|treat|save|lower)\b"
    r"|\bclinically (?:safe|proven|approved|validated)\b|\bnhs[- ]approved\b"
    r"|\bsaves? lives\b|\bevidence[- ]based treatment\b",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"\b(?:low|medium|high)[- ]risk\b|\brisk (?:score|level|rating)s?\b"
)
DENIED = re.compile(r"\b(?:no|not|never|none|refuse|avoid)\b", re.IGNORECASE)


def public_lines() -> list[tuple[Path, str]]:
    return [
        (path, line)
        for path in files(*PUBLIC)
        if not str(path).startswith(INPUTS)
        for line in (ROOT / path).read_text(encoding="utf-8").splitlines()
    ]


def test_no_effect_on_health_is_claimed_anywhere() -> None:
    claims = [
        f"{path}: {line.strip()[:80]}"
        for path, line in public_lines()
        if CLAIM.search(line) and not DENIED.search(line)
    ]

    assert claims == []


def test_nothing_public_measures_a_person() -> None:
    measures = [
        f"{path}: {line.strip()[:80]}"
        for path, line in public_lines()
        if MEASURE.search(line) and not DENIED.search(line)
    ]

    assert measures == []


def test_a_claim_would_be_found() -> None:
    assert CLAIM.search("Handrail reduces self-harm.")
    assert CLAIM.search("It is clinically proven.")
    assert MEASURE.search("a high-risk young person")


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_notice_can_be_read_at_its_age(path: Path) -> None:
    words = path.read_text(encoding="utf-8").replace("*", "").replace("#", "")

    # Years of school plus five.
    age = textstat.automated_readability_index(words) + 5
    assert age <= OLDEST_READER[path.name]
