"""A command with a slip of the keys is that command; a line is never one."""

import pytest

from bot.turns.known_words import mistyped, plain
from safety_plans.sections import sections


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cary on", "plan_resume"),
        ("carry onn", "plan_resume"),
        ("pasue it", "plan_pause"),
        ("shw me ideas", "plan_ideas"),
        ("exact wrods", "plan_literal"),
        ("easy mod", "plan_easy"),
    ],
)
def test_a_slip_is_what_was_meant(typed: str, meant: str) -> None:
    assert mistyped(plain(typed)) == meant


@pytest.mark.parametrize(
    "line",
    [
        "skips",
        "music",
        "call my nan",
        "walk my dog",
        "go on walks",
        "show tunes",
        "my plants",
        "the next part of my book",
        "carry my blanket",
    ],
)
def test_a_line_is_no_slip(line: str) -> None:
    assert mistyped(plain(line)) is None


def test_no_idea_is_a_slip() -> None:
    ideas = [idea.words for one in sections().by_id.values() for idea in one.ideas]

    assert [words for words in ideas if mistyped(plain(words))] == []
