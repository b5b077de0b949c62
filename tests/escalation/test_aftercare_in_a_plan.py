"""The day after a crisis reply, while a plan is made: the plan goes on."""

import pytest

from escalation.replies import REPLIES
from tests.escalation.chats import TOP, Chat

RETURNS_IN_PLAN = REPLIES["escalation.gentle_return_in_plan"]


def test_while_a_plan_is_made_only_being_safe_is_asked_and_no_plan_is_offered() -> None:
    chat = Chat()
    chat.says("i want to die")
    after = [chat.says("drawing", making_plan=True).after for _ in range(13)]
    assert [keys for keys in after if keys] == [
        ("escalation.ask_safe",),
        ("escalation.offer_person",),
        ("escalation.gentle_return_in_plan",),
        ("escalation.gentle_return_in_plan",),
    ]
    assert all("?" not in text for text in RETURNS_IN_PLAN.texts.values())


@pytest.mark.parametrize(
    ("crisis", "waits"),
    [("i want to die", "ask_someone"), ("my mate wants to die", "ask_you_too")],
)
def test_what_was_not_asked_in_a_plan_is_asked_after_it(
    crisis: str, waits: str
) -> None:
    chat = Chat()
    chat.says(crisis)
    in_plan = [chat.says("drawing", making_plan=True).after for _ in range(6)]
    assert (f"escalation.{waits}",) not in in_plan
    assert ("escalation.offer_person",) in in_plan

    assert chat.says("whats on tv").after == (f"escalation.{waits}",)
    assert ("escalation.gentle_return",) in chat.keys(*["whats on tv"] * 5)


def test_after_an_emergency_no_question_waits_for_a_plan() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    turn = chat.says("drawing", making_plan=True)

    assert turn.before == (TOP,)
    assert turn.after == ("escalation.ask_someone",)


def test_whoever_goes_on_with_their_plan_is_asked_nothing_beside_it() -> None:
    chat = Chat()
    chat.says("i want to die")
    first = chat.says("make a plan", asks_for_plan=True)
    chat.says("im safe now")
    second = chat.says("carry on", asks_for_plan=True)

    assert first.after == ("escalation.ask_safe",)
    assert second.after == ()
    assert second.hands_on
    assert chat.says("yes").after == ()
    assert chat.says("my dog").after == ("escalation.ask_someone",)


def test_a_plan_asked_for_beside_are_you_safe_starts_with_the_answer() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("make a plan", asks_for_plan=True)
    unsafe = chat.says("no")
    safe = chat.says("someone is with me")

    assert unsafe.before == ("escalation.not_safe",)
    assert not unsafe.starts_plan
    assert safe.before == ("escalation.glad_safe_plan",)
    assert safe.hands_on
    assert safe.starts_plan
    assert not chat.says("im safe now").starts_plan
