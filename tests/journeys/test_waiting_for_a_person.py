"""Waiting is truthful: what is said when, whom staff alerts reach, and how it ends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from foundations.clock import in_london
from foundations.ids import OrganisationId
from handover import Organisation
from storage.records import OutboundState, Owner
from tests.journeys.charities import another_charity, the_demo_charity, weekdays
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.opening import Opens

WEDNESDAY_AT_TWO = (2026, 11, 25, 14)
SATURDAY_NIGHT = (2026, 11, 28, 23)
FIRST, SECOND, LEAD = "+447700900951", "+447700900952", "+447700900953"


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """Start a Handrail at a moment in London, with these organisations behind it."""
    opens = Opens(tmp_path)
    yield opens
    opens.close()


def heard(handrail: Handrail, someone: Sms | WebChat) -> list[str]:
    """The keys of everything said to somebody so far, oldest first."""
    conversation = (
        someone.conversation() if isinstance(someone, Sms) else someone.conversation
    )
    said = handrail.record(lambda u: u.messages.after(conversation, None, 1000))
    return [message.key for message in said if message.speaker != "young_person"]


def alerts(handrail: Handrail, number: str) -> list[str]:
    """The texts on a worker's phone."""
    return [text.body for text in handrail.stand_in.phone(number).texts]


def case_of(handrail: Handrail, someone: WebChat) -> Any:
    return handrail.record(
        lambda unit: unit.handovers.of_conversation(someone.conversation)[0]
    )


