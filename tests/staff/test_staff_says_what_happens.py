"""What a press will do is said before it, and what it did is said once after it."""

import csv
import io
from datetime import timedelta

import pytest

from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.people import PASSWORD, StaffBrowser, asks, claims, joined, reads
from tests.staff.test_staff_cases import member
from tests.storage.keeping import Watch


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


@pytest.fixture
def sam(handrail: Handrail) -> StaffBrowser:
    return joined(handrail, StaffRole.LEAD, name="Sam Example")


def follows(worker: StaffBrowser, path: str, **fields: str) -> str:
    """Send a form and give the page that it leads to."""
    return worker.http.get(worker.posts(path, **fields).headers["location"]).text


def test_after_a_case_is_given_away_the_inbox_says_what_became_of_it(
    handrail: Handrail, robin: StaffBrowser, sam: StaffBrowser
) -> None:
    cases = [asks(handrail, handrail.web_chat()) for _ in range(3)]
    for case in cases:
        claims(robin, case)
    page = "/staff/cases/{}/{}".format
    on = follows(robin, page(cases[0], "hand-on"), colleague=member(handrail, "Sam"))
    back = follows(robin, page(cases[1], "release"))
    closed = follows(robin, page(cases[2], "close"), outcome="talked")

    assert "The case is handed on." in on
    assert "The case waits again." in back
    assert "The case is closed." in closed
    assert "data-done" not in robin.http.get("/staff/inbox").text
    assert "data-done" not in robin.http.get("/staff/inbox?done=<b>").text


