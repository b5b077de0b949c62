"""Agreements and the audit trail, as leads and administrators see them."""

from sqlalchemy import text

from storage import UnitOfWork
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.staff.conftest import HARBOUR
from tests.staff.people import joined


def test_an_administrator_writes_an_agreement_down_and_the_newest_counts(
    handrail: Handrail,
) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, HARBOUR)
    before = alex.http.get("/staff/agreements").text

    def records(last_day: str) -> str:
        alex.posts(
            "/staff/agreements",
            lawful_basis="legitimate_interests",
            reference="DSA 12",
            expires_on=last_day,
        )
        return alex.http.get("/staff/agreements").text

    assert "Nothing can be shared with Harbour Youth yet" in before
    assert "Sharing is open" in records("2099-01-01")
    assert "Sharing is closed" in records("2020-01-01")


def test_an_agreement_that_cannot_be_read_is_not_kept(handrail: Handrail) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, HARBOUR)
    good = {
        "lawful_basis": "consent",
        "reference": "DSA 12",
        "expires_on": "2099-01-01",
    }
    for part in good:
        wrong = {**good, part: ""}
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

    assert "on shift" in sound
    assert "Sam Example" in sound
    assert "The trail is sound" in sound
    assert "broken at row 2" in lead.http.get("/staff/audit").text
