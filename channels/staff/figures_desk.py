"""What the lead's view asks of the gateway: counts and times, never content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from channels.staff.counted import Counted, Group
from channels.staff.signed_in import SignedIn


@dataclass(frozen=True)
class Reported:
    """A service that two people or more say did not work, by nobody's name."""

    service: str
    times: int
    last_on: date


@dataclass(frozen=True)
class Figures:
    """The last days of my organisation.

    `waiting` and `overdue` are what the inbox shows this minute, case by case, and are
    not exported. Everything else is hidden below five.
    """

    days: int
    waiting: int
    overdue: int
    asked: Counted
    claimed: Counted
    answered: Counted
    to_claim: tuple[timedelta | None, timedelta | None]
    to_answer: tuple[timedelta | None, timedelta | None]
    by_hour: Sequence[Group]
    by_link: Sequence[Group]
    by_outcome: Sequence[Group]
    reported: Sequence[Reported] = ()


class FiguresDesk(Protocol):
    """The figures of my organisation."""

    async def figures(self, me: SignedIn, days: int, *, export: bool) -> Figures:
        """Count; that it was looked at, or exported, is written down."""
