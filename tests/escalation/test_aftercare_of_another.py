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
    "whose_fault_if": "not_your_fault",
    "may_be_told": "it_may_be_told",
    "they_are_with_them": "they_have_help",
    "happening_now": "concern_for_other_now",
    "told_somebody": "told_somebody",
    "with_their_family": "told_somebody",
    "taken_to_help": "they_have_help",
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


def test_of_oneself_it_is_answered_by_no_words_for_a_friend() -> None:
    chat = Chat()
    chat.says("i took loads of paracetamol")
    assert chat.says("is it my fault").before == (TOP,)
    assert chat.says("ive told my mum").before == (TOP, "escalation.told_them")


@pytest.mark.parametrize("text", CASES["not_reached"]["must_not_match"])
def test_other_news_of_a_friend_is_not_mistaken_for_it(text: str) -> None:
    assert hear(text, for_another=True) is not Heard.NOT_REACHED


def test_999_stands_first_for_whoever_is_in_danger() -> None:
    chat = Chat()
    chat.says("my friend has taken loads of pills")
    assert chat.says("should i tell her mum").before[0] == (
        "escalation.top_999_you_or_them"
    )
    assert chat.says("someone is with them").before == (
        "escalation.get_checked_of_them",
        "escalation.they_have_help",
    )


@pytest.mark.parametrize("crisis", OF_ANOTHER)
@pytest.mark.parametrize("text", CASES["they_have_help"]["must_match"])
def test_whoever_tells_that_they_have_help_is_no_longer_told_of_999(
    crisis: str, text: str
) -> None:
    chat = Chat()
    chat.says(crisis)
    assert chat.says(text).before[-1] == "escalation.they_have_help"
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


@pytest.mark.parametrize(
    "worry", ["my friend says she wants to die", "hiya my m8 keeps cutting"]
)
@pytest.mark.parametrize(
    "now", ["its happening now", "It's happening now", "its happening right now"]
)
def test_it_is_happening_now_brings_the_words_for_now(worry: str, now: str) -> None:
    chat = Chat()
    chat.says(worry)
    assert chat.says(now).before == ("escalation.concern_for_other_now",)
    chat.says("they are with her")
    again = chat.says(now, with_worker=True)
    assert again.before == ("escalation.concern_for_other_now",)


@pytest.mark.parametrize(
    "asked",
    [
        "is it my fault if she does it",
        "will it be my fault if he does it",
        "its my fault if she does it",
        "is it my fault if she dies",
        "would it be my fault if they did it",
    ],
)
def test_whose_fault_it_will_be_is_a_worry_about_them(asked: str) -> None:
    chat = Chat()
    chat.says("my friend says she wants to die")
    assert chat.says(asked).before == ("escalation.not_your_fault",)
    assert Chat().says(asked).before != ("escalation.not_your_fault",)


@pytest.mark.parametrize(
    "told",
    [
        "she told me not to tell anyone",
        "she said dont tell any1",
        "he made me promise not to tell",
        "i promised i wouldnt tell",
        "what if i tell and she hates me",
        "she will hate me if i tell someone",
        "should i tell a teacher",
        "shud i tell her mum",
        "do i tell her mum",
        "do i have to tell someone",
        "is it ok to tell my mum",
    ],
)
def test_a_secret_about_somebody_in_danger_may_be_told(told: str) -> None:
    chat = Chat()
    chat.says("my friend says she wants to die")
    turn = chat.says(told)
    assert turn.before == ("escalation.it_may_be_told",)
    assert not turn.hands_on


@pytest.mark.parametrize(
    "told",
    [
        "she told me not to tell anyone that he touches me",
        "he said dont tell anyone what he does to me",
        "should i tell someone that i want to die too",
        "is it my fault he hits me",
    ],
)
def test_what_is_said_of_oneself_beside_it_keeps_its_own_words(told: str) -> None:
    chat = Chat()
    chat.says("my friend says she wants to die")
    assert chat.says(told).before != ("escalation.it_may_be_told",)
    assert chat.turns[-1].before != ("escalation.not_your_fault",)
    assert not chat.turns[-1].hands_on


def test_said_again_of_somebody_else_it_speaks_of_them() -> None:
    chat = Chat()
    chat.says("my friend says she wants to die")
    turn = chat.says("my friend wants to die")
    assert turn.before == ("escalation.heard_again_of_them",)
    assert turn.after == ("escalation.offer_person",)


@pytest.mark.parametrize(
    "with_them",
    [
        "999 are on the way",
        "they are with her",
        "theyre with him now",
        "they are there",
    ],
)
def test_help_that_came_without_a_name_is_heard(with_them: str) -> None:
    chat = Chat()
    chat.says("my friend says she wants to die")
    chat.says("its happening now")
    assert chat.says(with_them).before[0] in (
        "escalation.help_coming",
        "escalation.they_have_help",
    )
