"""How a talk ends or turns at the desk, and what each side is told of it."""

import httpx
import pytest

from storage.records import Owner
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.conftest import HARBOUR, agreed
from tests.staff.people import StaffBrowser, asks, claims, joined, reads
from tests.staff.test_staff_cases import member
from tests.storage.keeping import Watch


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


def inbox(worker: StaffBrowser) -> str:
    return worker.http.get("/staff/inbox").text


def status(handrail: Handrail, case: str) -> str:
    return str(handrail.record(lambda u: u.handovers.get(case)).status.value)


def test_after_one_stop_a_worker_is_announced_and_what_they_write_arrives(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms = handrail.sms()
    case = asks(handrail, sms)
    sms.young_person_says("STOP")
    claims(robin, case)
    handrail.settled()
    announced = sms.texts[-1]
    sms.young_person_says("hi are you there")
    page = reads(robin, case)
    said = robin.posts(f"/staff/cases/{case}/say", text="I am here.")
    handrail.settled()

    assert "You are now talking to a person" in announced
    assert "has texted STOP" not in page
    assert said.status_code == 303
    assert sms.texts[-1].endswith("I am here.")


def test_no_person_is_announced_to_a_phone_that_no_text_would_reach(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms = handrail.sms()
    case = asks(handrail, sms)
    sms.young_person_says("STOP")
    sms.young_person_says("STOP")
    texts = len(sms.texts)
    listed = inbox(robin)
    claims(robin, case)
    handrail.settled()

    assert "Texts do not reach this phone" in listed
    assert f"/staff/cases/{case}/claim" not in listed
    assert "can be claimed as soon as the phone texts START" in reads(robin, case)
    assert (status(handrail, case), len(sms.texts)) == ("waiting", texts)
    sms.young_person_says("START")
    claims(robin, case)
    assert status(handrail, case) == "claimed"


def test_a_phone_that_the_network_refuses_is_left_to_the_bot(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms = handrail.sms()
    case = asks(handrail, sms)
    handrail.stand_in.behaviour.refused[sms.number] = "21610"
    sms.young_person_says("hello")
    claims(robin, case)
    conversation = sms.conversation()
    here = handrail.record(lambda u: u.conversations.get(conversation))

    assert "Texts do not reach this phone" in inbox(robin)
    assert here.owner is Owner.WAITING


def test_whom_they_asked_away_from_is_told_and_is_not_led_to_claim_again(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    alex = joined(handrail, name="Alex Example")
    claims(robin, case)
    web.young_person_says("someone else")
    page, listed = reads(robin, case), inbox(robin)
    claims(robin, case)

    assert "They asked for someone else." in page
    assert "Claim all the same" in page
    assert "They asked for someone else than you" in listed
    assert f"/staff/cases/{case}/claim" not in listed
    assert status(handrail, case) == "waiting"
    assert "They asked for someone else than Robin Example" in inbox(alex)
    claims(alex, case)
    assert status(handrail, case) == "claimed"


def test_who_is_alone_on_shift_may_claim_again_knowing_it(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("someone else")
    robin.posts(f"/staff/cases/{case}/claim", all_the_same="yes")

    assert status(handrail, case) == "claimed"


def test_a_worker_sees_that_the_young_person_left_and_says_what_was_done(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("bot")
    page, listed = reads(robin, case), inbox(robin)
    closed = robin.posts(f"/staff/cases/{case}/close", outcome="talked")

    web.was_sent("handover.left")
    assert "The young person went back to the bot" in page
    assert "What was done" in page
    assert "They went back to the bot. Say what was done." in listed
    assert closed.status_code == 303
    assert "Still to be closed" not in inbox(robin)
    assert "that was what was needed" in robin.http.get("/staff/done").text
    again = robin.posts(f"/staff/cases/{case}/close", outcome="talked")
    assert again.status_code == 404


def test_a_case_that_went_on_elsewhere_with_their_yes_has_nothing_left_to_close(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    agreed(handrail, HARBOUR)
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    robin.posts(f"/staff/cases/{case}/ask-about", organisation=HARBOUR)
    web.young_person_says("SHARE")

    assert "Still to be closed" not in inbox(robin)
    assert "Passed on to another organisation" in robin.http.get("/staff/done").text


def test_what_was_handed_back_stays_in_sight_until_it_is_closed(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("i want to die")
    robin.posts(f"/staff/cases/{case}/hand-back")
    alex = joined(handrail, name="Alex Example")
    done, listed = robin.http.get("/staff/done").text, inbox(robin)

    assert "You handed it back. Say what was done." in listed
    assert "Crisis message sent at" in listed
    assert "Crisis message sent at" in done
    assert "has still to close the case" in reads(alex, case)
    assert "this case is over" not in reads(alex, case)


def test_a_case_that_waits_again_says_who_handed_it_on_and_that_crisis_words_went_out(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    joined(handrail, name="Alex Example")
    claims(robin, case)
    web.young_person_says("i want to die")
    robin.posts(f"/staff/cases/{case}/hand-on", colleague=member(handrail, "Alex"))
    page = reads(robin, case)

    assert "You handed it on to Alex Example" in page
    assert "They asked for" not in page
    assert "Handrail sent its crisis message at" in page


def test_after_a_hand_on_each_line_says_which_worker_wrote_it(
    handrail: Handrail, robin: StaffBrowser, watch: Watch
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    alex = joined(handrail, name="Alex Example")
    claims(robin, case)
    robin.posts(f"/staff/cases/{case}/say", text="hello from the first")
    robin.posts(f"/staff/cases/{case}/hand-on", colleague=member(handrail, "Alex"))
    claims(alex, case)
    watch.move(minutes=1)
    alex.posts(f"/staff/cases/{case}/say", text="hello from the second")
    page = reads(alex, case)

    assert page.index("<small>Robin Example,") < page.index("hello from the first")
    assert page.index("<small>Alex Example,") < page.index("hello from the second")


def test_mine_that_nobody_answered_yet_are_marked(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    before = inbox(robin)
    robin.posts(f"/staff/cases/{case}/say", text="hello")

    assert "Not answered yet" in before
    assert "Not answered yet" not in inbox(robin)


def test_an_old_claim_of_what_was_taken_back_says_so_and_names_no_colleague(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    web.young_person_says("UNSHARE")
    claim = claims(robin, case)
    led_to = robin.http.get(claim.headers["location"])

    assert "was taken back" in led_to.text
    assert "Somebody else" not in led_to.text


def test_nothing_at_the_desk_is_a_white_page(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    page = f"/staff/cases/{case}"
    by_hand = robin.http.get(f"{page}/claim")
    claims(robin, case)
    spaces = robin.posts(f"{page}/say", text="   ")
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")

    assert "Waiting under a minute" in by_hand.text
    assert (spaces.status_code, spaces.headers["location"]) == (303, f"{page}#latest")
    assert "Nothing to show here" in lead.http.get("/staff/nonsense").text
    stranger = httpx.get(f"{handrail.address}/staff/nonsense", trust_env=False)
    assert "Sign in" in stranger.text


def test_how_many_wait_is_told_to_every_page_of_the_desk(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    asks(handrail, handrail.web_chat())

    assert 'data-count="/staff/inbox/waiting"' in robin.http.get("/staff/account").text
    assert robin.http.get("/staff/inbox/waiting").text == "1"


@pytest.mark.parametrize(
    "going", ["shift/off", "sign-out", "account/sign-out-everywhere"]
)
def test_who_goes_while_talking_with_somebody_is_asked_and_puts_them_back_at_once(
    handrail: Handrail, robin: StaffBrowser, going: str
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    asked = robin.posts(f"/staff/{going}")
    held = status(handrail, case)
    robin.posts(f"/staff/{going}", put_back="yes")

    assert "you still hold a conversation" in asked.text
    assert held == "claimed"
    assert robin.is_in() == (going == "shift/off")
    assert status(handrail, case) == "waiting"
    assert web.missed()[-1]["key"] == "handover.released"


def test_who_goes_off_shift_may_finish_a_talk(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    robin.posts("/staff/shift/on")
    claims(robin, case)
    robin.posts("/staff/shift/off", keep="yes")

    assert status(handrail, case) == "claimed"
    assert "Off shift" in inbox(robin)
