"""The day after a crisis reply, told as conversations."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

import escalation.heard
from escalation.day_after import ASK_IF_SAFE, Aftercare, Turn
from escalation.heard import Heard, hear
from escalation.replies import REPLIES, first_key
from escalation.routes import SAY_FIRST, Screening
from tests.escalation.chats import TOP, Chat

ALWAYS = ("denial", "says_ok", "safe", "not_safe", "help_coming", "meant_it")
"""Kinds of answers that are heard whatever was asked."""
SMALL_TALK = ("what now", "its raining", "whats that", "and then what")
CASES = yaml.load(
    (Path(escalation.heard.__file__).parent / "aftercare.yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)


def test_the_routes_own_words_come_first_and_alone() -> None:
    turn = Chat().says("i want to die")
    assert turn.before == ("escalation.suicide",)
    assert not turn.hands_on
    assert turn.aftercare is not None


def test_someone_who_writes_nothing_of_the_kind_hears_nothing_of_it() -> None:
    assert Chat().says("what time do you open") == Turn()


@pytest.mark.parametrize("no", ["jk", "leave it", "i was joking", "forget it"])
def test_no_denial_closes_the_route(no: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    for _ in range(3):
        turn = chat.says(no)
        assert turn.before == ("escalation.offer_stays",)
        assert turn.aftercare is not None


def test_the_next_messages_bring_safe_someone_a_person_and_the_plan_in_turn() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.keys(*SMALL_TALK) == [
        ("escalation.ask_safe",),
        ("escalation.ask_someone",),
        ("escalation.offer_person",),
        ("escalation.offer_plan",),
    ]


def test_who_worries_about_a_friend_is_offered_a_person_and_then_asked_about_too() -> (
    None
):
    chat = Chat()
    chat.says("my friend says she wants to kill herself")
    assert chat.keys(*SMALL_TALK[:3]) == [
        ("escalation.offer_person",),
        ("escalation.ask_you_too",),
        (),
    ]


def test_then_the_offer_returns_gently_and_not_with_every_message() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.keys(*SMALL_TALK)
    later = chat.keys(*["whats on tv"] * 10)
    assert later.count(("escalation.gentle_return",)) == 2
    assert later[0] == ()


def test_a_no_after_crisis_words_said_again_is_for_what_they_asked() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    assert chat.care is not None
    chat.care = chat.care.gives_way(None)
    again = chat.says("i want to die")
    assert again.before == ("escalation.heard_again",)
    assert again.after == ("escalation.ask_someone",)
    assert chat.says("no").before == ("escalation.nobody_near",)


def test_after_an_hour_of_silence_the_offer_returns_at_once() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.keys(*SMALL_TALK)
    turn = chat.says("hello again", after=timedelta(hours=2))
    assert turn.after == ("escalation.gentle_return",)


def test_after_an_emergency_999_stays_on_top_until_they_say_they_are_safe() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    nobody = REPLIES["escalation.nobody_near"].texts["sms", "any"]
    assert chat.says("no").before == ("escalation.nobody_near",)
    assert nobody.startswith("Call 999")
    for text in ("no", "what", "whats on tv", "i want to die"):
        assert chat.says(text).before[0] == TOP
    assert chat.says("my mum is with me now").before == (
        "escalation.get_checked",
        "escalation.glad_safe",
    )
    assert TOP not in chat.says("whats on tv").before


@pytest.mark.parametrize("done", ["i took loads of paracetamol", "ive cut too deep"])
@pytest.mark.parametrize(
    "safe", ["im safe now", "yes im safe now", "someone is with me"]
)
def test_safe_after_an_emergency_is_heard_and_they_are_asked_to_get_checked(
    done: str, safe: str
) -> None:
    chat = Chat()
    chat.says(done)
    turn = chat.says(safe)
    assert turn.before == ("escalation.get_checked", "escalation.glad_safe")
    assert "escalation.get_checked" not in chat.says("im not safe").before


def test_who_is_there_is_not_asked_about_again_however_they_were_asked() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says("got my sis wiv me").before == ("escalation.glad_safe",)
    said = chat.keys(*SMALL_TALK)
    assert ("escalation.ask_someone",) not in said
    assert ("escalation.offer_person",) in said


def test_who_says_again_that_they_are_safe_does_not_get_the_same_words_again() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    assert chat.says("my sister is here").before == ("escalation.glad_again",)


def test_saying_they_are_not_safe_brings_999_back() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    chat.says("im safe now")
    assert chat.says("im not safe").before == ("escalation.not_safe",)
    assert chat.says("whats on tv").before == (TOP,)


def test_a_command_goes_through_with_the_offer_after_it() -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says("PLAN", is_command=True)
    assert turn.hands_on
    assert turn.after == ("escalation.offer_beside",)


def test_the_offer_is_not_said_word_for_word_under_two_commands_in_a_row() -> None:
    chat = Chat()
    chat.says("i want to die")
    said = [chat.says(word, is_command=True).after for word in ("PLAN", "WHO", "PLAN")]

    assert said == [("escalation.offer_beside",), (), ("escalation.offer_beside",)]


def test_a_bare_no_right_after_are_you_safe_is_not_taken_for_im_fine() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says("its raining").after == ("escalation.ask_safe",)

    assert chat.says("no").before == ("escalation.not_safe",)


@pytest.mark.parametrize("crisis", ["i want to die", "i cut myself", "he hits me"])
def test_a_bare_no_to_the_first_words_is_an_answer_and_said_again_closes_nothing(
    crisis: str,
) -> None:
    chat = Chat()
    chat.says(crisis)

    assert chat.keys("no", "no", "no", "no") == [
        ("escalation.not_safe",),
        ("escalation.nobody_near",),
        ("escalation.offer_stays",),
        ("escalation.offer_stays",),
    ]
    assert chat.care is not None


def test_a_bare_yes_after_a_command_is_no_answer_to_the_first_words() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("PERSON", timedelta(0), is_command=True)

    assert "escalation.glad_safe" not in chat.says("yes", timedelta(0)).before


def test_just_these_routes_ask_in_their_first_words_whether_somebody_is_safe() -> None:
    asking = tuple(
        route
        for route in SAY_FIRST
        if "Are you safe" in REPLIES[first_key(Screening(route))].texts["sms", "any"]
    )

    assert set(asking) == set(ASK_IF_SAFE)


def test_a_bare_yes_right_after_are_you_safe_is_the_answer() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("its raining")

    assert chat.says("yes").before == ("escalation.glad_safe",)
    assert chat.says("yes").hands_on


def test_a_wish_for_a_plan_is_remembered_and_older_rows_hold_none() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("make a plan", asks_for_plan=True)
    assert chat.care is not None
    row = chat.care.to_dict()

    assert Aftercare.from_dict(row) == chat.care
    del row["plan_next"], row["plan_begins"]
    assert not Aftercare.from_dict(row).plan_next


def test_a_bare_no_to_any_other_question_stays_a_no() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.keys("its raining", "what now")
    assert chat.says("and then what").after == ("escalation.offer_person",)

    assert chat.says("no").before == ("escalation.offer_stays",)


def test_the_card_words_bring_the_card() -> None:
    assert Chat().says("HELP").before == ("escalation.card",)


def test_the_same_thing_said_again_is_heard_without_the_same_long_text() -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says("i want to die")
    assert turn.before == ("escalation.heard_again",)
    assert turn.after == ("escalation.ask_safe",)
    again = chat.says("i want to die", after=timedelta(minutes=20))
    assert again.before == ("escalation.suicide",)


def test_an_emergency_always_gets_its_full_words() -> None:
    chat = Chat()
    for _ in range(3):
        turn = chat.says("ive took all my tablets")
        assert turn.before == ("escalation.emergency_now",)


def test_after_twenty_four_hours_it_is_over() -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says("hi", after=timedelta(hours=24))
    assert turn == Turn()


def test_what_is_kept_is_plain_json_and_holds_nothing_that_was_written() -> None:
    chat = Chat()
    chat.says("i want to die canaryphrase")
    chat.says("no canaryphrase")
    assert chat.care is not None
    stored = json.dumps(chat.care.to_dict())
    assert "canaryphrase" not in stored
    assert Aftercare.from_dict(json.loads(stored)) == chat.care


def test_a_broken_record_is_refused() -> None:
    with pytest.raises((KeyError, ValueError)):
        Aftercare.from_dict({"route": "wibble"})


def test_every_key_that_can_be_said_has_words() -> None:
    chat = Chat()
    chat.keys(
        "i want to die", "i want to die", "no", "what", "idk", "ok", "hmm", "HELP"
    )
    chat.keys("ive took all my tablets", "im not safe", "im safe now", *["hm"] * 9)
    said = {key for turn in chat.turns for key in turn.before + turn.after}
    assert said <= set(REPLIES)


IF_ASKED = {"yes_safe": Heard.SAFE, "no_not_safe": Heard.NOT_SAFE}


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in IF_ASKED for t in CASES[k]["must_match"]]
)
def test_a_bare_answer_is_one_only_when_it_was_asked_for(kind: str, text: str) -> None:
    assert hear(text, asked_if_safe=True) is IF_ASKED[kind]
    assert hear(text) is not IF_ASKED[kind]


@pytest.mark.parametrize(
    ("kind", "text"), [(k, t) for k in IF_ASKED for t in CASES[k]["must_not_match"]]
)
def test_a_longer_answer_is_no_bare_one(kind: str, text: str) -> None:
    assert hear(text, asked_if_safe=True) is not IF_ASKED[kind]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(k, t) for k in ALWAYS for t in CASES[k]["must_match"]],
)
def test_an_answer_is_heard_for_what_it_is(kind: str, text: str) -> None:
    assert hear(text).value == kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [(k, t) for k in ALWAYS for t in CASES[k]["must_not_match"]],
)
def test_an_answer_is_not_mistaken(kind: str, text: str) -> None:
    assert hear(text).value != kind


@pytest.mark.parametrize("said", ["im not safe", "i dont feel safe"])
def test_not_being_safe_is_answered_whether_it_was_asked_or_not(said: str) -> None:
    alone, asked = Chat(), Chat()
    assert alone.says(said).before[-1].startswith("escalation.")
    asked.says("i want to die")
    assert asked.says(said).before == ("escalation.not_safe",)
