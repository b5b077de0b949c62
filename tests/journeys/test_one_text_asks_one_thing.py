"""In the day after crisis words a question that was called for stands alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from foundations.gsm7 import segments
from foundations.saying import Choice, Reply
from gateway.texting.one_text import text_body, without_invitation
from tests.journeys.clocks import StillClock
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=StillClock(NOON))
    yield running
    stop(running)


@pytest.fixture
def robin(handrail: Handrail, sms: Sms) -> Sms:
    """Someone who wrote of dying a while ago, and was asked who could be near."""
    sms.young_person_says("i want to die")
    handrail.clock.now += timedelta(minutes=15)
    sms.young_person_says("what is this")
    sms.was_sent("escalation.ask_safe")
    sms.young_person_says("im safe right now")
    return sms


def test_delete_asks_alone_in_two_segments(robin: Sms) -> None:
    robin.young_person_says("DELETE")

    assert heard_by(robin) == ["own_data.would_go"]
    assert segments(robin.texts[-1]) <= 2


def test_a_no_to_delete_is_no_word_about_who_is_near(robin: Sms) -> None:
    robin.young_person_says("what")
    robin.was_sent("escalation.ask_someone")
    robin.young_person_says("DELETE")
    robin.young_person_says("no")

    assert heard_by(robin) == ["own_data.all_kept"]
    robin.young_person_says("hm")
    assert any(said.startswith("escalation.") for said in heard_by(robin))


def test_what_gave_way_is_asked_with_the_next_message(robin: Sms) -> None:
    robin.young_person_says("can you delete all my stuff")
    assert heard_by(robin) == ["own_data.would_go"]
    robin.young_person_says("what")

    robin.was_sent("escalation.ask_someone")


def test_asking_for_a_person_asks_alone_and_takes_a_no(robin: Sms) -> None:
    robin.young_person_says("PERSON")
    assert heard_by(robin) == ["handover.ask_reach"]
    robin.young_person_says("no")

    assert heard_by(robin)[0] == "handover.no_way_to_reach"
    assert "escalation.nobody_near" not in heard_by(robin)


def test_a_no_while_a_plan_is_read_back_is_for_the_plan(robin: Sms) -> None:
    for said in ("make a plan", "yes", "loud music", "say it again"):
        robin.young_person_says(said)
    assert heard_by(robin)[0] == "plan.check"
    robin.young_person_says("no")

    assert heard_by(robin)[:2] == ["plan.put_right", "plan.check"]


def test_im_not_safe_is_heard_whatever_was_asked(robin: Sms) -> None:
    robin.young_person_says("DELETE")
    robin.young_person_says("im not safe")

    robin.was_sent("escalation.not_safe")


@pytest.mark.parametrize("first", ["make a plan", "can u make me a safety plan"])
def test_the_very_first_text_says_what_this_is_and_asks_in_two_segments(
    sms: Sms, first: str
) -> None:
    sms.young_person_says(first)

    assert heard_by(sms) == ["welcome.sms_before_plan", "plan.permission"]
    (text,) = sms.texts
    assert segments(text) <= 2
    for told in ("a bot", "NOW", "I keep it", "Nobody else sees it", "delete"):
        assert told in text


def test_a_first_what_is_this_is_answered_by_the_greeting(sms: Sms) -> None:
    sms.young_person_says("whats this")

    assert heard_by(sms)[0] == "welcome.sms"
    assert segments(sms.texts[0]) <= 2


def test_who_is_open_comes_with_its_numbers_and_the_question_another_time(
    robin: Sms,
) -> None:
    robin.young_person_says("who is open")
    assert not any(key.startswith("escalation.") for key in heard_by(robin))
    robin.young_person_says("1")
    assert heard_by(robin)[0] == "signposting.what_to_expect"

    robin.young_person_says("hm")
    robin.was_sent("escalation.ask_someone")


def test_a_no_to_a_worker_brings_no_worker_in_the_same_breath(robin: Sms) -> None:
    robin.young_person_says("what")
    robin.young_person_says("not right now")
    robin.young_person_says("PERSON")
    robin.young_person_says("no wait dont")

    assert heard_by(robin) == ["handover.declined", "escalation.numbers_stay"]
    assert "116 123" in robin.texts[-1]
    assert "PERSON" not in robin.texts[-1]


def test_nothing_is_said_of_choices_that_gave_way_to_a_question(robin: Sms) -> None:
    robin.young_person_says("asdfghjkl")
    heard = heard_by(robin)
    assert "escalation.ask_someone" in heard
    text = robin.texts[-1]

    assert text.count("?") == 1
    assert "pick one" not in text.lower()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (
            "That's OK. You don't have to know. Which is closest?",
            "That's OK. You don't have to know.",
        ),
        ("OK, got that. Pick one of these.", "OK, got that."),
        ("Wipe it, or keep it?", "Wipe it, or keep it?"),
        ("Nothing was shared.", "Nothing was shared."),
    ],
)
def test_an_invitation_is_left_out_and_what_was_said_stays(
    said: str, left: str
) -> None:
    assert without_invitation(said) == left


@pytest.mark.parametrize("said", ["i cut myself again", "i want to die"])
def test_are_you_safe_comes_with_its_two_answers(sms: Sms, said: str) -> None:
    sms.young_person_says(said)
    text = sms.texts[-1]

    assert "Are you safe right now?\n1 I'm safe right now\n2 I'm not safe" in text
    assert segments(text) <= 2


def test_a_number_means_nothing_where_no_list_was_shown(sms: Sms) -> None:
    sms.young_person_says("ive taken all my tablets")
    assert "\n1 " not in sms.texts[-1]
    sms.young_person_says("1")

    assert not any("glad" in key or "checked" in key for key in heard_by(sms))
    sms.young_person_says("hm")
    sms.was_sent("escalation.top_999")


def test_a_list_stands_right_below_what_speaks_of_it() -> None:
    answers = (
        Reply("services", "Reply a number:", (Choice("Shout", "more about shout"),)),
        Reply("question", "What helps you?", (Choice("Skip", "skip"),)),
    )

    assert text_body(answers).splitlines() == [
        "Reply a number:",
        "1 Shout",
        "",
        "What helps you?",
        "2 Skip",
    ]


def test_two_answers_that_offer_the_same_thing_offer_it_once() -> None:
    answers = (
        Reply("one", "I'm a bot.", (Choice("Talk to a person", "a person"),)),
        Reply(
            "other",
            "A worker can talk with you.",
            (Choice("Talk to a person", "PERSON"), Choice("Open my plan", "PLAN")),
        ),
    )

    assert text_body(answers).splitlines()[-2:] == [
        "1 Talk to a person",
        "2 Open my plan",
    ]


def test_nothing_is_said_to_wait_for_an_answer_where_they_are_asked_if_they_are_safe(
    handrail: Handrail, sms: Sms, dialogue: ReadableDialogue
) -> None:
    dialogue.away, dialogue.key = False, "answers.nothing_to_skip"
    sms.young_person_says("i want to die")
    handrail.clock.now += timedelta(minutes=15)
    sms.young_person_says("rather not say")

    assert heard_by(sms) == ["escalation.ask_safe"]
