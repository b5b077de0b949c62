"""Every response that asks something is in the list of whose the answer is, once."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest

from bot.languages import EXACT
from bot.words import Variation, Words
from escalation import day_after
from escalation.replies import REPLIES
from gateway.fixed_words import QUESTIONS
from gateway.questions import NO_QUESTION_OF_CARE, questions
from tests.for_each import for_each

WORDS = Words.load()
ASKS = re.compile(r"\?(?=\s|$)")
QUOTED = re.compile(r"'[^']*\?'")
YES_OR_NO = re.compile(r"(?:yes|no)\b(?! (?:part|more|thanks))", re.IGNORECASE)


def asks(way: Variation) -> bool:
    """A question outside quotes, or a yes and a no to press."""
    labels = [choice.label for choice in way.choices]
    answered = sum(YES_OR_NO.match(label) is not None for label in labels) > 1
    return answered or ASKS.search(QUOTED.sub("", way.text)) is not None


ASKING = {key for key, ways in WORDS.by_key.items() if any(map(asks, ways))}


def listed() -> Iterator[str]:
    """Every key or pattern of the file, as often as it stands there."""
    found = questions()
    yield from found.called_for
    yield from found.offered
    for group in (found.consent, found.plan, found.search, found.open):
        yield from group


def places(key: str) -> list[str]:
    """Exact words are said under the usual key, but for the plan's own questions."""
    asked = key if key.startswith("plan.literal_ask_") else key.replace(EXACT, "", 1)
    return [pattern for pattern in listed() if fnmatchcase(asked, pattern)]


@for_each(sorted(ASKING))
def test_a_response_that_asks_is_listed_once(key: str) -> None:
    assert len(places(key)) == 1, f"{key}: put it in gateway/questions.yml, once"


@for_each(sorted(set(listed())))
def test_what_is_listed_is_a_response(pattern: str) -> None:
    assert any(fnmatchcase(key, pattern) for key in WORDS.by_key)


@pytest.mark.parametrize("key", sorted(questions().called_for))
def test_a_question_that_stands_alone_says_what_no_means(key: str) -> None:
    assert questions().called_for[key].no


def test_fixed_words_that_ask_beside_an_answer_are_all_known() -> None:
    steps = (*day_after._STEPS, *day_after._FOR_SOMEONE_ELSE, "gentle_return")
    beside = {f"escalation.{step}" for step in steps} | NO_QUESTION_OF_CARE
    ask = {key for key in beside if any("?" in t for t in REPLIES[key].texts.values())}

    assert ask == QUESTIONS
