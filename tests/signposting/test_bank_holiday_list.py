"""The kept copy of the GOV.UK list is right, and is not about to run out."""

from datetime import date, timedelta

import pytest

from foundations.clock import in_london, utc_now
from signposting.records import Division

ENGLAND = Division.ENGLAND_AND_WALES
SIX_MONTHS = timedelta(days=183)


def test_at_least_six_months_of_bank_holidays_remain(holidays):
    assert holidays.known_until - in_london(utc_now()).date() > SIX_MONTHS


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
