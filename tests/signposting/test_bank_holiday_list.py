"""The kept copy of the GOV.UK list is right, and is not about to run out."""

import json
from datetime import date, timedelta
from importlib.resources import files

import pytest

from foundations.clock import in_london, utc_now
from signposting.bank_holidays import LIST
from signposting.records import Division

ENGLAND = Division.ENGLAND_AND_WALES
SIX_MONTHS = timedelta(days=183)


def test_at_least_six_months_of_bank_holidays_remain(holidays):
    assert holidays.known_until - in_london(utc_now()).date() > SIX_MONTHS


def test_every_day_and_its_name_is_as_gov_uk_publishes_it():
    """Another project keeps copies of the official list; no call is made for it."""
    published = files("govuk_bank_holidays") / "bank-holidays.json"
    theirs = json.loads(published.read_text(encoding="utf-8"))
    ours = json.loads(LIST.read_text(encoding="utf-8"))

    assert set(ours) == {division.value for division in Division}
    for division, listed in ours.items():
        said = {event["date"]: event["title"] for event in listed["events"]}
        official = {
            event["date"]: event["title"]
            for event in theirs[division]["events"]
            if min(said) <= event["date"]
        }
        assert {day: official.get(day) for day in said} == said
        assert {day for day in official if day <= max(said)} == set(said)


@pytest.mark.parametrize(
    "day",
    [
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
        "2027-08-30",
        "2027-12-27",
        "2027-12-28",
    ],
)
def test_the_days_of_the_services_note_are_listed(holidays, day):
    assert holidays.is_one(date.fromisoformat(day), ENGLAND)


def test_only_the_substitute_day_is_listed_when_boxing_day_is_a_saturday(holidays):
    assert not holidays.is_one(date(2026, 12, 26), ENGLAND)


@pytest.mark.parametrize("division", list(Division))
def test_every_part_of_the_uk_has_its_eight_to_ten_days_a_year(holidays, division):
    for year in range(2026, holidays.known_until.year + 1):
        days = [day for day in holidays.days[division] if day.year == year]

        assert 8 <= len(days) <= 10
        assert all(day.weekday() < 5 for day in days)
