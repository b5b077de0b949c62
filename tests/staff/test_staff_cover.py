"""Cover as a lead sees and changes it: hours, who is on call, times, holidays."""

import re
from pathlib import Path
from typing import Any

import pytest

from foundations.ids import OrganisationId
from storage.records import NewOutbound, OutboundKind
from storage.staff.records import ChatLink, StaffRole
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import HARBOUR, agreed, two_organisations
from tests.staff.people import StaffBrowser, joined
from tests.storage.keeping import SATURDAY_NIGHT, Watch

COVER = "/staff/cover"
DEMO = OrganisationId("demo")
WEEKDAYS = {
    **{f"day_{day}": "on" for day in ("mon", "tue", "wed", "thu", "fri")},
    "opens": "09:00",
    "closes": "17:00",
    "bank_holidays": "closed",
}
NEW_FIRST = {
    "name": "duty phone",
    "place": "first",
    "way_sms": "+447700900960",
    "way_email": "duty@example.org",
}


class CoverPage:
    """The page, as somebody who is signed in uses it."""

    def __init__(self, browser: StaffBrowser) -> None:
        self.browser = browser

    def text(self) -> str:
        page = self.browser.http.get(COVER)
        assert page.status_code == 200
        return page.text

    def version(self) -> str:
        return self.text().split('name="version" value="')[1].split('"')[0]

    def does(self, deed: str, version: str = "", **fields: str) -> int:
        said = {"deed": deed, "version": version or self.version(), **fields}
        return self.browser.posts(COVER, **said).status_code


@pytest.fixture
def lead(handrail: Handrail) -> CoverPage:
    agreed(handrail, HARBOUR)
    return CoverPage(joined(handrail, StaffRole.LEAD, HARBOUR, "Sam Example"))


def test_hours_that_a_lead_changes_count_from_the_next_moment(
    handrail: Handrail, lead: CoverPage, watch: Watch
) -> None:
    watch.now = SATURDAY_NIGHT
    handrail.thread.do(links_to_harbour(handrail))
    lead.browser.signs_in()
    before = asks(handrail)
    lead.does("add_hours", **WEEKDAYS)
    lead.does("remove_hours", row="0")
    lead.does("say", said="Monday to Friday, 9 to 5", shifts="not counted")
    page, after = lead.text(), asks(handrail)

    assert "Mon to Fri, 09:00 to 17:00" in page
    assert "Nobody is there now" in page
    assert before == ["handover.ask_reach"]
    assert after != before
    organisation = handrail.house.organisations.named(HARBOUR)
    assert organisation.cover_hours == "Monday to Friday, 9 to 5"


def links_to_harbour(handrail: Handrail) -> Any:
    link = ChatLink("harbour", HARBOUR, True, place="Pier")
    return handrail.house.database.write(lambda unit: unit.chat_links.put(link))


def asks(handrail: Handrail) -> list[str]:
    web = handrail.web_chat("harbour")
    web.young_person_says("PERSON")
    return web.keys


def test_who_a_lead_puts_on_call_is_who_the_next_alert_goes_to(
    handrail: Handrail,
) -> None:
    sam = CoverPage(joined(handrail, StaffRole.LEAD, name="Sam Example"))
    sam.does("add_contact", **NEW_FIRST)
    sam.does("earlier", name="duty phone")
    handrail.web_chat().asks_for_a_person()
    handrail.settled()

    assert [len(handrail.stand_in.phone(n).texts) for n in ("+447700900960",)] == [1]
    assert handrail.stand_in.phone("+447700900951").texts == []


def question_before(page: str, deed: str) -> list[str]:
    """Give what is said above each button that does this."""
    forms = re.findall(r"<summary>(.*?)</summary>\s*<form(.*?)</form>", page, re.S)
    found = [form for _, form in forms if f'value="{deed}"' in form]
    return [
        re.sub("<[^>]*>", "", form.split("<p>")[1].split("</p>")[0]) for form in found
    ]


def test_what_a_removal_means_is_read_before_it_is_made(
    handrail: Handrail, lead: CoverPage
) -> None:
    lead.does("add_hours", **WEEKDAYS)
    lead.does("add_contact", **NEW_FIRST)
    lead.does("add_turn", name="duty phone", **WEEKDAYS)
    page = lead.text()
    hours, people = (
        question_before(page, deed) for deed in ("remove_hours", "remove_contact")
    )
    lead.does("add_turn", name="duty phone", **{**WEEKDAYS, "opens": "08:00"})
    (last,) = question_before(page, "remove_turn")
    first, _ = question_before(lead.text(), "remove_turn")

    assert "Hours that are left: Mon to Fri, 09:00 to 17:00." in hours[0]
    assert "Left in this place: duty phone." in people[0]
    assert "Nobody is left in this place: alerts go on to the next one." in people[2]
    assert "duty phone is then on call at any time." in last
    assert "on call only: Mon to Fri, 08:00 to 17:00." in first
    assert "remove_" not in re.sub(r"<details.*?</details>", "", page, flags=re.S)


