"""Is a person there now? Five answers, never two; unknown hours are never open."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, IntEnum
from functools import lru_cache

from dateutil.rrule import rrulestr

from signposting.bank_holidays import BankHolidays
from signposting.freshness import check_is_overdue
from signposting.london import moments_of, on_the_wall, repeated_hour
from signposting.records import (
    ANY_AGE,
    SURE_HOURS,
    UNUSABLE_HOURS,
    AgeRange,
    HoursStatus,
    OnBankHolidays,
    Service,
    ServiceHours,
    Way,
)

WHOLE_DAY = 24 * 60
LOOK_AHEAD_DAYS = 100  # a monthly rule fires well within it
CLOSING_LOOK_AHEAD = timedelta(hours=24)
ONE_DAY = timedelta(days=1)


class OpenState(str, Enum):
    """The five answers."""

    OPEN = "open"
    PROBABLY_OPEN = "probably open"
    CLOSED_UNTIL = "closed until"
    BANK_HOLIDAY_HOURS_NOT_KNOWN = "bank holiday, hours not known"
    HOURS_NOT_KNOWN = "hours not known"


class Why(str, Enum):
    """The rule that decided an answer."""

    ROW_COVERS_NOW = "a row of its hours covers this minute"
    HOURS_ARE_NOT_SURE = "its hours are old, partial, unsourced or in conflict"
    ROW_IS_NOT_SURE = "no good source vouches for this row of its hours"
    CHECK_IS_OVERDUE = "its next check was due before this moment"
    AGE_DECIDES = "its hours depend on an age that is not known"
    PAST_THE_HOLIDAY_LIST = "no list of bank holidays reaches this far"
    NO_ROW_COVERS_NOW = "no row of its hours covers this minute"
    BANK_HOLIDAY = "a bank holiday, and no source says what happens on them"
    HOURS_EXPIRED = "its hours were only known for another period"
    TERM_DATES_NOT_KNOWN = "it keeps term time and the dates are not known"
    NO_HOURS_FOR_THIS_WAY = "no hours are known for this way of getting in touch"
    OTHER_WAYS_NOT_KNOWN = "shut by the hours that are known, and others are not known"


@dataclass(frozen=True, slots=True)
class HoursAnswer:
    """One of the five answers, the rule that decided it, and the moments around it.

    Moments are UTC. `closes_at` is None when it stays open for the next day;
    `opens_at` is None when no next opening is known. `site_up` is about a page or a
    forum that can be reached; it never says that a person is there.
    """

    state: OpenState
    why: Why
    way: Way | None = None
    row: str | None = None
    phone_number: str | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    site_up: bool = False

    @property
    def may_be_reached(self) -> bool:
        """Tell whether someone is there, or probably is."""
        return self.state in (OpenState.OPEN, OpenState.PROBABLY_OPEN)


class _Found(IntEnum):
    """What one row says of one minute; the largest found decides."""

    CLOSED = 0
    NOT_KNOWN = 1
    BANK_HOLIDAY = 2
    PROBABLY = 3
    OPEN = 4


_Verdict = tuple[_Found, Why, ServiceHours | None]
_NOTHING: _Verdict = (_Found.CLOSED, Why.NO_ROW_COVERS_NOW, None)

_STATES = {
    _Found.CLOSED: OpenState.CLOSED_UNTIL,
    _Found.NOT_KNOWN: OpenState.HOURS_NOT_KNOWN,
    _Found.BANK_HOLIDAY: OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN,
    _Found.PROBABLY: OpenState.PROBABLY_OPEN,
    _Found.OPEN: OpenState.OPEN,
}


def open_now(
    service: Service,
    at: datetime,
    *,
    holidays: BankHolidays,
    ages: AgeRange | None = None,
    ways: frozenset[Way] | None = None,
    look_ahead: bool = True,
) -> HoursAnswer:
    """Answer for one aware moment, on the London wall, over the ways asked about.

    `look_ahead` finds the next opening or closing too, and costs more.
    """
    at = at.astimezone(UTC)  # adding hours to a London time would move the wall clock
    rows = _rows_with_a_person(service, ways)
    site_up = _site_is_up(service, at, holidays)
    if not rows:
        return HoursAnswer(
            OpenState.HOURS_NOT_KNOWN, Why.NO_HOURS_FOR_THIS_WAY, site_up=site_up
        )
    asking = _Asking(service, rows, ages, holidays, every_way=ways is None)
    return asking.answer(at, look_ahead=look_ahead, site_up=site_up)


def next_opening(
    service: Service,
    at: datetime,
    *,
    holidays: BankHolidays,
    ages: AgeRange | None = None,
    ways: frozenset[Way] | None = None,
    by: datetime | None = None,
) -> datetime | None:
    """Give the first moment after `at`, and not after `by`, at which someone is there.

    None when none is known within a hundred days.
    """
    rows = _rows_with_a_person(service, ways)
    at = at.astimezone(UTC)
    return _Asking(service, rows, ages, holidays).next_opening(at, by) if rows else None


def _rows_with_a_person(
    service: Service, ways: frozenset[Way] | None
) -> tuple[ServiceHours, ...]:
    """Give the rows that can say a person is there; none when hours cannot be used."""
    if service.hours_status in UNUSABLE_HOURS:
        return ()
    return tuple(
        row
        for row in service.hours
        if row.person_there and (ways is None or row.way in ways)
    )


def _site_is_up(service: Service, at: datetime, holidays: BankHolidays) -> bool:
    sites = tuple(row for row in service.hours if not row.person_there)
    if not sites:
        return False
    found, _, _ = _Asking(service, sites, None, holidays).verdict(at)
    return found >= _Found.PROBABLY


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question about one service, for as many moments as it takes."""

    service: Service
    rows: tuple[ServiceHours, ...]
    ages: AgeRange | None
    holidays: BankHolidays
    every_way: bool = False

    def answer(self, at: datetime, *, look_ahead: bool, site_up: bool) -> HoursAnswer:
        """Put the verdict on a moment into words of the five answers."""
        found, why, row = self.verdict(at)
        is_open = found >= _Found.PROBABLY
        return HoursAnswer(
            state=_STATES[found],
            why=why,
            way=row.way if row else None,
            row=row.row if row else None,
            phone_number=row.phone_number if row else None,
            opens_at=self.next_opening(at) if look_ahead and not is_open else None,
            closes_at=self.closing(at) if look_ahead and is_open else None,
            site_up=site_up,
        )

    def verdict(self, at: datetime) -> _Verdict:
        """Find the row that says the most about a moment."""
        found, why, row = self._by_rows(on_the_wall(at))
        if found is _Found.OPEN:
            if self.service.hours_status not in SURE_HOURS:
                return _Found.PROBABLY, Why.HOURS_ARE_NOT_SURE, row
            if check_is_overdue(self.service, at):
                return _Found.PROBABLY, Why.CHECK_IS_OVERDUE, row
        if found is _Found.CLOSED and self._other_ways_may_be_open:
            return _Found.NOT_KNOWN, Why.OTHER_WAYS_NOT_KNOWN, None
        return found, why, row

    @property
    def _other_ways_may_be_open(self) -> bool:
        """A shut chat does not shut the phone beside it whose hours nobody knows."""
        return self.every_way and self.service.hours_status is HoursStatus.PARTIAL

    def _by_rows(self, wall: datetime) -> _Verdict:
        best = _NOTHING
        any_known = False
        for row in self.rows:
            any_known = any_known or _is_in_its_period(row, wall.date())
            verdict = self._by_row(row, wall)
            if verdict[0] > best[0]:
                best = verdict
        if best[0] is _Found.CLOSED and not any_known:
            return _Found.NOT_KNOWN, Why.HOURS_EXPIRED, None
        return best

    def _by_row(self, row: ServiceHours, wall: datetime) -> _Verdict:
        fit = _age_fit(row, self.ages)
        if fit is _Found.CLOSED:
            return _NOTHING
        minute = wall.hour * 60 + wall.minute
        best = _NOTHING
        for day, minutes in (
            (wall.date(), minute),
            (wall.date() - ONE_DAY, minute + WHOLE_DAY),
        ):
            if row.opens <= minutes < row.closes:
                found, why = self._on_day(row, day)
                if found is _Found.OPEN and fit is _Found.PROBABLY:
                    found, why = _Found.PROBABLY, Why.AGE_DECIDES
                elif found is _Found.OPEN and not row.sure:
                    found, why = _Found.PROBABLY, Why.ROW_IS_NOT_SURE
                if found > best[0]:
                    best = (found, why, row)
        return best

    def _on_day(self, row: ServiceHours, day: date) -> tuple[_Found, Why]:
        holiday = self.holidays.is_one(day, self.service.division)
        forced = holiday and row.also_on_bank_holidays
        closed = (_Found.CLOSED, Why.NO_ROW_COVERS_NOW)
        if not _is_in_its_period(row, day) or _has_ended(row, day):
            return closed
        if not (forced or _fires(row, day)):
            return closed
        if row.term_time_only and not _is_in_term(row, day):
            if _terms_reach(row, day):
                return closed
            return _Found.NOT_KNOWN, Why.TERM_DATES_NOT_KNOWN
        if forced or row.on_bank_holidays is OnBankHolidays.OPEN:
            return _Found.OPEN, Why.ROW_COVERS_NOW
        if holiday and row.on_bank_holidays is OnBankHolidays.UNKNOWN:
            return _Found.BANK_HOLIDAY, Why.BANK_HOLIDAY
        if not holiday and day > self.holidays.known_until:
            return _Found.PROBABLY, Why.PAST_THE_HOLIDAY_LIST
        return closed if holiday else (_Found.OPEN, Why.ROW_COVERS_NOW)

    def next_opening(self, at: datetime, by: datetime | None = None) -> datetime | None:
        """Give the first moment after `at` at which someone should be there."""
        for edge in _edges(self.rows, at, LOOK_AHEAD_DAYS, lambda row: row.opens):
            if by and edge > by:
                return None
            if self.verdict(edge)[0] >= _Found.PROBABLY:
                return edge
        return None

    def closing(self, at: datetime) -> datetime | None:
        """Give the moment it closes, if that is within the next day."""
        closes = _edges(self.rows, at, 1, lambda row: row.closes)
        return next(
            (
                edge
                for edge in closes
                if edge <= at + CLOSING_LOOK_AHEAD
                and self.verdict(edge)[0] < _Found.PROBABLY
            ),
            None,
        )


