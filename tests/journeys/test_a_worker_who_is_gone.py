"""A worker claims, and then is not there: nobody who wrote is left in silence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foundations.ids import HandoverCaseId
from storage.records import Owner
from tests.journeys.charities import the_demo_charity, weekdays
from tests.journeys.handrail import Desk, Handrail, Sms, WebChat
from tests.journeys.opening import Opens

WEDNESDAY_AT_TWO = (2026, 11, 25, 14)
FIRST = "+447700900951"


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    opens = Opens(tmp_path)
    yield opens
    opens.close()


@pytest.fixture
def house(opens: Opens) -> Handrail:
    return opens(WEDNESDAY_AT_TWO)


def conversation_of(someone: Sms | WebChat) -> Any:
    if isinstance(someone, Sms):
        return someone.conversation()
    return someone.conversation


def heard(handrail: Handrail, someone: Sms | WebChat) -> list[str]:
    """The keys of everything said to somebody so far, oldest first."""
    conversation = conversation_of(someone)
    said = handrail.record(lambda u: u.messages.after(conversation, None, 1000))
    return [message.key for message in said if message.speaker != "young_person"]


def case_of(handrail: Handrail, someone: Sms | WebChat) -> Any:
    conversation = conversation_of(someone)
    return handrail.record(lambda u: u.handovers.of_conversation(conversation)[0])


def owner(handrail: Handrail, someone: Sms | WebChat) -> Owner:
    conversation = conversation_of(someone)
    return handrail.record(lambda u: u.conversations.get(conversation).owner)


def alerts(handrail: Handrail) -> list[str]:
    """The texts on the phone of the first on call."""
    return [text.body for text in handrail.stand_in.phone(FIRST).texts]


def claims(handrail: Handrail, someone: Sms | WebChat, desk: Desk) -> str:
    someone.asks_for_a_person()
    case = str(case_of(handrail, someone).id)
    desk.claims(case).raise_for_status()
    handrail.settled()
    return case


def signed_out(handrail: Handrail, someone: Sms | WebChat) -> None:
    """Let the holder's sign-in end by itself, as after a quarter of an hour away."""
    holder = case_of(handrail, someone).claimed_by
    write = handrail.house.database.write
    handrail.thread.do(write(lambda u: u.sessions.end_all(holder)))


@pytest.mark.parametrize("channel", ["sms", "web"])
def test_a_worker_whose_sign_in_ended_is_said_to_be_gone_and_the_case_waits_again(
    house: Handrail, channel: str
) -> None:
    someone = house.sms() if channel == "sms" else house.web_chat()
    desk = house.desk()
    case = claims(house, someone, desk)
    worker = case_of(house, someone).claimed_by
    signed_out(house, someone)
    someone.young_person_says("are you there")
    assert owner(house, someone) is Owner.STAFF
    house.later(minutes=2)
    now = case_of(house, someone)

    assert heard(house, someone)[-1] == "handover.away"
    assert owner(house, someone) is Owner.WAITING
    assert (now.id, now.status.value, now.wanted) == (case, "waiting", worker)
    assert "is waiting for a person" in alerts(house)[-1]
    someone.young_person_says("hello bot")
    someone.was_sent("fake.heard")
    house.later(minutes=2)
    assert heard(house, someone)[-1] == "handover.still_waiting_first"
    house.desk().claims(case).raise_for_status()
    assert owner(house, someone) is Owner.STAFF


def test_a_worker_who_stopped_looking_is_told_first_and_then_it_waits_again(
    house: Handrail,
) -> None:
    web, desk = house.web_chat(), house.desk()
    claims(house, web, desk)
    house.later(minutes=4)
    web.young_person_says("are you there")
    before = len(alerts(house))
    house.later(minutes=2)
    told = alerts(house)[before:]

    assert len(told) == 1
    assert "somebody wrote and nobody has answered" in told[0]
    assert "are you there" not in told[0]
    assert owner(house, web) is Owner.STAFF
    house.later(minutes=8)
    assert heard(house, web)[-1] == "handover.away"
    assert owner(house, web) is Owner.WAITING


def test_a_worker_who_is_at_the_desk_may_take_their_time(house: Handrail) -> None:
    web, desk = house.web_chat(), house.desk()
    case = claims(house, web, desk)
    web.young_person_says("can i think about it")
    before = heard(house, web), alerts(house)
    for _ in range(10):
        house.later(minutes=3)
        desk.reads(case)

    assert (heard(house, web), alerts(house)) == before
    assert owner(house, web) is Owner.STAFF


def test_an_answer_ends_the_looking(house: Handrail) -> None:
    web, desk = house.web_chat(), house.desk()
    case = claims(house, web, desk)
    web.young_person_says("are you there")
    desk.says(case, "I am. Take your time.")
    before = heard(house, web), alerts(house)
    house.later(days=1)

    assert (heard(house, web), alerts(house)) == before
    assert owner(house, web) is Owner.STAFF
    web.young_person_says("still there")
    house.later(minutes=2)
    assert heard(house, web)[-1] == "handover.away"


def test_at_night_they_are_told_when_somebody_is_back(opens: Opens) -> None:
    handrail = opens(WEDNESDAY_AT_TWO, the_demo_charity(cover=weekdays()))
    sms, desk = handrail.sms(), handrail.desk()
    case = claims(handrail, sms, desk)
    desk.says(case, "I go home now. I am back tomorrow.")
    handrail.later(hours=12)
    sms.young_person_says("cant sleep")
    before = len(alerts(handrail))
    handrail.later(minutes=2)

    assert heard(handrail, sms)[-1] == "handover.away_until"
    assert "at 9am, when they're on again" in sms.texts[-1]
    assert len(alerts(handrail)) == before, "nobody is woken out of hours"
    handrail.later(hours=7)
    assert "handover.cover_started" in heard(handrail, sms)
    assert len(alerts(handrail)) > before


def test_crisis_words_go_out_at_once_and_the_rest_follows(house: Handrail) -> None:
    web, desk = house.web_chat(), house.desk()
    claims(house, web, desk)
    signed_out(house, web)
    web.young_person_says("i want to die")
    web.was_sent("escalation.suicide")
    house.later(minutes=2)

    assert heard(house, web)[-1] == "handover.away"


def test_a_restart_in_between_forgets_nobody(opens: Opens, house: Handrail) -> None:
    web, desk = house.web_chat(), house.desk()
    case = claims(house, web, desk)
    signed_out(house, web)
    web.young_person_says("are you there")
    again = opens.again()
    again.later(minutes=2)
    now = again.record(lambda u: u.handovers.get(HandoverCaseId(case)))

    assert now.status.value == "waiting"


def test_leaving_first_ends_the_looking(house: Handrail) -> None:
    web, desk = house.web_chat(), house.desk()
    claims(house, web, desk)
    signed_out(house, web)
    web.young_person_says("are you there")
    web.young_person_says("bot")
    before = heard(house, web)
    house.later(days=1)

    assert heard(house, web) == before
