"""In the thread with a worker: who is here, going back, someone else, the same one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foundations.ids import HandoverCaseId, OrganisationId
from storage.records import Owner
from tests.journeys.charities import another_charity, the_demo_charity
from tests.journeys.handrail import Desk, Handrail, Sms, WebChat
from tests.journeys.opening import Opens

WEDNESDAY_AT_TWO = (2026, 11, 25, 14)


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    opens = Opens(tmp_path)
    yield opens
    opens.close()


@pytest.fixture
def house(opens: Opens) -> Handrail:
    return opens(WEDNESDAY_AT_TWO, the_demo_charity(), another_charity())


@pytest.fixture(params=["sms", "web"])
def someone(request: pytest.FixtureRequest, house: Handrail) -> Sms | WebChat:
    return house.sms() if request.param == "sms" else house.web_chat()


def conversation_of(someone: Sms | WebChat) -> Any:
    if isinstance(someone, Sms):
        return someone.conversation()
    return someone.conversation


def last_said(handrail: Handrail, someone: Sms | WebChat) -> Any:
    conversation = conversation_of(someone)
    return handrail.record(lambda u: u.messages.after(conversation, None, 1000))[-1]


def owner(handrail: Handrail, someone: Sms | WebChat) -> Owner:
    conversation = conversation_of(someone)
    return handrail.record(lambda u: u.conversations.get(conversation).owner)


def case_of(handrail: Handrail, someone: Sms | WebChat) -> Any:
    conversation = conversation_of(someone)
    return handrail.record(lambda u: u.handovers.of_conversation(conversation)[0])


def claims(handrail: Handrail, someone: Sms | WebChat, desk: Desk) -> str:
    someone.asks_for_a_person()
    case = str(case_of(handrail, someone).id)
    desk.claims(case).raise_for_status()
    handrail.settled()
    return case


def test_they_are_told_who_is_here_and_that_it_is_a_person(
    house: Handrail, someone: Sms | WebChat
) -> None:
    claims(house, someone, house.desk())
    said = last_said(house, someone)

    assert said.key == "handover.claimed"
    for told in (
        "You are now talking to a person",
        "Sam is a support worker",
        "the demo charity",
    ):
        assert told in said.text
    assert "demo lead" not in said.text


def test_the_young_person_can_end_it_and_the_worker_cannot_write_any_more(
    house: Handrail, someone: Sms | WebChat
) -> None:
    desk = house.desk()
    case = claims(house, someone, desk)
    someone.young_person_says("bot")
    someone.was_sent("handover.left")
    late = desk.posts(f"/staff/cases/{case}/say", text="one more thing")
    someone.young_person_says("hello again")

    assert late.status_code >= 400
    assert owner(house, someone) is Owner.BOT
    someone.was_sent("fake.heard")


def test_someone_else_can_be_asked_for_without_saying_why(
    house: Handrail, someone: Sms | WebChat
) -> None:
    desk = house.desk()
    case = claims(house, someone, desk)
    someone.young_person_says("someone else")
    someone.was_sent("handover.someone_else")

    assert "They asked for someone else than you" in desk.was_told(case)
    assert owner(house, someone) is Owner.WAITING
    house.later(minutes=2)
    assert last_said(house, someone).key == "handover.still_waiting_first"


def test_the_same_worker_is_wanted_next_time_if_they_asked_for_that(
    house: Handrail, someone: Sms | WebChat
) -> None:
    desk = house.desk()
    case = claims(house, someone, desk)
    desk.hands_back(case)
    back = last_said(house, someone)
    someone.young_person_says("same person next time")
    someone.was_sent("handover.same_next_time")
    worker = case_of(house, someone).claimed_by
    someone.asks_for_a_person()

    assert "You are back with the bot" in back.text
    assert worker is not None
    assert case_of(house, someone).wanted == worker


def test_a_worker_who_steps_back_leaves_the_case_waiting_and_told(
    house: Handrail, someone: Sms | WebChat
) -> None:
    desk = house.desk()
    case = claims(house, someone, desk)
    desk.posts(f"/staff/cases/{case}/release").raise_for_status()
    house.settled()

    assert last_said(house, someone).key == "handover.released"
    house.later(minutes=10)
    assert last_said(house, someone).key == "handover.nobody_answered"


def test_another_organisation_gets_it_only_with_a_fresh_yes(
    house: Handrail, someone: Sms | WebChat
) -> None:
    desk = house.desk()
    case = HandoverCaseId(claims(house, someone, desk))
    before = case_of(house, someone)
    moves = house.house.handover.moves
    house.thread.do(
        house.house.database.write(
            lambda u: moves.ask_to_hand_on(
                u, u.handovers.get(case), OrganisationId("other")
            )
        )
    )
    house.settled()
    asked = last_said(house, someone)
    someone.young_person_says("ok i suppose")
    assert case_of(house, someone).id == case
    someone.young_person_says("SHARE")
    after = case_of(house, someone)

    assert asked.speaker.value == "staff"
    assert before.shared in asked.text
    assert (after.organisation, after.shared) == ("other", before.shared)
    assert owner(house, someone) is Owner.WAITING
    assert house.record(lambda u: u.handovers.get(case)).status.value == "closed"


def test_it_goes_on_after_a_restart_and_days_of_silence(
    opens: Opens, house: Handrail
) -> None:
    web = house.web_chat()
    case = claims(house, web, house.desk())
    conversation, token = web.conversation, web.token
    again = opens.again()
    again.later(days=3)
    returned = again.web_chat()
    returned.conversation, returned.token = conversation, token
    said = returned.young_person_says("sorry i went quiet")
    held = again.record(lambda u: u.handovers.get(HandoverCaseId(case)))

    assert said == []
    assert held.status.value == "claimed"
    assert last_said(again, returned).text == "sorry i went quiet"


def test_a_reply_after_it_ended_goes_to_the_bot_and_not_to_the_worker(
    house: Handrail, someone: Sms | WebChat
) -> None:
    desk = house.desk()
    case = claims(house, someone, desk)
    desk.hands_back(case)
    house.later(days=2)
    someone.young_person_says("thanks for the other day")

    someone.was_sent("fake.heard")
    assert "thanks for the other day" not in desk.reads(case)


def test_crisis_words_beside_a_worker_offer_no_worker_and_leave_the_rest_to_them(
    house: Handrail, someone: Sms | WebChat
) -> None:
    claims(house, someone, house.desk())
    someone.young_person_says("i want to die")
    said = last_said(house, someone)
    someone.young_person_says("no")

    assert said.key == "escalation.suicide"
    assert "999" in said.text
    assert "PERSON" not in said.text
    assert "PERSON" not in [choice.value for choice in said.choices]
    assert last_said(house, someone).text == "no"
