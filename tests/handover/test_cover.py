"""When an organisation has cover: by its hours, on holidays, when clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.clock import LONDON, in_london
from handover.cover import (
    Cover,
    CoverHours,
    OnBankHolidays,
    cover_now,
    is_open,
    next_start,
    next_working_moment,
    off_for_a_holiday,
)

NINE_TO_FIVE = CoverHours(frozenset(range(5)), 9 * 60, 17 * 60, OnBankHolidays.CLOSED)
LATE = CoverHours(frozenset({4}), 22 * 60, 26 * 60, OnBankHolidays.AS_USUAL)
CHRISTMAS = date(2026, 12, 25)

MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1000)).map(
    lambda after: datetime(2026, 1, 1, tzinfo=UTC) + after
)


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON)


def never(_day: date) -> bool:
    return False


def christmas(day: date) -> bool:
    return day == CHRISTMAS


@pytest.mark.parametrize(
    ("day", "clock", "open_"),
    [
        ("2026-11-25", "09:00", True),
        ("2026-11-25", "16:59", True),
        ("2026-11-25", "17:00", False),
        ("2026-11-25", "08:59", False),
        ("2026-11-28", "10:00", False),
        # Friday's late row runs until two on Saturday morning.
        ("2026-11-27", "23:00", True),
        ("2026-11-28", "01:59", True),
        ("2026-11-28", "02:00", False),
    ],
)
def test_hours_are_those_of_the_wall_in_london(
    day: str, clock: str, open_: bool
) -> None:
    assert is_open((NINE_TO_FIVE, LATE), at(day, clock), never) is open_


def test_a_holiday_closes_only_the_rows_that_say_so() -> None:
    in_the_day, at_night = at("2026-12-25", "10:00"), at("2026-12-25", "23:00")

    assert not is_open((NINE_TO_FIVE, LATE), in_the_day, christmas)
    assert is_open((NINE_TO_FIVE, LATE), at_night, christmas)


def test_a_holiday_is_named_as_the_reason_and_the_next_start_is_given() -> None:
    cover = Cover((NINE_TO_FIVE,), shifts_count=False)
    found = cover_now(cover, at("2026-12-25", "10:00"), christmas, on_shift=0)

    assert (found.is_covered, found.is_holiday) == (False, True)
    assert found.starts == at("2026-12-28", "09:00")


def test_a_day_off_for_a_holiday_is_one_that_would_have_had_cover() -> None:
    assert off_for_a_holiday((NINE_TO_FIVE,), CHRISTMAS, christmas)
    assert not off_for_a_holiday((NINE_TO_FIVE, LATE), CHRISTMAS, christmas)
    assert not off_for_a_holiday((LATE,), CHRISTMAS, christmas)
    assert not off_for_a_holiday((NINE_TO_FIVE,), date(2026, 12, 24), christmas)


@pytest.mark.parametrize(
    ("clock", "on_shift", "covered"),
    [("10:00", 0, False), ("10:00", 1, True), ("22:00", 1, True), ("22:00", 0, False)],
)
def test_where_shifts_count_somebody_must_be_on_shift(
    clock: str, on_shift: int, covered: bool
) -> None:
    cover = Cover((NINE_TO_FIVE,), shifts_count=True)

    found = cover_now(cover, at("2026-11-25", clock), never, on_shift)
    assert found.is_covered is covered


@pytest.mark.parametrize(
    ("now", "starts"),
    [
        # The clocks go back on 25 October 2026 and forward on 28 March 2027.
        (at("2026-10-23", "18:00"), datetime(2026, 10, 26, 9, tzinfo=UTC)),
        (at("2027-03-26", "18:00"), datetime(2027, 3, 29, 8, tzinfo=UTC)),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(
    now: datetime, starts: datetime
) -> None:
    assert next_start((NINE_TO_FIVE,), now, never) == starts


def test_no_hours_at_all_have_no_next_start() -> None:
    assert next_start((), at("2026-11-25", "10:00"), never) is None


@given(
    moment=MOMENTS,
    hours=st.integers(0, 48),
)
def test_a_follow_up_is_promised_for_a_working_moment_with_cover(
    moment: datetime, hours: int
) -> None:
    after = timedelta(hours=hours)
    promised = next_working_moment((NINE_TO_FIVE,), moment, christmas, after)
    wall = in_london(promised)

    assert promised >= moment + after - timedelta(microseconds=1)
    assert is_open((NINE_TO_FIVE,), promised, christmas)
    assert 9 <= wall.hour < 17
    assert wall.minute in (0, 30)


@given(moment=MOMENTS)
def test_the_next_start_is_open_and_nothing_before_it_starts(moment: datetime) -> None:
    starts = next_start((NINE_TO_FIVE, LATE), moment, christmas)

    assert starts is not None
    assert starts > moment
    assert is_open((NINE_TO_FIVE, LATE), starts, christmas)
    minute_before = starts - timedelta(minutes=1)
    assert not is_open((NINE_TO_FIVE, LATE), minute_before, christmas)
