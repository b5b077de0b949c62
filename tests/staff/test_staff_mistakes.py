"""A mistake in a form is said beside its field, with the focus and what was typed."""

import re

import pytest

from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.people import (
    PASSWORD,
    StaffBrowser,
    asks,
    claims,
    invited,
    joined,
    reads,
)

HOURS = {"deed": "add_hours", "opens": "09:00", "closes": "17:00", "day_mon": "on"}
CONTACT = {"deed": "add_contact", "name": "Night", "place": "first"}
TIMES = {"deed": "timers", "remind": "2", "second": "5", "lead": "10", "tell": "2, 5"}


def beside(page: str, field: str) -> str:
    """Give what is said beside a field that is marked as wrong and has the focus."""
    tag = re.search(rf'<(?:input|select|textarea|fieldset) id="{field}"[^>]*>', page)

    assert tag is not None, f"there is no field {field}"
    assert 'aria-invalid="true" autofocus' in tag[0]
    assert f"{field}-problem" in re.findall('aria-describedby="([^"]*)"', tag[0])[0]
    assert f'<a href="#{field}">' in page
    said = re.search(rf'<p class="wrong" id="{field}-problem">(.*?)</p>', page)
    assert said is not None, f"nothing is said beside {field}"
    return said[1]


@pytest.fixture
def robin(handrail: Handrail) -> StaffBrowser:
    return joined(handrail)


@pytest.fixture
def alex(handrail: Handrail) -> StaffBrowser:
    return joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")


@pytest.fixture
def sam(handrail: Handrail) -> StaffBrowser:
    return joined(handrail, StaffRole.LEAD, name="Sam Example")


def test_what_was_wrong_with_a_new_password_stands_at_it(handrail: Handrail) -> None:
    link, new = invited(handrail), StaffBrowser(handrail)
    easy = {"password": "a" * 12, "again": "a" * 12, "code": "000000"}
    code = {"password": PASSWORD, "again": PASSWORD, "code": "000000"}
    different = {**easy, "again": "b" * 12}
    said = [new.http.post(link, data=form).text for form in (easy, different, code)]

    assert "easy to guess" in beside(said[0], "password")
    assert "not the same" in beside(said[1], "again")
    assert "did not match" in beside(said[2], "code")


def test_a_password_is_changed_and_that_is_said_or_why_not(robin: StaffBrowser) -> None:
    new = {"password": "seven lanterns by the canal"}
    new["again"] = new["password"]
    wrong = robin.posts("/staff/account/password", now="not it at all", **new)
    changed = robin.posts("/staff/account/password", now=PASSWORD, **new)

    assert "not the password you have now" in beside(wrong.text, "now")
    assert "the address, the password and the code" not in wrong.text
    assert "Your password is changed." in changed.text


def test_an_invitation_keeps_what_was_typed(
    alex: StaffBrowser, robin: StaffBrowser
) -> None:
    where = "/staff/people/invite"
    good = {"name": "Noor", "email": "n@example.org", "role": "lead"}
    no_name = alex.posts(where, **{**good, "name": ""}).text
    no_email = alex.posts(where, **{**good, "email": "n"}).text
    taken = alex.posts(where, **{**good, "email": robin.email.upper()}).text

    assert "Write the name" in beside(no_name, "name")
    assert 'value="n@example.org"' in no_name
    assert 'value="lead" required checked' in no_name
    assert "Write a work e-mail address" in beside(no_email, "email")
    assert "already signs in" in beside(taken, "email")
    assert "/staff/join/" not in taken


def test_a_number_that_is_too_high_is_said_where_it_was_typed(
    alex: StaffBrowser, robin: StaffBrowser
) -> None:
    page = alex.http.get("/staff/people").text
    member = re.findall(r"/staff/people/([0-9a-f]{32})/most-cases", page)[0]
    wrong = alex.posts(f"/staff/people/{member}/most-cases", most_cases="99").text

    assert "from 1 to 30" in beside(wrong, f"most-{member}")
    assert wrong.count("<details open>") == 1


