"""What no phrase of the crisis screen finds and a second look raises, and what not."""

import json
from typing import Any

import pytest

from escalation import Raised, Route, screen
from runtime.model import ROOT
from tests.bot.in_rasas_python import answer_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

LEFT_ALONE = ROOT / "tests" / "escalation" / "left_alone.txt"
HEARD = {
    "id rather be a memory than whatever this is": Raised.SUICIDE,
    "feels like theres a way out and i keep looking at it": Raised.SUICIDE,
    "he locks the door and i have to be nice to him": (Raised.HARM_FROM_OTHERS),
}
"""None of these is in the labelled texts, and none is found by a phrase."""
AT_LENGTH = "today we had double maths and then lunch and it was fine. " * 12
NOT_HEARD = [
    "hello",
    "whos open now",
    "how do i make a plan",
    "my mum shouts a lot",
    "i feel low",
    "i hate maths",
    "my dog died and im sad",
    "others have it worse",
    "nt gng hm nw wl cl u ltr gd nyt tk cr",
    "",
    "????",
    AT_LENGTH,
    "x" * 5000,
]


@pytest.fixture(scope="module")
def looked() -> dict[str, Any]:
    asked = {
        "heard": list(HEARD),
        "not_heard": NOT_HEARD,
        "left_alone": LEFT_ALONE.read_text(encoding="utf-8").splitlines(),
    }
    return answer_of("tests.bot.second_look_in_rasas_python", json.dumps(asked))


def test_what_no_phrase_finds_is_raised(looked: dict[str, Any]) -> None:
    assert [screen(text).route for text in HEARD] == [Route.NONE] * len(HEARD)
    assert looked["raised"]["heard"] == [route.value for route in HEARD.values()]


def test_what_is_ordinary_is_left_alone(looked: dict[str, Any]) -> None:
    assert looked["raised"]["not_heard"] == [None] * len(NOT_HEARD)
    wrongly = [one for one in looked["raised"]["left_alone"] if one]
    assert len(wrongly) / len(looked["raised"]["left_alone"]) < 0.01


def test_most_messages_cost_no_reading_of_the_sentence(looked: dict[str, Any]) -> None:
    assert looked["reads_of_hello"] == 0


def test_what_is_learnt_anew_is_read_as_it_was_written(looked: dict[str, Any]) -> None:
    raised = [None, "harm_from_others", "concern_for_other"]
    assert looked["learnt_anew"]["raised"] == raised


def test_of_chat_only_what_words_do_not_leave_alone_is_learnt_from_as_a_sentence(
    looked: dict[str, Any],
) -> None:
    assert looked["learnt_anew"]["of_chat"] == ["she went very fast home"]


def test_the_network_hears_what_two_numbers_say_only_together(
    looked: dict[str, Any],
) -> None:
    assert looked["told_together"] > 0.95


def test_the_same_texts_teach_the_same_numbers(looked: dict[str, Any]) -> None:
    assert looked["learnt_twice"]


def test_a_text_of_any_length_is_looked_at_in_a_few_stretches(
    looked: dict[str, Any],
) -> None:
    assert looked["stretches"] == [1, 1, 2, 3, 8]
