"""The day after a crisis reply: whether somebody is near, and a worker who is there."""

from pathlib import Path

import pytest
import yaml

import escalation.heard
from escalation.heard import hear
from tests.escalation.chats import TOP, Chat

CASES = yaml.load(
    (Path(escalation.heard.__file__).parent / "aftercare.yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)
IF_NEAR = ("nobody_near", "someone_near")


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in IF_NEAR for t in CASES[k]["must_match"]]
)
def test_who_is_near_is_heard_where_it_was_asked(kind: str, text: str) -> None:
    assert hear(text, asked_if_near=True).value == kind
    assert hear(text).value != kind


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in IF_NEAR for t in CASES[k]["must_not_match"]]
)
def test_who_is_near_is_not_mistaken(kind: str, text: str) -> None:
    assert hear(text, asked_if_near=True).value != kind


@pytest.mark.parametrize(
    "until_asked",
    [
        ("i want to die", "im not safe"),
        ("ive took all my tablets",),
        ("i want to die", "its raining", "what now"),
    ],
)
def test_no_to_is_anyone_near_means_that_nobody_is(
    until_asked: tuple[str, ...],
) -> None:
    chat = Chat()
    chat.keys(*until_asked)
    turn = chat.says("no")

    assert turn.before == ("escalation.nobody_near",)
    assert not turn.hands_on
    assert chat.says("no").before[-1] == "escalation.offer_stays"


def test_yes_to_is_anyone_near_is_no_word_of_being_safe() -> None:
    chat = Chat()
    chat.keys("ive took all my tablets")

    assert chat.says("yes").before == (TOP, "escalation.someone_near")
    assert chat.care is not None
    assert not chat.care.says_safe


def test_not_right_now_is_still_heard_as_leave_it() -> None:
    chat = Chat()
    chat.keys("i want to die", "its raining", "what now")

    assert chat.says("not right now").before == ("escalation.offer_stays",)


def test_with_a_worker_there_nothing_is_offered_and_a_bare_no_is_theirs() -> None:
    chat = Chat()
    chat.says("i want to die", with_worker=True)
    said = [
        chat.says(text, with_worker=True) for text in ("no", "im fine", "its raining")
    ]

    assert [turn.before + turn.after for turn in said] == [(), (), ()]
    assert all(turn.hands_on for turn in said)


def test_with_a_worker_there_not_being_safe_still_brings_999() -> None:
    chat = Chat()
    chat.says("i want to die", with_worker=True)

    turn = chat.says("im not safe", with_worker=True)
    assert turn.before == ("escalation.not_safe",)