def test_a_link_needs_a_place_and_keeps_the_rest(sam: StaffBrowser) -> None:
    wrong = sam.posts("/staff/links/make", place=" ", greeting="school", area="").text

    assert "Write where the link will be" in beside(wrong, "place")
    assert '<option value="school" selected>' in wrong


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({**HOURS, "day_mon": ""}, "days-hours", "at least one day"),
        ({**HOURS, "opens": "9"}, "opens-hours", "a time such as"),
        ({**HOURS, "closes": ""}, "closes-hours", "a time such as"),
        (HOURS, "bank_holidays-hours", "what happens on bank holidays"),
        (CONTACT, "way_sms", "at least one way"),
        ({**CONTACT, "way_sms": "07700900123"}, "way_sms", "begins with +44"),
        ({**CONTACT, "name": "", "way_sms": "+447700900123"}, "name", "Write a name"),
        ({**CONTACT, "way_webhook": "file:///x"}, "way_webhook", "may not go"),
        ({**TIMES, "second": "1"}, "second", "after the one before it"),
        ({**TIMES, "lead": "500"}, "lead", "within four hours"),
        ({**TIMES, "remind": "x"}, "remind", "whole minutes"),
        ({**TIMES, "tell": "x"}, "tell", "whole minutes"),
        ({"deed": "say", "said": "\u4f60", "shifts": "counted"}, "said", "in words"),
    ],
)
def test_a_change_of_cover_that_is_refused_says_so_at_its_field(
    sam: StaffBrowser, fields: dict[str, str], field: str, says: str
) -> None:
    typed = {name: value for name, value in fields.items() if value}
    wrong = sam.posts("/staff/cover", version="0", **typed).text

    assert says in beside(wrong, field)
    assert wrong.count("<details open>") == fields["deed"].startswith("add")
    for name in ("opens", "way_sms", "remind"):
        if name in typed:
            assert f'value="{typed[name]}"' in wrong


def test_a_message_that_is_too_long_stays_in_its_field(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    claims(robin, case)
    page = f"/staff/cases/{case}"
    said = robin.posts(f"{page}/say", text="a" * 1501).text
    noted = robin.posts(f"{page}/note", note="b" * 4001).text

    assert "too long for one message" in beside(said, "text")
    assert "a" * 1501 in said
    assert "too long for one note" in beside(noted, "note")
    assert "b" * 4001 in noted
    assert "a" * 20 not in reads(robin, case)


def test_nothing_is_chosen_beforehand_for_a_tired_worker(
    handrail: Handrail, robin: StaffBrowser, sam: StaffBrowser
) -> None:
    case = asks(handrail, handrail.web_chat())
    claims(robin, case)
    page = f"/staff/cases/{case}"
    robin.posts(f"{page}/note", note="Prefers mornings.")
    shown = reads(robin, case)
    note = re.findall(rf"{page}/notes/([0-9a-f]{{32}})", shown)[0]
    colleague = robin.posts(f"{page}/hand-on", colleague="").text
    outcome = robin.posts(f"{page}/close").text
    reason = robin.posts(f"{page}/notes/{note}").text

    assert '<option value="">Choose a colleague</option>' in shown
    assert "Sam Example (holds 0 of 5)" in shown
    assert " checked" not in shown
    assert "Choose a colleague" in beside(colleague, "colleague")
    assert "Choose what was done" in beside(outcome, "outcome")
    assert "Choose the reason" in beside(reason, f"reason-{note}")
    assert handrail.record(lambda u: u.handovers.get(case)).status.value == "claimed"
    assert "Held back" not in reads(robin, case)


def test_what_could_not_be_said_is_shown_once_more(
    handrail: Handrail, robin: StaffBrowser
) -> None:
    sms, web = handrail.sms(), handrail.web_chat()
    stopped, left = asks(handrail, sms), asks(handrail, web)
    for case in (stopped, left):
        claims(robin, case)
    handrail.settled()
    sms.young_person_says("STOP")
    sms.young_person_says("STOP")
    web.young_person_says("someone else")
    pages = [
        robin.posts(f"/staff/cases/{case}/say", text="half a thought").text
        for case in (stopped, left)
    ]

    assert "This phone has texted STOP" in pages[0]
    assert "They asked for someone else." in pages[1]
    for page in pages:
        section = page.split("data-unsent")[1].split("</section>")[0]
        assert not section.startswith(" hidden")
        assert "half a thought" in section


def test_a_message_in_practice_is_never_answered_with_a_white_page(
    robin: StaffBrowser,
) -> None:
    room = "/staff/practice/room"
    robin.posts("/staff/practice/first_talk/begin")
    robin.posts(f"{room}/claim")
    spaces = robin.posts(f"{room}/say", text="   ")
    too_long = robin.posts(f"{room}/say", text="a" * 1501).text

    assert spaces.headers["location"] == room
    assert "too long for one message" in beside(too_long, "text")
    assert "a" * 1501 in too_long


def test_the_title_of_a_page_tells_a_mistake_first(sam: StaffBrowser) -> None:
    wrong = sam.posts("/staff/links/make", place="").text

    assert "<title>Not done yet: Links</title>" in wrong
    assert "<title>Links</title>" in sam.http.get("/staff/links").text
