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


def test_after_an_overdose_what_is_said_beside_a_plan_is_answered_and_is_no_line() -> (
    None
):
    chat = Chat()
    chat.says("ive taken loads of paracetamol", making_plan=True)
    chat.says("im downstairs w my mum now", making_plan=True)
    said = [
        (text, chat.says(text, making_plan=True))
        for text in (
            "no she doesnt kno",
            "i cant tell her",
            "shes gonna go mad",
            "ok i told her",
            "were going to a&e",
            "will they section me",
            "i threw up",
        )
    ]

    assert [(text, turn.before, turn.hands_on) for text, turn in said] == [
        ("no she doesnt kno", ("escalation.how_to_tell",), False),
        ("i cant tell her", ("escalation.how_to_tell_more",), False),
        ("shes gonna go mad", ("escalation.afraid_to_tell",), False),
        ("ok i told her", ("escalation.told_them",), False),
        ("were going to a&e", ("escalation.going_to_be_seen",), False),
        ("will they section me", ("escalation.what_will_they_do",), False),
        ("i threw up", ("escalation.signs_of_danger",), False),
    ]


def test_what_to_say_to_her_mum_is_no_word_for_a_worried_friend_in_a_plan() -> None:
    chat = Chat()
    chat.says("ive taken loads of paracetamol", making_plan=True)
    chat.says("im downstairs w my mum now", making_plan=True)

    assert chat.says("what do i say", making_plan=True).before == (
        "escalation.how_to_tell",
    )


@pytest.mark.parametrize(
    ("crisis", "said", "answered"),
    [
        ("i want 2 end it", "do i wake her", "wake_them"),
        ("i want to die", "no but im not gonna do anything", "not_suicidal_heard"),
        ("i want to die", "what if i do it", "afraid_of_it"),
        ("i cut myself last night", "what if i do it again", "afraid_of_it"),
        ("i cut myself last night", "i dont want to stop", "does_not_want_to_stop"),
        ("i want to die", "how do i tell my mum", "how_to_tell"),
        ("i want to die", "will they have to report it", "must_they_report"),
        ("my stepdad hits me", "i dont want police", "calls_nobody_hurt"),
        ("my stepdad hits me", "what if he finds out", "angry_if_told"),
        ("my stepdad hits me", "he checks my phone", "phone_is_read"),
    ],
)
def test_what_could_be_no_line_is_answered_beside_a_plans_question(
    crisis: str, said: str, answered: str
) -> None:
    chat = Chat()
    chat.says(crisis, making_plan=True)
    turn = chat.says(said, making_plan=True)

    assert turn.before == (f"escalation.{answered}",)
    assert not turn.hands_on


@pytest.mark.parametrize(
    "line", ["i told my nan", "my nan is next door", "it helps", "talk to my nan"]
)
def test_what_may_be_a_line_is_left_to_the_plan(line: str) -> None:
    chat = Chat()
    chat.says("i want to die", making_plan=True)
    chat.says("im safe", making_plan=True)

    assert chat.says(line, making_plan=True).hands_on


def test_the_plans_question_comes_back_after_an_answer_that_asks_nothing() -> None:
    chat = Chat()
    chat.says("i want to die", making_plan=True)
    chat.says("im safe", making_plan=True)
    told = chat.says("how do i tell my mum", making_plan=True)
    afraid = chat.says("what if i do it", making_plan=True)

    assert told.starts_plan
    assert not afraid.starts_plan
    assert afraid.after == ("escalation.ask_safe",)


def test_im_at_home_mums_here_is_an_answer_to_are_you_safe_and_no_line() -> None:
    chat = Chat()
    chat.says("i want 2 end it", making_plan=True)
    turn = chat.says("im at home mums here", making_plan=True)
    hurt = Chat()
    hurt.says("my mum hits me", making_plan=True)

    assert turn.before == ("escalation.glad_safe_plan",)
    assert turn.starts_plan
    assert hurt.says("im at home mums here", making_plan=True).after == (
        "escalation.ask_safe",
    )