def test_a_lead_reads_what_it_does_before_taking_a_case_from_a_colleague(
    handrail: Handrail, robin: StaffBrowser, sam: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    claims(robin, case)
    team = sam.http.get("/staff/team").text
    asked = team.split("<details")[1].split("</details>")[0]

    assert f"/staff/cases/{case}/release" in asked
    assert "takes the conversation from Robin Example in the middle of it" in asked


def test_whoever_talks_with_somebody_reads_what_they_can_do_themselves(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    web.young_person_says("delete my data")
    page = robin.http.get(f"/staff/cases/{case}").text

    assert web.messages == []
    assert "delete my data" in page
    for typed in ("bot", "someone else", "unshare", "delete everything"):
        assert f"<strong>{typed}</strong>" in page
    robin.posts(f"/staff/cases/{case}/hand-back")
    assert "<strong>unshare</strong>" not in robin.http.get(f"/staff/cases/{case}").text


def test_who_signs_out_on_shift_says_whether_they_are_still_there(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    robin.posts("/staff/shift/on")
    asked = robin.posts("/staff/sign-out")
    stayed_in = robin.is_in()
    robin.posts("/staff/sign-out", off_shift="yes")
    covering = handrail.record(lambda unit: unit.shifts.covering("demo"))

    assert asked.status_code == 409
    assert "Before you sign out: you are still on shift" in asked.text
    assert stayed_in
    assert not robin.is_in()
    assert list(covering) == []


def test_who_waits_for_alerts_signs_out_and_stays_on_shift(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    robin.posts("/staff/shift/on")
    robin.posts("/staff/sign-out", stay_on="yes")
    covering = handrail.record(lambda unit: unit.shifts.covering("demo"))

    assert not robin.is_in()
    assert len(list(covering)) == 1


def test_who_puts_a_case_back_and_signs_out_is_off_shift_too(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    robin.posts("/staff/shift/on")
    claims(robin, asks(handrail, handrail.web_chat()))
    asked = robin.posts("/staff/sign-out").text
    form = asked.split('name="put_back"')[1].split("</form>")[0]
    robin.posts("/staff/sign-out", put_back="yes", off_shift="yes")

    assert "You go off shift too." in asked
    assert 'name="off_shift" value="yes"' in form
    assert not robin.is_in()
    assert list(handrail.record(lambda unit: unit.shifts.covering("demo"))) == []


def test_sign_out_stands_on_every_page(robin: StaffBrowser) -> None:
    top = robin.http.get("/staff/practice").text.split("</header>")[0]

    assert 'action="/staff/sign-out"' in top
    assert "Robin<span" in top


def test_the_sign_in_page_says_why_a_quiet_worker_is_out(
    handrail: Handrail, robin: StaffBrowser, watch: Watch
) -> None:
    fresh = StaffBrowser(handrail).http.get("/staff/inbox").text
    watch.now += timedelta(minutes=16)
    quiet = robin.http.get("/staff/inbox").text

    assert "You were signed out." in quiet
    assert "You were signed out." not in fresh


def test_a_worker_who_holds_enough_is_not_led_to_claim(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    who = member(handrail, "Robin")
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.staff.set_most_cases(who, 1))
    )
    first, second = (asks(handrail, handrail.web_chat()) for _ in range(2))
    claims(robin, first)
    inbox = robin.http.get("/staff/inbox").text

    assert "You hold as many as was agreed for you." in inbox
    assert f"/staff/cases/{second}/claim" not in inbox
    assert f'href="/staff/cases/{second}"' in inbox


def test_the_inbox_says_what_being_off_shift_means(robin: StaffBrowser) -> None:
    off = robin.http.get("/staff/inbox").text
    robin.posts("/staff/shift/on")
    on = robin.http.get("/staff/inbox").text
    robin.posts("/staff/shift/break")

    assert "You are off shift." in off
    assert "You are off shift." not in on
    assert "You are on a break." in robin.http.get("/staff/inbox").text


def test_the_crisis_banner_asks_nobody_for_what_they_cannot_do(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    web = handrail.web_chat()
    case = asks(handrail, web)
    web.young_person_says("i want to die")
    waiting = reads(robin, case)
    claims(robin, case)
    held = reads(robin, case)
    robin.posts(f"/staff/cases/{case}/close", outcome="talked")
    closed = reads(robin, case)

    asks_directly = "Ask them directly how they are"
    assert "Whoever claims the case asks them directly" in waiting
    assert asks_directly in held
    assert asks_directly not in closed
    assert "If you are worried about them, follow your safeguarding policy" in closed


def test_the_script_says_when_it_has_said_all(robin: StaffBrowser) -> None:
    room = "/staff/practice/room"
    robin.posts("/staff/practice/first_talk/begin")
    robin.posts(f"{room}/claim")
    begun = robin.http.get(room).text
    for _ in range(5):
        robin.posts(f"{room}/say", text="hello")
    over = robin.http.get(room).text

    assert "That was all they have to say." not in begun
    assert "That was all they have to say." in over


def test_figures_name_months_and_draw_no_empty_chart(sam: StaffBrowser) -> None:
    page = sam.http.get("/staff/figures").text
    file = sam.http.get("/staff/figures/export.csv").text
    rows = csv.reader(io.StringIO(file))
    months = [which for what, which, _ in rows if what == "asked, by month"]

    assert len(months) == 3
    assert all(f'<th scope="row">{month}</th>' in page for month in months)
    assert not [month for month in months if month.isdigit()]
    assert "There is no chart of the hours" in page
    assert "<svg" not in page
    assert "p50" not in page


def test_an_alerts_link_leads_to_its_case_after_the_sign_in(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = f"/staff/cases/{asks(handrail, handrail.web_chat())}"
    robin.posts("/staff/sign-out")
    asked = robin.http.get(case)
    form = {"email": robin.email, "password": PASSWORD, "next": case}
    wrong = robin.http.post("/staff/sign-in", data={**form, "code": "x"}).text
    led_to = [
        robin.http.post(
            "/staff/sign-in",
            data={**form, "next": where, "code": robin.recovery_codes.pop()},
        ).headers["location"]
        for where in (case, "//evil.example")
    ]

    assert asked.status_code == 401
    for page in (asked.text, wrong):
        assert f'name="next" value="{case}"' in page
    assert led_to == [case, "/staff"]
