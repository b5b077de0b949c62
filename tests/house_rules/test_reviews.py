"""Every text a young person can get has a review entry, though nobody read it yet."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from foundations.content import read_yaml
from tests.house_rules.tree import ROOT

DOMAIN = sorted((ROOT / "bot" / "domain").glob("*.yml"))
REPLIES = ROOT / "escalation" / "replies.yml"
ANSWERS = [
    ROOT / "escalation" / f"{name}.yml"
    for name in ("aftercare", "asked_of_us", "scenes")
]
PHRASES = ROOT / "escalation" / "phrases"
NOBODY = "not reviewed"


@cache
def loaded(path: Path) -> Any:
    return read_yaml(path)


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.name)
def test_every_file_of_responses_has_a_review_entry(path: Path) -> None:
    reviews = loaded(ROOT / "bot" / "reviews.yml")["files"]

    assert "responses" not in loaded(path) or path.name in reviews


def crisis_texts() -> dict[str, dict[str, Any]]:
    return {entry["key"]: entry for entry in loaded(REPLIES)}


def crisis_phrases() -> dict[str, dict[str, Any]]:
    listed = [
        entry
        for path in sorted(PHRASES.rglob("*.yml"))
        if isinstance(loaded(path), list)
        for entry in loaded(path)
    ]
    meanings = {
        name: entry
        for path in ANSWERS
        for name, entry in loaded(path).items()
        if "whole" in entry or "anywhere" in entry
    }
    return {**{entry["id"]: entry for entry in listed}, **meanings}


@pytest.mark.parametrize("find", [crisis_texts, crisis_phrases])
def test_every_crisis_text_and_phrase_says_who_reviewed_it(
    find: Callable[[], dict[str, dict[str, Any]]],
) -> None:
    entries = find()

    assert len(entries) > 5
    for name, entry in entries.items():
        assert {"reviewed_by", "review_date"} <= set(entry), name
        assert is_honest(entry["reviewed_by"], entry["review_date"]), name


def is_honest(reviewed_by: object, review_date: object) -> bool:
    """Nobody yet and no date, or a date and two names: clinical, lived experience."""
    if reviewed_by == NOBODY:
        return review_date is None
    return isinstance(reviewed_by, list) and len(reviewed_by) == 2 and bool(review_date)
