"""One clock. Moments are stored in UTC; people live in Europe/London."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the time now, aware, in UTC."""
    return datetime.now(UTC)


def in_london(moment: datetime) -> datetime:
    """Show an aware moment as a wall clock in London would."""
    return moment.astimezone(LONDON)
