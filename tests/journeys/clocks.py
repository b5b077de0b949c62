"""A clock for journeys: it stands still until it is moved."""

from dataclasses import dataclass
from datetime import datetime

from foundations.clock import LONDON


@dataclass
class StillClock:
    """Tells the same moment until `Handrail.later` moves it on."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def london(year: int, month: int, day: int, hour: int, minute: int = 0) -> StillClock:
    return StillClock(datetime(year, month, day, hour, minute, tzinfo=LONDON))
