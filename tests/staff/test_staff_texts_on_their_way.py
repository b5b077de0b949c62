"""What a worker is told of texts that did not arrive, or not yet."""

import re
from datetime import timedelta

import pytest

from tests.journeys.handrail import Handrail, Sms
from tests.staff.people import StaffBrowser, asks, claims, joined, reads
from tests.storage.keeping import Watch

OFF = "30003"
"""The phone is off or has no signal: the text is tried again."""

UNKNOWN_NUMBER = "30005"


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


def held(handrail: Handrail, robin: StaffBrowser) -> tuple[Sms, str]:
    """Let somebody with a phone be talking with Robin; give them and their case."""
    sms = handrail.sms()
    case = asks(handrail, sms)
    claims(robin, case)
    handrail.settled()
    return sms, case


def line_with(page: str, words: str) -> str:
    """Give what stands above a line of the thread."""
    lines = re.findall(r"<small>(.*?)</small>\s*<p>(.*?)</p>", page)
    return next(above for above, said in lines if words in said)


def delivery_on(page: str) -> str:
    """Give what a page says to the gateway of the deliveries that it shows."""
    found = re.search(r'data-delivery="([^"]+)"', page)
    return found[1] if found else ""


def looks(robin: StaffBrowser, case: str, page: str) -> int:
    """Look for news as an open page does; give the status of the answer."""
    seen = re.findall(r'data-line="([^"]+)"', page)[-1]
    asked = {"fragment": "1", "seen": seen, "delivery": delivery_on(page)}
    return robin.http.get(f"/staff/cases/{case}/thread", params=asked).status_code


def test_a_text_that_is_tried_again_is_not_shown_as_one_that_arrived(
    handrail: Handrail, robin: StaffBrowser, watch: Watch
) -> None:
    sms, case = held(handrail, robin)
    handrail.stand_in.behaviour.undelivered[sms.number] = OFF
    robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    handrail.settled()
    waits = reads(robin, case)
    handrail.stand_in.behaviour.undelivered.clear()
    watch.move(minutes=10)
    handrail.thread.do(handrail.house.outbox.do_round())
    handrail.settled()
    arrived = reads(robin, case)

    assert "Not delivered yet, trying again" in line_with(waits, "still there")
    assert "A text has not arrived yet" in waits
    assert "Not delivered" not in line_with(arrived, "still there")
    assert "A text has not arrived yet" not in arrived


def test_crisis_words_that_did_not_arrive_are_marked_as_lost(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms, case = held(handrail, robin)
    handrail.stand_in.behaviour.undelivered[sms.number] = UNKNOWN_NUMBER
    sms.young_person_says("i want to die")
    handrail.settled()
    lines = re.findall(r"<small>(.*?)</small>", reads(robin, case))

    assert [one for one in lines if one.endswith("sent by itself. Not delivered")]


def test_a_text_that_waits_for_hours_they_chose_says_so(
    handrail: Handrail, watch: Watch
) -> None:
    tomorrow = watch.now + timedelta(days=1)
    watch.now = tomorrow.replace(hour=12, minute=0)
    robin = joined(handrail)
    handrail.sms().young_person_says("only text me between 4pm and 6pm")
    _, case = held(handrail, robin)
    watch.move(minutes=16)
    robin.signs_in()
    robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    handrail.settled()
    page = reads(robin, case)

    assert "Waits for the hours they chose for texts" in line_with(page, "still there")


def test_nobody_is_told_to_ask_somebody_whom_no_text_reaches(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms, case = held(handrail, robin)
    sms.young_person_says("i want to die")
    before = reads(robin, case)
    sms.young_person_says("STOP")
    sms.young_person_says("STOP")
    stopped = reads(robin, case)

    assert "Ask them directly how they are" in before
    assert "Ask them directly how they are" not in stopped
    assert "You cannot ask them here. Follow" in stopped


def test_an_open_page_is_told_that_a_text_has_not_arrived(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms, case = held(handrail, robin)
    robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    handrail.settled()
    page = reads(robin, case)
    handrail.stand_in.behaviour.undelivered[sms.number] = OFF
    robin.posts(f"/staff/cases/{case}/say", text="Take your time.")
    handrail.settled()

    assert looks(robin, case, page) == 205


def test_an_open_page_is_told_of_a_second_stop_and_of_a_start(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms, case = held(handrail, robin)
    robin.posts(f"/staff/cases/{case}/say", text="Are you still there?")
    open_page = reads(robin, case)
    sms.young_person_says("STOP")
    once = looks(robin, case, open_page)
    sms.young_person_says("STOP")
    twice = looks(robin, case, open_page)
    stopped = reads(robin, case)
    sms.young_person_says("START")

    assert (once, twice) == (200, 205)
    assert looks(robin, case, stopped) == 205