def _edges(
    rows: Iterable[ServiceHours],
    at: datetime,
    days: int,
    minute_of: Callable[[ServiceHours], int],
) -> Iterator[datetime]:
    """List, in order, the moments after `at` at which an answer can change."""
    today = on_the_wall(at).replace(hour=0, minute=0, second=0, microsecond=0)
    minutes = {minute_of(row) % WHOLE_DAY for row in rows}
    for ahead in range(days + 1):
        day = today + ahead * ONE_DAY
        moments = {moment for each in minutes for moment in moments_of(day, each)}
        moments.update(repeated_hour(day))
        yield from sorted(moment for moment in moments if moment > at)


def _age_fit(row: ServiceHours, ages: AgeRange | None) -> _Found:
    if row.ages == ANY_AGE or (ages and row.ages.covers(ages)):
        return _Found.OPEN
    if ages is None or row.ages.meets(ages):
        return _Found.PROBABLY
    return _Found.CLOSED


def _is_in_its_period(row: ServiceHours, day: date) -> bool:
    """Tell whether the hours are vouched for on a day; not whether they have ended."""
    return not (
        (row.valid_from and day < row.valid_from)
        or (row.valid_to and day > row.valid_to)
    )


def _has_ended(row: ServiceHours, day: date) -> bool:
    return row.until is not None and day > row.until


def _is_in_term(row: ServiceHours, day: date) -> bool:
    return any(term.starts <= day <= term.ends for term in row.terms)


def _terms_reach(row: ServiceHours, day: date) -> bool:
    return any(day <= term.ends for term in row.terms)


def _fires(row: ServiceHours, day: date) -> bool:
    if row.weekdays is not None:
        return day >= row.first_day and day.weekday() in row.weekdays
    return _fires_by_rule(row.rule, row.first_day, day)


@lru_cache(maxsize=65536)
def _fires_by_rule(rule: str, first_day: date, day: date) -> bool:
    # Naive on purpose: the rule is on the wall, and a zone would shift it.
    starts = datetime.combine(first_day, datetime.min.time())
    midnight = datetime.combine(day, datetime.min.time())
    return bool(rrulestr(rule, dtstart=starts).between(midnight, midnight, inc=True))
