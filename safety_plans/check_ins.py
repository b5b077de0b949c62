"""Check-ins: when someone asked to be written to, on London's clock, never at night.

Times are wall-clock times, so five o'clock stays five o'clock when the clocks change
(python-dateutil's recurrence rules, over Europe/London).
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta
from dateutil.rrule import rrulestr
from dateutil.tz import resolve_imaginary

from foundations.clock import LONDON, in_london

QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(8)
"""Between these hours in London nobody is written to first."""

USUAL_TIME: Final = time(17)
LATE_AT_MOST: Final = timedelta(hours=3)
"""A check-in that could not be sent by then is left out, and the next one stands."""

_DAYS: Final = {"mo": MO, "tu": TU, "we": WE, "th": TH, "fr": FR, "sa": SA, "su": SU}
_DAY = re.compile(
    r"\b(mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)\b|\b(\d{1,2})[:.](\d{2})\b")
_AT = re.compile(r"\b(?:at|around|about|by)\s+(\d{1,2})\b")
_IN = re.compile(r"\bin (?:a|an|one|two|three|\d{1,2}) (day|week|month)s?\b")
_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_EVERY: Final = {
    r"(?:every|each) day|daily|every evening|every morning": "DAILY",
    r"(?:every|each) (?:2|two|other) weeks?|fortnight(?:ly)?": "WEEKLY;INTERVAL=2",
    r"(?:every|each) (?:week|mon|tue|wed|thu|fri|sat|sun)|weekly|(?:sun|mon|tues|"
    r"wednes|thurs|fri|satur)days|once a week": "WEEKLY",
    r"(?:every|each) month|monthly|once a month": "MONTHLY",
}
_PAUSES: Final = {
    "DAILY": relativedelta(days=1),
    "WEEKLY": relativedelta(weeks=1),
    "MONTHLY": relativedelta(months=1),
}
SHORTEST_MONTH: Final = 28
_PARTS: Final = {
    "morning": time(10),
    "noon": time(12),
    "lunch": time(12, 30),
    "afternoon": time(15),
    "after school": time(16),
    "after college": time(17),
    "evening": time(18, 30),
}


@dataclass(frozen=True)
class CheckIn:
    """When to write: first at `at`, then by `rule` (RFC 5545) if there is one.

    `at` is a moment; `local` is what the clock on the wall says then.
    """

    at: datetime
    rule: str | None = None

    @property
    def local(self) -> datetime:
        """The wall clock's time in London, without a zone."""
        return in_london(self.at).replace(tzinfo=None)

    def following(self, now: datetime) -> "CheckIn | None":
        """Give the next one after `now`; None when this was asked for once."""
        if self.rule is None:
            return None
        begun = self.local
        later = rrulestr(f"RRULE:{self.rule}", dtstart=begun).after(
            in_london(now).replace(tzinfo=None)
        )
        return None if later is None else CheckIn(_moment(later), self.rule)

    def to_json(self) -> str:
        """Write it down."""
        return json.dumps({"at": self.at.isoformat(), "rule": self.rule})

    @classmethod
    def from_json(cls, written: str) -> "CheckIn":
        """Read what `to_json` wrote."""
        kept = json.loads(written)
        return cls(datetime.fromisoformat(kept["at"]), kept["rule"])


def is_quiet(moment: datetime) -> bool:
    """Tell whether it is a time at which nobody is written to first."""
    clock = in_london(moment).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def asked_for(text: str, now: datetime) -> CheckIn | None:
    """Read when someone asks to be checked in with; None when no time is named.

    The time may be a quiet one: whoever asks decides what to say to that.
    """
    said = " ".join(text.casefold().split())
    rule = next((r for words, r in _EVERY.items() if re.search(words, said)), None)
    day, clock = _day_in(said, now), _time_in(said)
    if rule is None and day is None and clock is None:
        return None
    local_now = in_london(now).replace(tzinfo=None)
    if rule is not None and day is None:
        day = local_now + _PAUSES[rule.partition(";")[0]]
    at = datetime.combine((day or local_now).date(), clock or USUAL_TIME)
    while at <= local_now:
        at += timedelta(days=7 if _DAY.search(said) else 1)
    return CheckIn(_moment(at), None if rule is None else _rule(rule, at))


def _rule(rule: str, first: datetime) -> str:
    """Write the rule; a monthly one of the month's end is of every month's end."""
    last_days = rule == "MONTHLY" and first.day > SHORTEST_MONTH
    return f"FREQ={rule};BYMONTHDAY=-1" if last_days else f"FREQ={rule}"


def _day_in(said: str, now: datetime) -> datetime | None:
    today = in_london(now).replace(tzinfo=None)
    if ahead := _IN.search(said):
        count = ahead[0].split()[1]
        number = _COUNTS.get(count) or int(count)
        match ahead[1]:
            case "day":
                return today + relativedelta(days=number)
            case "week":
                return today + relativedelta(weeks=number)
            case _:
                return today + relativedelta(months=number)
    if named := _DAY.search(said):
        return today + relativedelta(weekday=_DAYS[named[1][:2]](+1))
    if "tomorrow" in said or "tmrw" in said or "tomoz" in said:
        return today + relativedelta(days=1)
    if "next week" in said:
        return today + relativedelta(weeks=1)
    if "weekend" in said:
        return today + relativedelta(weekday=SA(+1))
    return today if re.search(r"\b(?:today|tonight|later)\b", said) else None


def _time_in(said: str) -> time | None:
    if found := _CLOCK.search(said):
        hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
        hour = hour % 12 + 12 * (found[3] == "pm") if found[3] else hour
        return _time(hour, minute)
    if found := _AT.search(said):
        hour = int(found[1])
        return _time(hour + 12 if 1 <= hour <= 7 else hour, 0)
    return next((at for words, at in _PARTS.items() if words in said), None)


def _time(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _moment(local: datetime) -> datetime:
    """Find the moment of a wall-clock time; one the clocks skip moves past the gap."""
    return resolve_imaginary(local.replace(tzinfo=LONDON)).astimezone(UTC)
