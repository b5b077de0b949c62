"""The words of the plan pages keep to the rules of every other text."""

from pathlib import Path

import pytest

from bot.lint import longest_sentence, reading, wording
from bot.words import Variation
from foundations.content import read_yaml
from tests.for_each import for_each

HERE = Path(__file__).parents[2] / "channels" / "plan_pages"
WORDS = read_yaml(HERE / "words.yml")
HELPING = read_yaml(HERE / "helping.yml")
TEMPLATES = sorted((HERE / "templates").glob("*.html"))
SCRIPTS = sorted((HERE / "static").glob("*.js"))


@for_each(WORDS["words"])
def test_a_text_is_safe_short_and_can_be_read_at_eleven(key: str) -> None:
    said = Variation(WORDS["words"][key], None)

    assert list(wording(said)) == []
    assert list(reading(said)) == []


@pytest.mark.parametrize("part", HELPING["helping"]["parts"], ids=lambda p: p["title"])
def test_what_a_trusted_adult_reads_is_plain_too(part: dict[str, str]) -> None:
    # It may say the word that our texts to young people do not need.
    assert list(wording(Variation(part["words"], None))) == []
    assert longest_sentence(part["words"]) <= 22


def test_nobody_has_reviewed_them_and_they_say_so() -> None:
    for written in (WORDS, HELPING):
        assert written["reviewed_by"] == written["review_date"] == "not reviewed"


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    code = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.py"))]
    pages = [path.read_text(encoding="utf-8") for path in (*TEMPLATES, *SCRIPTS)]
    # The way out, lent by the chat, speaks these.
    whole = "\n".join([*code, *pages]) + "exit.two_more exit.one_more exit.leaving"
    built = ("did.", "numbers.", "share.days_", "more.size_", "exit.timed_out")
    unused = [
        key for key in WORDS["words"] if key not in whole and not key.startswith(built)
    ]

    assert unused == []
