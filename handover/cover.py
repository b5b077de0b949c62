"""When an organisation has cover: weekly hours in London, holidays said out loud.

Every row of hours says what happens on a bank holiday; a file that does not say so is
refused. A holiday therefore never silently means that nobody is there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Final

from foundations.clock import LONDON, in_london

IsHoliday = Callable[[date], bool]
"""Whether a day is a bank holiday where the organisation works."""

LOOK_AHEAD_DAYS: Final = 60
WHOLE_DAY: Final = 24 * 60
ONE_DAY: Final = timedelta(days=1)
HALF_AN_HOUR: Final = timedelta(minutes=30)
WORKING_DAY: Final = (9, 17)
"""Hours on the London wall in which a follow-up is promised."""


class OnBankHolidays(str, Enum):
    """What a row of hours does on a bank holiday."""

    CLOSED = "closed"
    AS_USUAL = "as usual"


@dataclass(frozen=True)
class CoverHours:
    """One row: weekdays (0 is Monday), and minutes after midnight on the wall.

    `closes` may be past midnight: 26 * 60 is two o'clock the next morning.
    """

    weekdays: frozenset[int]
    opens: int
    closes: int
    on_bank_holidays: OnBankHolidays

    def starts_on(self, day: date, is_holiday: IsHoliday) -> bool:
        """Tell whether this row begins on a day."""
        if day.weekday() not in self.weekdays:
            return False
        return self.on_bank_holidays is OnBankHolidays.AS_USUAL or not is_holiday(day)


@dataclass(frozen=True)
class Cover:
    """An organisation's hours; `shifts_count` when a worker must also be on shift."""

    hours: tuple[CoverHours, ...]
    shifts_count: bool


@dataclass(frozen=True)
class CoverNow:
    """Whether somebody is there at a moment, and when next if not (UTC, None: unknown).

    `is_holiday` is true when hours that would cover this moment are off for a holiday.
    """

    is_covered: bool
    starts: datetime | None
    is_holiday: bool = False


def cover_now(
    cover: Cover, now: datetime, is_holiday: IsHoliday, on_shift: int
) -> CoverNow:
    """Look whether anyone is there: hours alone, or hours and somebody on shift.

    Somebody who is on shift outside the hours counts, where shifts count.
    """
    open_now = is_open(cover.hours, now, is_holiday)
    if on_shift and cover.shifts_count:
        return CoverNow(True, None)
    if open_now and not cover.shifts_count:
        return CoverNow(True, None)
    off = not open_now and is_open(cover.hours, now, _never)
    return CoverNow(False, next_start(cover.hours, now, is_holiday), off)


def is_open(
    hours: tuple[CoverHours, ...], now: datetime, is_holiday: IsHoliday
) -> bool:
    """Tell whether any row covers this minute on the London wall."""
    return any(True for _ in open_rows(hours, now, is_holiday))


def open_rows(
    hours: tuple[CoverHours, ...], now: datetime, is_holiday: IsHoliday
) -> Iterator[CoverHours]:
    """Give the rows that cover this minute."""
    wall = in_london(now)
    minute = wall.hour * 60 + wall.minute
    for row in hours:
        for day, minutes in (
            (wall.date(), minute),
            (wall.date() - ONE_DAY, minute + WHOLE_DAY),
        ):
            if row.opens <= minutes < row.closes and row.starts_on(day, is_holiday):
                yield row
                break


def off_for_a_holiday(
    hours: tuple[CoverHours, ...], day: date, is_holiday: IsHoliday
) -> bool:
    """Tell whether a day would have cover, were it not a bank holiday."""
    if not is_holiday(day):
        return False
    usual = any(day.weekday() in row.weekdays for row in hours)
    return usual and not any(row.starts_on(day, is_holiday) for row in hours)


def next_start(
    hours: tuple[CoverHours, ...], now: datetime, is_holiday: IsHoliday
) -> datetime | None:
    """Give the first moment after now at which a row begins, within sixty days."""
    return next(_starts(hours, now, is_holiday), None)


def next_working_moment(
    hours: tuple[CoverHours, ...],
    now: datetime,
    is_holiday: IsHoliday,
    after: timedelta,
) -> datetime:
    """Give the first half-hour of a working day, `after` from now, that has cover.

    A working day is nine to five in London. When no hour of the next sixty days has
    cover, the same time tomorrow: somebody's lead is told, and the promise stands.
    """
    first = now + after
    first -= timedelta(minutes=first.minute % 30 - 30, seconds=first.second)
    first = first.replace(microsecond=0)
    for half_hours in range(LOOK_AHEAD_DAYS * 48):
        moment = first + half_hours * HALF_AN_HOUR
        in_hours = WORKING_DAY[0] <= in_london(moment).hour < WORKING_DAY[1]
        if in_hours and is_open(hours, moment, is_holiday):
            return moment
    return now + ONE_DAY


def _starts(
    hours: tuple[CoverHours, ...], now: datetime, is_holiday: IsHoliday
) -> Iterator[datetime]:
    today = in_london(now).date()
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = today + ahead * ONE_DAY
        rows = [row for row in hours if row.starts_on(day, is_holiday)]
        yield from sorted(
            start for row in rows if (start := _moment(day, row.opens)) > now
        )


def _moment(day: date, minutes: int) -> datetime:
    """Give the moment at which the London wall shows so many minutes of a day."""
    midnight = datetime.combine(day, time.min)
    return (
        (midnight + timedelta(minutes=minutes)).replace(tzinfo=LONDON).astimezone(UTC)
    )


def _never(_day: date) -> bool:
    return False
