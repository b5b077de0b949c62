"""What a person is asked to look at, and what stops a build."""

import pytest

from foundations.clock import utc_now
from signposting import load
from signposting.checking import STOPS_A_BUILD, Finding, check
from signposting.directory import make_directory
from signposting.places import load_places


@pytest.fixture
def findings(a_service, a_row, london):
    def look(day, **changes):
        service = a_service(a_row(), **changes)
        directory = make_directory(
            [*load().pinned, service], places=load_places(), sample=True
        )
        found = check(directory, london(f"{day}T12:00"))
        return [each.finding for each in found if each.about == "the-lighthouse"]

    return look


CHECKED = {"x_last_checked_live": "2026-11-01", "x_next_check_due": "2026-12-01"}


@pytest.mark.parametrize(
    ("day", "finding"),
    [
        ("2026-11-02", []),
        ("2026-11-17", [Finding.DUE]),
        ("2026-12-01", [Finding.DUE]),
        ("2026-12-02", [Finding.OVERDUE]),
        ("2026-12-31", [Finding.OVERDUE]),
        ("2027-01-01", [Finding.EXPIRED]),
    ],
)
def test_a_check_comes_due_then_overdue_then_the_record_expires(findings, day, finding):
    assert findings(day, **CHECKED) == finding


def test_a_record_no_one_has_checked_is_listed_but_does_not_stop_a_build(findings):
    assert findings("2026-11-22") == [Finding.NEVER_CHECKED]
    assert Finding.NEVER_CHECKED not in STOPS_A_BUILD


def test_hours_in_conflict_are_listed(findings):
    found = findings("2026-11-02", x_hours_status="conflict", **CHECKED)

    assert found == [Finding.CONFLICT]


def test_a_number_that_is_also_in_another_record_is_listed(findings):
    phones = [{"number": "116 123", "type": "voice", "x_free": True}]

    found = findings("2026-11-02", phones=phones, **CHECKED)

    assert found == [Finding.SHARED_NUMBER]


def test_expired_unsourced_and_retired_stop_a_build():
    assert {
        Finding.EXPIRED,
        Finding.UNSOURCED,
        Finding.RETIRED,
    } == STOPS_A_BUILD


def test_nothing_in_our_own_directory_stops_a_build_today(directory):
    found = {each.finding for each in check(directory, utc_now())}

    assert not found & STOPS_A_BUILD
