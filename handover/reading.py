"""Read the cover, timers and on-call chain of an organisation's file, strictly."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from handover.cover import WHOLE_DAY, Cover, CoverHours, OnBankHolidays
from handover.on_call import Address, OnCall, OnCallContact, Place, Way
from handover.timers import AlertStep, Timers

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_ADDRESS: Final = {
    Way.SMS: re.compile(r"\+[1-9]\d{7,14}"),
    Way.EMAIL: re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+"),
    Way.WEBHOOK: re.compile(r"https?://\S+"),
}


def read_cover(fields: Mapping[str, Any]) -> Cover:
    """Read hours and whether shifts count; an error names what is wrong."""
    shifts = fields["shifts"]
    if shifts not in ("counted", "not counted"):
        raise ValueError("cover.shifts is `counted` or `not counted`")
    return Cover(read_hours(fields["hours"]), shifts_count=shifts == "counted")


def read_hours(rows: Sequence[Mapping[str, Any]]) -> tuple[CoverHours, ...]:
    """Read rows of hours; each must say what happens on bank holidays."""
    return tuple(_row(row) for row in rows)


def read_timers(fields: Mapping[str, Any]) -> Timers:
    """Read the minutes of the staff steps and of the words while waiting."""
    alert = {
        step: int(fields[step.value]) for step in AlertStep if step.value in fields
    }
    told = tuple(int(minutes) for minutes in fields["tell"])
    missing = set(AlertStep) - {AlertStep.FIRST} - set(alert)
    if missing or not told or list(told) != sorted(set(told)):
        raise ValueError("timers name remind, second, lead and a rising list `tell`")
    return Timers({AlertStep.FIRST: 0, **alert}, told)


def read_on_call(fields: Mapping[str, Any]) -> OnCall:
    """Read the chain; every place must be named, and the lead is always on call."""
    places = {
        place: tuple(_contact(one) for one in fields[place.value]) for place in Place
    }
    if any(contact.hours for contact in places[Place.LEAD]):
        raise ValueError("on_call.lead is on call at any time, so it has no hours")
    return OnCall(places)


def _row(row: Mapping[str, Any]) -> CoverHours:
    opens, closes = _minutes(row["opens"]), _minutes(row["closes"])
    if closes <= opens:
        closes += WHOLE_DAY
    return CoverHours(
        weekdays=frozenset(DAYS.index(day) for day in row["days"]),
        opens=opens,
        closes=closes,
        on_bank_holidays=OnBankHolidays(row["bank_holidays"]),
    )


def _minutes(written: str) -> int:
    found = _CLOCK.fullmatch(written)
    if found is None:
        raise ValueError("a time is written as 09:00, and midnight at the end as 24:00")
    return int(found[1]) * 60 + int(found[2])


def _contact(fields: Mapping[str, Any]) -> OnCallContact:
    return OnCallContact(
        name=fields["name"],
        addresses=tuple(_address(one) for one in fields["ways"]),
        hours=read_hours(fields.get("hours", ())),
    )


def _address(fields: Mapping[str, str]) -> Address:
    ((way, to),) = fields.items()
    found = Address(Way(way), to)
    if not _ADDRESS[found.way].fullmatch(to):
        raise ValueError(f"an address for {way} is not written as one")
    return found
