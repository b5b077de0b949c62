"""While a worker is waited for: what takes it back does, and what may not says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.charities import the_demo_charity, weekdays
from tests.journeys.conversations import YoungPerson, says
from tests.journeys.handrail import Desk, Handrail, WebChat
from tests.journeys.opening import Opens
from tests.journeys.readable_dialogue import ReadableDialogue

FRIDAY_AT_ELEVEN = (2026, 11, 27, 23)


@pytest.mark.parametrize(
    "said",
    [
        "dont send it",
        "i didnt mean to send it",
        "can you undo that",
        "i dont want them to see it",
        "i dont want this anymore",
        "cancel everything",
        "delete what i sent",
        "take it all back",
    ],
)
def test_a_plain_wish_to_have_it_back_is_done(
    someone: YoungPerson, desk: Desk, said: str
) -> None:
    someone.asks_for_a_person()
    assert len(desk.waiting()) == 1

    assert says(someone, said) == ["handover.withdrawn_unread"]
    assert desk.waiting() == []


@pytest.mark.parametrize("said", ["dont send it", "unsend it", "delete my request"])
def test_in_the_middle_of_a_plan_too_a_request_is_taken_back(
    dialogue: ReadableDialogue, web: WebChat, desk: Desk, said: str
) -> None:
    dialogue.away = True
    web.asks_for_a_person()
    says(web, "make a plan", "yes")

    assert says(web, said) == ["handover.withdrawn_unread"]
    assert desk.waiting() == []


def test_never_mind_is_told_that_the_request_still_stands(
    someone: YoungPerson, desk: Desk, dialogue: ReadableDialogue
) -> None:
    someone.asks_for_a_person()
    dialogue.key = "answers.never_mind"

    assert says(someone, "actually nah forget it") == ["handover.if_taken_back"]
    assert len(desk.waiting()) == 1
    says(someone, "UNSHARE")
    assert says(someone, "actually nah forget it") == ["answers.never_mind"]


@pytest.mark.parametrize(
    "said", ["what can they see", "do they know my name", "can they see my number"]
)
def test_what_they_see_is_what_was_shown(someone: YoungPerson, said: str) -> None:
    someone.asks_for_a_person()

    assert says(someone, said) == ["handover.who_and_when", "handover.change_sent"]


@pytest.mark.parametrize(
    "said", ["who can see it", "still here", "is anyone even coming", "still waitin"]
)
def test_who_sees_it_and_whether_anybody_comes_is_said_as_it_stands(
    someone: YoungPerson, said: str
) -> None:
    someone.asks_for_a_person()

    assert says(someone, said) == ["handover.who_and_when", "handover.still_in_line"]


@pytest.mark.parametrize(
    "said",
    ["can they still see it", "can she still see it", "did they read it", "is it gone"],
)
def test_once_it_is_taken_back_whether_anybody_sees_it_is_answered(
    someone: YoungPerson, desk: Desk, said: str
) -> None:
    someone.asks_for_a_person()
    assert says(someone, "UNSHARE", "how long", said) == ["handover.withdrawn_unread"]
    someone.asks_for_a_person()
    (case,) = desk.waiting()
    desk.claims(case).raise_for_status()
    desk.handrail.settled()

    assert says(someone, "UNSHARE", said) == ["handover.withdrawn"]


@pytest.fixture
def after_a_talk(someone: YoungPerson, desk: Desk) -> str:
    """A case whose worker has just handed it back."""
    someone.asks_for_a_person()
    (case,) = desk.waiting()
    desk.claims(case).raise_for_status()
    desk.hands_back(case)
    return case


def test_what_was_handed_back_is_still_seen_and_can_be_taken_back(
    someone: YoungPerson, desk: Desk, after_a_talk: str
) -> None:
    assert says(someone, "can they still see it") == ["handover.if_taken_back"]
    assert says(someone, "take it back") == ["handover.withdrawn"]
    assert says(someone, "can they still see it") == ["handover.withdrawn"]
    assert "was taken back" in desk.reads(after_a_talk)


def test_what_was_closed_is_seen_no_more(
    someone: YoungPerson, desk: Desk, after_a_talk: str
) -> None:
    desk.posts(f"/staff/cases/{after_a_talk}/close", outcome="talked")

    assert says(someone, "did they read it") == ["handover.over_already"]
    assert says(someone, "delete what i sent") == ["handover.over_already"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("someone else pls", "handover.someone_else"),
        ("can i have someone else", "handover.someone_else"),
        ("end this chat", "handover.left"),
        ("can i go back to the bot", "handover.left"),
        ("take it all back", "handover.withdrawn"),
    ],
)
def test_a_talk_ends_as_somebody_says_it(
    someone: YoungPerson, desk: Desk, said: str, told: str
) -> None:
    someone.asks_for_a_person()
    (case,) = desk.waiting()
    desk.claims(case).raise_for_status()
    desk.handrail.settled()

    assert says(someone, said) == [told]


def test_whats_my_data_needs_no_dialogue(
    someone: YoungPerson, dialogue: ReadableDialogue
) -> None:
    dialogue.away = True
    says(someone, "hello")

    assert says(someone, "whats my data") == ["own_data.kept"]
    assert says(someone, "forget me") == ["own_data.would_go"]


@pytest.fixture
def out_of_hours(tmp_path: Path) -> Iterator[Handrail]:
    opens = Opens(tmp_path)
    yield opens(FRIDAY_AT_ELEVEN, the_demo_charity(cover=weekdays()))
    opens.close()


@pytest.mark.parametrize("channel", ["sms", "web"])
def test_when_nobody_is_there_how_long_it_takes_counts_from_when_somebody_is(
    out_of_hours: Handrail, channel: str
) -> None:
    is_text = channel == "sms"
    someone = out_of_hours.sms() if is_text else out_of_hours.web_chat()
    says(someone, "PERSON", "yes", "yes", "how long will it take")
    asked = someone.was_sent("handover.who_and_when")
    says(someone, "show me so far", "SHARE", "how long")

    for told in (asked, someone.was_sent("handover.who_and_when")):
        assert "about 10 minutes, from 9am on Monday" in told