def test_a_change_survives_a_restart_and_reaches_another_gateway(
    tmp_path: Path,
) -> None:
    first = start(tmp_path, ReadableDialogue(), organisations=two_organisations())
    sam = CoverPage(joined(first, StaffRole.LEAD, name="Sam Example"))
    second = start(tmp_path, ReadableDialogue(), organisations=two_organisations())
    sam.does("add_contact", **NEW_FIRST)
    second.record(second.house.handover.keeping.refresh)
    stop(first)
    third = start(tmp_path, ReadableDialogue(), organisations=two_organisations())
    names = [
        [one.name for one in each.house.organisations.by_id[DEMO].on_call.everyone()]
        for each in (second, third)
    ]
    stop(second)
    stop(third)

    assert names[0] == names[1]
    assert "duty phone" in names[0]


def test_of_two_changes_of_the_same_page_the_second_is_asked_to_look_again(
    handrail: Handrail, lead: CoverPage
) -> None:
    seen = lead.version()
    first = lead.does("add_hours", seen, **WEEKDAYS)
    second = lead.does("remove_hours", seen, row="0")

    assert (first, second) == (303, 400)
    assert "Mon to Fri, 09:00 to 17:00" in lead.text()


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("remove_hours", {"row": "0"}),
        ("remove_hours", {"row": "x"}),
        ("remove_contact", {"name": "lead"}),
        ("add_hours", {**WEEKDAYS, "bank_holidays": ""}),
        ("add_hours", {"opens": "09:00"}),
        ("add_contact", {"name": "x", "place": "first"}),
        ("add_contact", {**NEW_FIRST, "way_sms": "07700900960"}),
        ("timers", {"remind": "5", "second": "2", "lead": "10", "tell": "2, 5"}),
        ("timers", {"remind": "a", "second": "2", "lead": "10", "tell": "2"}),
        ("say", {"said": "", "shifts": "counted"}),
        ("burn_it_down", {}),
    ],
)
def test_what_would_leave_nobody_is_said_and_not_done(
    handrail: Handrail, lead: CoverPage, deed: str, fields: dict[str, str]
) -> None:
    before = handrail.house.organisations.named(HARBOUR)
    status = lead.does(deed, **fields)

    assert status == 400
    assert handrail.house.organisations.named(HARBOUR) == before


def test_a_change_needs_a_fresh_code_and_is_in_the_audit_trail(
    handrail: Handrail, lead: CoverPage, watch: Watch
) -> None:
    assert lead.does("add_hours", **WEEKDAYS) == 303
    version = lead.version()
    watch.move(minutes=11)
    stale = lead.browser.posts(COVER, deed="remove_hours", version=version, row="0")

    assert stale.headers["location"].startswith("/staff/prove")
    assert "Show that it is you" in lead.text()
    assert "Add hours" not in lead.text()
    assert "changed cover" in lead.browser.http.get("/staff/audit").text.lower()


def test_a_holiday_without_cover_or_without_anybody_first_is_named_before(
    handrail: Handrail, lead: CoverPage, watch: Watch
) -> None:
    watch.now = SATURDAY_NIGHT
    lead.browser.signs_in()
    assert "Cover as usual" in lead.text()
    lead.does("add_turn", name="worker on shift", **WEEKDAYS)
    assert "nobody is first on call" in lead.text()
    lead.does("add_hours", **WEEKDAYS)
    lead.does("remove_hours", row="0")
    page = lead.text()

    assert "Fri 25 Dec 2026" in page
    assert "Nobody is there, and young people are told so" in page


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "gopher://127.0.0.1:70", "https://a@example.org", "//x"],
)
def test_an_address_that_alerts_may_not_go_to_is_refused_where_it_is_written(
    handrail: Handrail, lead: CoverPage, address: str
) -> None:
    before = handrail.house.organisations.named(HARBOUR)
    status = lead.does("add_contact", **NEW_FIRST, way_webhook=address)
    did = [row.action for row in handrail.record(lambda unit: unit.audit.rows())]

    assert status == 400
    assert "alert_address_refused" in did
    assert handrail.house.organisations.named(HARBOUR) == before


def test_an_address_that_is_refused_when_an_alert_leaves_is_in_the_audit_trail(
    tmp_path: Path,
) -> None:
    handrail = start(tmp_path, ReadableDialogue(), alert_secret="s" * 32)
    alert = NewOutbound(
        dedup_key="alert:1",
        kind=OutboundKind.STAFF_ALERT,
        body="case 1",
        not_before=handrail.house.clock(),
        recipient="webhook:file:///etc/passwd",
    )
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.outbox.add(alert))
    )
    handrail.settled()
    rows = handrail.record(lambda unit: unit.audit.rows())
    stop(handrail)

    assert [row.action for row in rows] == ["alert_address_refused"]


def test_a_refused_value_is_kept_and_marked_at_its_own_field(lead: CoverPage) -> None:
    times = {"remind": "2", "second": "5", "lead": "10", "tell": "abc"}
    refused = lead.browser.posts(
        COVER, deed="timers", version=lead.version(), **times
    ).text
    field = refused.split('<input id="tell"')[1].split(">")[0]

    assert 'value="abc"' in field
    assert 'aria-invalid="true"' in field
    assert refused.index("Minutes after a request") < refused.index('id="tell-problem"')


def test_cover_by_hours_alone_does_not_claim_that_somebody_is_on_shift(
    lead: CoverPage,
) -> None:
    assert "Cover is on now, by the hours alone." in lead.text()
