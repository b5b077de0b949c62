"""The counts that the services note gives for known moments, exactly."""

from collections import Counter

import pytest

from signposting import OpenState, aged, open_now

OPEN = OpenState.OPEN
PROBABLY = OpenState.PROBABLY_OPEN
UNKNOWN_HOLIDAY = OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN
CLOSED = OpenState.CLOSED_UNTIL


def state(directory, name, at, **wishes):
    service = directory.services[name]
    return open_now(service, at, holidays=directory.holidays, **wishes).state


@pytest.mark.parametrize(
    ("moment", "second", "counts"),
    [
        ("2026-11-21T23:30", False, (19, 4, 0)),  # Saturday night
        ("2026-11-22T03:00", False, (18, 4, 0)),  # Sunday, the small hours
        ("2026-11-25T16:30", False, (25, 9, 0)),  # Wednesday afternoon
        ("2026-12-26T16:30", False, (21, 7, 0)),  # Boxing Day, not on the list
        ("2026-12-28T16:30", False, (20, 5, 6)),  # Monday, the substitute day
        ("2026-10-25T01:30", False, (18, 4, 0)),  # clocks go back, first pass
        ("2026-10-25T01:30", True, (18, 4, 0)),  # and the second
        ("2027-03-28T00:59", False, (18, 4, 0)),  # clocks go forward, before
        ("2027-03-28T02:00", False, (18, 4, 0)),  # and after
    ],
)
def test_the_counts_of_the_services_note_hold_exactly(
    directory, london, moment, second, counts
):
    at = london(moment, second=second)

    found = Counter(state(directory, each.id, at) for each in directory.shown)

    assert (found[OPEN], found[PROBABLY], found[UNKNOWN_HOLIDAY]) == counts


def test_late_on_saturday_calm_is_there_and_three_others_are_not(directory, london):
    at = london("2026-11-21T23:30")

    assert state(directory, "calm", at) is OPEN
    for name in ("switchboard", "mermaids", "kooth"):
        assert state(directory, name, at) is CLOSED


def test_kooth_is_closed_at_three_though_its_site_is_up(directory, london):
    answer = open_now(
        directory.services["kooth"],
        london("2026-11-22T03:00"),
        holidays=directory.holidays,
    )

    assert answer.state is CLOSED
    assert answer.site_up


def test_on_the_substitute_day_two_are_closed_and_six_are_not_known(directory, london):
    at = london("2026-12-28T16:30")

    assert state(directory, "winstons-wish-text", at) is CLOSED
    assert state(directory, "mind-infoline", at) is CLOSED
    for name in (
        "mermaids",
        "galop",
        "beat",
        "runaway-helpline",
        "saneline",
        "cornwall-people-in-mind",
    ):
        assert state(directory, name, at) is UNKNOWN_HOLIDAY


def test_on_a_bank_holiday_kooth_chat_keeps_weekend_hours(directory, london):
    assert state(directory, "kooth", london("2026-12-28T13:00")) is CLOSED
    assert state(directory, "kooth", london("2026-12-28T19:00")) is PROBABLY


def test_on_a_tuesday_the_zone_is_open_to_a_17_year_old_and_not_at_20(
    directory, london
):
    at = london("2026-11-24T11:00")

    assert state(directory, "zone-plymouth-dropin", at, ages=aged(17)) is OPEN
    assert state(directory, "zone-plymouth-dropin", at, ages=aged(20)) is CLOSED
    assert state(directory, "zone-plymouth-dropin", at) is PROBABLY


@pytest.mark.parametrize(
    ("hour", "number"),
    [("03", "0300 555 5000"), ("10", "03300 245321"), ("18", "0300 555 5000")],
)
def test_the_devon_line_is_always_open_and_its_number_depends_on_the_hour(
    directory, london, hour, number
):
    answer = open_now(
        directory.services["cfhd-urgent"],
        london(f"2026-11-25T{hour}:00"),
        holidays=directory.holidays,
    )

    assert answer.state is OPEN
    assert answer.phone_number == number
