"""One clock. Moments are stored in UTC; people live in Europe/London."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

MORNING: Final = time(9)
"""When what is looked at once a day is looked at, in London."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the time now, aware, in UTC."""
    return datetime.now(UTC)


def in_london(moment: datetime) -> datetime:
    """Show an aware moment as a wall clock in London would."""
    return moment.astimezone(LONDON)


def next_morning(now: datetime) -> datetime:
    """Give the next nine o'clock in London after a moment."""
    today = in_london(now).date()
    mornings = (
        datetime.combine(today + timedelta(days=days), MORNING, tzinfo=LONDON)
        for days in (0, 1)
    )
    return next(moment for moment in mornings if moment > now)
