"""Clocks for journeys: one stands still until it is moved, one goes on from there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from foundations.clock import LONDON, utc_now


@dataclass
class StillClock:
    """Tells the same moment until `Handrail.later` moves it on."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class GoingClock:
    """Goes on as every clock does, and can be moved on besides."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return utc_now() + self.ahead

    @property
    def now(self) -> datetime:
        return self()

    @now.setter
    def now(self, moment: datetime) -> None:
        self.ahead = moment - utc_now()


def london(year: int, month: int, day: int, hour: int, minute: int = 0) -> StillClock:
    return StillClock(datetime(year, month, day, hour, minute, tzinfo=LONDON))
