"""The day after, where somebody else is in danger, told as conversations."""

from pathlib import Path

import pytest
import yaml

import escalation.heard
from escalation.heard import Heard, hear
from tests.escalation.chats import TOP, Chat

CASES = yaml.load(
    (Path(escalation.heard.__file__).parent / "aftercare.yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)
OF_ANOTHER = (
    "my friend has taken loads of pills",
    "my mate says shes gonna kill herself",
)


@pytest.mark.parametrize("text", CASES["not_reached"]["must_match"])
def test_whoever_cannot_reach_a_friend_is_told_that_999_can(text: str) -> None:
    chat = Chat()
    chat.says("my mate says shes gonna kill herself")
    assert chat.says(text).before == ("escalation.not_reached",)
    assert hear(text) is not Heard.NOT_REACHED


OF_A_FRIEND = {
    "will_they_die": "will_they_die",
    "what_to_say": "what_to_say",
    "whose_fault": "not_your_fault",
    "told_somebody": "told_somebody",
}


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in OF_A_FRIEND for t in CASES[k]["must_match"]]
)
@pytest.mark.parametrize(
    "worry",
    ["my friend says shes gonna kill herself", "my friend just sent me a goodbye"],
)
def test_what_is_asked_and_told_of_a_friend_in_danger_has_words_of_its_own(
    worry: str, kind: str, text: str
) -> None:
    chat = Chat()
    chat.says(worry)
    turn = chat.says(text)
    assert turn.before == (f"escalation.{OF_A_FRIEND[kind]}",)
    assert not turn.hands_on
    assert chat.keys("its raining", "and then what") == [
        ("escalation.offer_person",),
        ("escalation.ask_you_too",),
    ]


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in OF_A_FRIEND for t in CASES[k]["must_not_match"]]
)
def test_what_only_looks_like_it_is_left_to_others(kind: str, text: str) -> None:
    assert hear(text, for_another=True, of_another=True).value != kind


@pytest.mark.parametrize("text", ["is it my fault", "ive told my mum"])
def test_of_oneself_it_is_answered_by_no_words_for_a_friend(text: str) -> None:
    chat = Chat()
    chat.says("i took loads of paracetamol")
    assert chat.says(text).before == (TOP,)


@pytest.mark.parametrize("text", CASES["not_reached"]["must_not_match"])
def test_other_news_of_a_friend_is_not_mistaken_for_it(text: str) -> None:
    assert hear(text, for_another=True) is not Heard.NOT_REACHED


def test_999_stands_first_for_whoever_is_in_danger() -> None:
    chat = Chat()
    chat.says("my friend has taken loads of pills")
    assert chat.says("should i tell her mum").before[0] == (
        "escalation.top_999_you_or_them"
    )
    assert chat.says("someone is with them").before == ("escalation.they_have_help",)


@pytest.mark.parametrize("crisis", OF_ANOTHER)
@pytest.mark.parametrize("text", CASES["they_have_help"]["must_match"])
def test_whoever_tells_that_they_have_help_is_no_longer_told_of_999(
    crisis: str, text: str
) -> None:
    chat = Chat()
    chat.says(crisis)
    assert chat.says(text).before == ("escalation.they_have_help",)
    assert TOP not in chat.says("im so scared").before


@pytest.mark.parametrize("text", CASES["they_have_help"]["must_not_match"])
def test_no_word_of_help_is_heard_where_none_was_said(text: str) -> None:
    assert hear(text, for_another=True, of_another=True) is not Heard.THEY_HAVE_HELP


def test_somebody_in_hospital_is_no_news_of_whoever_wants_to_die() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert (
        "escalation.they_have_help" not in chat.says("my nan shes in hospital").before
    )


@pytest.mark.parametrize(
    "crisis", ["i took loads of paracetamol", "my mate says shes gonna kill herself"]
)
def test_once_999_was_called_they_hear_that_it_was_right(crisis: str) -> None:
    chat = Chat()
    chat.says(crisis)
    assert chat.says("ok i rang 999").before == ("escalation.help_coming",)
    assert TOP not in chat.says("im so scared").before
