"""Agreements and the audit trail, as leads and administrators see them."""

import re
from html import unescape

import pytest
from sqlalchemy import text

from channels.staff.drawing import Drawing
from gateway.desk import keeping_records
from gateway.desk.noting import Did
from storage import UnitOfWork
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.conftest import HARBOUR
from tests.staff.people import asks, claims, joined, reads
from tests.storage.keeping import Watch

GOOD = {
    "lawful_basis": "legitimate_interests",
    "reference": "DSA 12",
    "expires_on": "2099-01-01",
}


def test_an_administrator_writes_an_agreement_down_and_the_newest_counts(
    handrail: Handrail,
) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, HARBOUR)
    before = alex.http.get("/staff/agreements").text

    def records(last_day: str, **more: str) -> str:
        alex.posts("/staff/agreements", **{**GOOD, "expires_on": last_day}, **more)
        return alex.http.get("/staff/agreements").text

    assert "Nothing can be shared with Harbour Youth yet" in before
    assert "Sharing is open" in records("2099-01-01")
    assert "Sharing is closed" in records("2020-01-01", closes="yes")


def test_a_last_day_that_is_over_closes_sharing_only_when_that_is_meant(
    handrail: Handrail,
) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, HARBOUR)
    alex.posts("/staff/agreements", **GOOD)
    asked = alex.posts("/staff/agreements", **{**GOOD, "expires_on": "2009-01-01"})
    field = asked.text.split('<input id="expires_on"')[1].split(">")[0]
    after = alex.http.get("/staff/agreements").text

    assert asked.status_code == 400
    assert 'value="2009-01-01"' in field
    assert 'aria-describedby="expires_on-problem"' in field
    assert "That is right: close sharing now" in asked.text
    assert "Sharing is open" in after


def test_an_agreement_that_cannot_be_read_is_not_kept(handrail: Handrail) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, HARBOUR)
    for part in GOOD:
        wrong = {**GOOD, part: ""}
        assert alex.posts("/staff/agreements", **wrong).status_code == 400

    kept = handrail.record(lambda unit: unit.agreements.history(HARBOUR))
    assert kept == []


def test_an_ended_agreement_is_told_to_leads_and_to_no_worker(
    handrail: Handrail,
) -> None:
    lead = joined(handrail, StaffRole.LEAD, HARBOUR, "Sam Example")
    worker = joined(handrail, StaffRole.WORKER, HARBOUR, "Robin Example")

    assert "Nothing can be shared" in lead.http.get("/staff/inbox").text
    assert "Nothing can be shared" not in worker.http.get("/staff/inbox").text


def test_the_trail_shows_who_did_what_and_names_a_broken_row(
    handrail: Handrail,
) -> None:
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    lead.posts("/staff/shift/on")
    sound = lead.http.get("/staff/audit").text

    def breaks(unit: UnitOfWork) -> None:
        unit.connection.execute(text("DROP TRIGGER audit_rows_stay_update"))
        unit.connection.execute(
            text("UPDATE audit_rows SET actor = 'nobody' WHERE number = 2")
        )

    handrail.thread.do(handrail.house.database.write(breaks))

    assert "Came on shift" in sound
    assert "Sam Example" in sound
    assert "The trail is sound" in sound
    assert "broken at row 2" in lead.http.get("/staff/audit").text


def rows(page: str) -> list[str]:
    """Give each row as one line: when, who, did, about, number."""
    body = page.split("<tbody", 1)[-1].split("</tbody>")[0]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>")]
    return [", ".join(row[1:4]) for row in cells if row]


def test_the_trail_says_in_words_who_read_which_case(handrail: Handrail) -> None:
    robin = joined(handrail)
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    first, second = asks(handrail, handrail.web_chat()), handrail.web_chat()
    other = asks(handrail, second)
    claims(robin, first)
    reads(robin, first)
    claims(robin, other)
    robin.posts(f"/staff/cases/{other}/note", note="Prefers mornings.")
    lead.posts("/staff/links/demo/revoke")
    trail = rows(lead.http.get("/staff/audit").text)
    second.young_person_says("DELETE EVERYTHING")
    after = rows(lead.http.get("/staff/audit").text)

    assert "Robin Example, Claimed the case, Case 1" in trail
    assert "Robin Example, Read the case, Case 1" in trail
    assert "Robin Example, Wrote a note, Case 2" in trail
    assert "Robin Example, Joined, " in trail
    assert "Sam Example, Closed a link, Demo" in trail
    assert "Sam Example, Looked at this trail, " in after
    assert "Robin Example, Claimed the case, A deleted case" in after


def test_a_lead_sees_everything_about_one_case_the_young_persons_steps_too(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    elsewhere = joined(handrail, StaffRole.LEAD, HARBOUR, "Kim Example")
    web = handrail.web_chat()
    case = asks(handrail, web)
    claims(robin, case)
    reads(robin, case)
    claims(robin, asks(handrail, handrail.web_chat()))
    web.young_person_says("UNSHARE")
    page = lead.http.get("/staff/audit?case=1").text
    nothing = elsewhere.http.get("/staff/audit?case=1").text

    assert rows(page) == [
        "The young person, Took back what they shared, Case 1",
        "Robin Example, Read the case, Case 1",
        "Robin Example, Claimed the case, Case 1",
        "The young person, Asked for a person, Case 1",
    ]
    assert "Nothing is written down about a case 1" in nothing
    for number in ("", "x", "99999999999999999999"):
        assert lead.http.get(f"/staff/audit?case={number}").status_code == 200


def earlier(page: str) -> str:
    """Give where the way to earlier rows leads; nowhere where there is none."""
    found = re.search(r'href="([^"]*before=\d+)">Earlier rows', page)
    return unescape(found[1]) if found else ""


@pytest.mark.parametrize("about", ["", "?case=1"])
def test_earlier_rows_are_reached_from_the_newest_ones(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch, about: str
) -> None:
    monkeypatch.setattr(keeping_records, "MOST_ROWS", 3)
    robin = joined(handrail)
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    case = asks(handrail, handrail.web_chat())
    claims(robin, case)
    for _ in range(3):
        reads(robin, case)
    newest = lead.http.get(f"/staff/audit{about}").text
    before = lead.http.get(earlier(newest)).text
    last = lead.http.get(earlier(before)).text if earlier(before) else before

    numbers = re.findall(r"Row </span>(\d+)", newest + before)
    assert len(numbers) == len(set(numbers)) > 3
    assert numbers == sorted(numbers, key=int, reverse=True)
    assert earlier(last) == ""
    assert 'href="/staff/audit' + about + '">Newest rows' in last
    assert "There is nothing earlier" in lead.http.get("/staff/audit?before=1").text
    assert lead.http.get("/staff/audit?before=x").status_code == 200


def test_every_deed_of_the_trail_has_words() -> None:
    drawn = Drawing(Watch()).templates.get_template("deeds.html").module
    words: dict[str, str] = drawn.deeds  # type: ignore[attr-defined]

    assert {did.value for did in Did} <= set(words)
    assert not [said for said in words.values() if "_" in said]