@pytest.mark.parametrize("channel", ["sms", "web"])
def test_the_truth_is_told_at_two_five_and_ten_minutes(
    opens: Opens, channel: str
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    someone = handrail.sms() if channel == "sms" else handrail.web_chat()
    someone.asks_for_a_person()
    told = [heard(handrail, someone)[-1]]
    for minutes in (2, 3, 5):
        handrail.later(minutes=minutes)
        told.append(heard(handrail, someone)[-1])

    assert told == [
        "handover.waiting",
        "handover.still_waiting_first",
        "handover.still_waiting",
        "handover.nobody_answered",
    ]


def test_staff_are_alerted_then_reminded_then_a_second_contact_then_the_lead(
    opens: Opens,
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    web.asks_for_a_person()
    handrail.settled()
    counted = []
    for minutes in (0, 2, 3, 5):
        handrail.later(minutes=minutes)
        counted.append([len(alerts(handrail, one)) for one in (FIRST, SECOND, LEAD)])

    assert counted == [[1, 0, 0], [2, 0, 0], [2, 1, 0], [2, 1, 1]]


def test_an_alert_holds_a_case_number_and_a_link_and_nothing_else(
    opens: Opens,
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    for said in ("PERSON", "yes", "my dad shouts", "show me so far", "SHARE"):
        web.young_person_says(said)
    handrail.later(seconds=1)
    case = case_of(handrail, web)
    (text,) = alerts(handrail, FIRST)

    assert text == (
        f"Handrail: case {case.number} is waiting for a person. "
        f"{handrail.address}/staff/cases/{case.id}"
    )


def test_nothing_more_is_said_and_nobody_alerted_once_a_worker_is_there(
    opens: Opens,
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    web.asks_for_a_person()
    handrail.later(minutes=1)
    handrail.desk().claims(case_of(handrail, web).id).raise_for_status()
    before = heard(handrail, web)
    handrail.later(days=5)

    assert before[-1] == "handover.claimed"
    assert heard(handrail, web) == before
    assert len(alerts(handrail, FIRST)) == 1
    assert alerts(handrail, LEAD) == []


def test_leaving_while_waiting_ends_everything_that_was_promised(
    opens: Opens,
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    web.asks_for_a_person()
    web.young_person_says("unshare")
    before = heard(handrail, web)
    handrail.later(days=2)

    assert before[-1] == "handover.withdrawn_unread"
    assert heard(handrail, web) == before


def test_waiting_survives_a_restart_in_the_middle(opens: Opens) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    web.asks_for_a_person()
    handrail.later(minutes=1)
    again = opens.again()
    again.later(minutes=1)

    assert heard(again, web)[-1] == "handover.still_waiting_first"
    again.later(minutes=8)
    assert heard(again, web)[-3:] == [
        "handover.still_waiting_first",
        "handover.still_waiting",
        "handover.nobody_answered",
    ]


def test_a_follow_up_has_a_time_and_is_tracked_until_it_ends(opens: Opens) -> None:
    handrail = opens(WEDNESDAY_AT_TWO, the_demo_charity(cover=weekdays()))
    web = handrail.web_chat()
    web.asks_for_a_person()
    handrail.later(minutes=10)
    promised = handrail.record(
        lambda u: u.due_work.to_do(web.conversation, "handover.follow_up")
    )
    (row,) = promised
    moment = in_london(row.due_at)

    assert (moment.weekday(), moment.hour, moment.minute) == (2, 15, 30)
    assert "3.30pm" in last_text(handrail, web)

    handrail.later(hours=2)
    assert heard(handrail, web)[-1] == "handover.follow_up"
    assert len(alerts(handrail, LEAD)) == 2
    handrail.later(days=7)

    assert heard(handrail, web)[-1] == "handover.follow_up_ends"
    assert case_of(handrail, web).shared is None
    owner = handrail.record(lambda u: u.conversations.get(web.conversation).owner)
    assert owner is Owner.BOT
    assert "ended without an answer" in alerts(handrail, LEAD)[-1]


def last_text(handrail: Handrail, web: WebChat) -> str:
    said = handrail.record(lambda u: u.messages.after(web.conversation, None, 1000))
    return str(said[-1].text)


def test_a_late_claim_is_still_a_claim(opens: Opens) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    web.asks_for_a_person()
    handrail.later(minutes=30)
    desk = handrail.desk()
    desk.claims(case_of(handrail, web).id).raise_for_status()
    handrail.later(days=3)

    assert heard(handrail, web)[-1] == "handover.claimed"


@pytest.mark.parametrize("channel", ["sms", "web"])
def test_out_of_hours_nobody_is_promised_and_cover_starting_is_told(
    opens: Opens, channel: str
) -> None:
    handrail = opens(SATURDAY_NIGHT, the_demo_charity(cover=weekdays()))
    someone = handrail.sms() if channel == "sms" else handrail.web_chat()
    someone.young_person_says("PERSON")
    first = someone.was_sent("handover.nobody_on_shift")
    for said in ("yes", "yes", "show me so far"):
        someone.young_person_says(said)
    preview = someone.was_sent("handover.preview")
    someone.young_person_says("SHARE")
    saved = someone.was_sent("handover.waiting_for_start")
    handrail.later(hours=30)

    assert "9am on Monday" in first
    assert "about 10 minutes, from 9am on Monday" in preview
    assert "9am on Monday" in saved
    assert alerts(handrail, FIRST) == []
    handrail.later(hours=4)
    assert "handover.cover_started" in heard(handrail, someone)
    assert alerts(handrail, FIRST) != []


def test_out_of_hours_it_can_be_left_alone(opens: Opens) -> None:
    handrail = opens(SATURDAY_NIGHT, the_demo_charity(cover=weekdays()))
    web = handrail.web_chat()
    web.young_person_says("PERSON")
    web.young_person_says("who is open now")
    handrail.later(days=3)

    assert heard(handrail, web)[-1].startswith("signposting.")


def test_a_bank_holiday_is_named_and_the_lead_is_told_before(opens: Opens) -> None:
    handrail = opens((2026, 12, 24, 8), the_demo_charity(cover=weekdays()))
    handrail.later(hours=26)
    web = handrail.web_chat()
    web.young_person_says("PERSON")
    told = web.was_sent("handover.nobody_on_a_holiday")

    assert "bank holiday" in told
    assert "9am on Tuesday" in told
    # Christmas Day, and the day in lieu of Boxing Day; New Year's Day is a week on.
    days = [text for text in alerts(handrail, LEAD) if "no cover" in text]
    assert len(days) >= 2


def test_hours_with_nobody_on_shift_are_said_and_told_to_the_lead(
    opens: Opens,
) -> None:
    cover = replace(weekdays(), shifts_count=True)
    handrail = opens(WEDNESDAY_AT_TWO, the_demo_charity(cover=cover))
    web = handrail.web_chat()
    web.young_person_says("PERSON")
    web.was_sent("handover.nobody_on_shift")
    handrail.settled()

    assert any("no cover" in text for text in alerts(handrail, LEAD))


def test_somebody_on_shift_is_cover_where_shifts_count(opens: Opens) -> None:
    cover = replace(weekdays(), shifts_count=True)
    handrail = opens(WEDNESDAY_AT_TWO, the_demo_charity(cover=cover))
    handrail.desk()
    members = handrail.record(lambda u: u.staff.of_organisation(OrganisationId("demo")))
    handrail.thread.do(
        handrail.house.database.write(
            lambda u: u.shifts.start(members[0].id, OrganisationId("demo"))
        )
    )
    web = handrail.web_chat()
    web.young_person_says("PERSON")

    web.was_sent("handover.ask_reach")


def asks_both(web: WebChat, also: str) -> None:
    for said in ("PERSON", "yes", "exams", "skip", "skip"):
        web.young_person_says(said)
    web.was_sent("handover.ask_also")
    web.young_person_says(also)
    web.was_sent("handover.preview")
    web.young_person_says("SHARE")


def two_charities() -> tuple[Organisation, Organisation]:
    return the_demo_charity(next=OrganisationId("other")), another_charity()


def test_nobody_answering_moves_it_on_to_the_next_organisation_that_was_agreed(
    opens: Opens,
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO, *two_charities())
    web = handrail.web_chat()
    asks_both(web, "yes")
    first = case_of(handrail, web)
    handrail.later(minutes=10)
    second = case_of(handrail, web)

    assert heard(handrail, web)[-1] == "handover.moved_on"
    assert second.organisation == "other"
    assert second.shared == first.shared
    old = handrail.record(lambda u: u.handovers.get(first.id))
    assert (old.status.value, old.shared) == ("unanswered", None)
    handrail.later(minutes=10)
    assert heard(handrail, web)[-1] == "handover.nobody_answered"


def test_it_does_not_move_on_to_an_organisation_that_was_not_agreed_to(
    opens: Opens,
) -> None:
    handrail = opens(WEDNESDAY_AT_TWO, *two_charities())
    web = handrail.web_chat()
    asks_both(web, "no")
    handrail.later(minutes=10)

    assert heard(handrail, web)[-1] == "handover.nobody_answered"
    assert case_of(handrail, web).organisation == "demo"


def test_an_alert_that_fails_goes_by_the_next_way_within_half_a_minute(
    opens: Opens,
) -> None:
    from handover.on_call import Address, OnCall, OnCallContact, Place, Way

    # A number nobody may text, then one that works.
    ways = (Address(Way.SMS, "+441632960001"), Address(Way.SMS, FIRST))
    contact = OnCallContact("worker on shift", ways)
    chain = OnCall(dict.fromkeys(Place, (contact,)))
    handrail = opens(WEDNESDAY_AT_TWO, the_demo_charity(on_call=chain))
    web = handrail.web_chat()
    web.asks_for_a_person()
    handrail.later(seconds=30)
    case = case_of(handrail, web)
    raised = handrail.record(lambda u: u.alerts.of_case(case.id))

    assert len(alerts(handrail, FIRST)) == 1
    assert raised[0].state is OutboundState.UNDELIVERABLE
    assert raised[1].raised_at - raised[0].raised_at <= timedelta(seconds=30)


def test_an_asking_that_was_left_is_forgotten_after_a_day(opens: Opens) -> None:
    handrail = opens(WEDNESDAY_AT_TWO)
    web = handrail.web_chat()
    for said in ("PERSON", "yes", "my dad shouts", "show me so far"):
        web.young_person_says(said)
    handrail.later(hours=23)
    still = handrail.record(lambda u: u.askings.get(web.conversation))
    handrail.later(hours=2)
    web.young_person_says("SHARE")

    assert still is not None
    assert handrail.record(lambda u: u.askings.get(web.conversation)) is None
    web.was_sent("handover.nothing_to_share")
