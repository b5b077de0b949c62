"""The hours in which a person wants to be texted: read from a sentence, and kept to."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from foundations.clock import LONDON, in_london

_HOUR: Final = r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap]m)?"
_HOURS: Final = re.compile(
    rf"\btext me (?:only )?(?:between|from)\s+{_HOUR}"
    rf"\s*(?:and|to|till|until|-)\s*{_HOUR}",
    re.IGNORECASE,
)
_AFTERNOON: Final = range(1, 7)
"""A bare 1 to 6 is the afternoon: nobody asks for texts before dawn."""


@dataclass(frozen=True)
class TextingHours:
    """From one time of day until another, in London; it may pass midnight."""

    start: time
    end: time

    def may_text(self, moment: datetime) -> bool:
        """Tell whether a text may leave at this moment."""
        now = in_london(moment).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def next_start(self, moment: datetime) -> datetime:
        """Find the next moment after this one at which texts may leave again."""
        local = in_london(moment)
        day = local.date() + timedelta(days=local.time() >= self.start)
        return datetime.combine(day, self.start, LONDON).astimezone(UTC)

    def spoken(self) -> dict[str, str]:
        """Write both times as people say them."""
        return {"start": _spoken(self.start), "end": _spoken(self.end)}


def texting_hours(text: str) -> TextingHours | None:
    """Read "only text me between 4 and 6"; None when it names no two times.

    What is meant is said back, so a wrong guess at morning or evening can be put right.
    """
    found = _HOURS.search(text)
    if found is None:
        return None
    end_half = _half(found[6])
    start = _time(found[1], found[2], _half(found[3]) or end_half)
    end = _time(found[4], found[5], end_half or _half(found[3]))
    if start is None or end is None or start == end:
        return None
    if not end_half and end < start and end.hour + 12 < 24:
        end = end.replace(hour=end.hour + 12)
    return TextingHours(start, end)


def _half(written: str | None) -> str:
    return (written or "").lower()


def _time(hour: str, minute: str | None, half: str) -> time | None:
    h, m = int(hour), int(minute or 0)
    if half:
        h = h % 12 + 12 * (half == "pm")
    elif h in _AFTERNOON:
        h += 12
    return time(h, m) if h < 24 and m < 60 else None


def _spoken(at: time) -> str:
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
