"""What the lead's view asks of the gateway: counts and times, never content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from channels.staff.counted import Counted, Group
from channels.staff.signed_in import SignedIn

Span = tuple[timedelta | None, timedelta | None]


@dataclass(frozen=True)
class Now:
    """How long the inbox is this minute, for whoever has its cases before them."""

    waiting: int
    overdue: int


@dataclass(frozen=True)
class Tables:
    """One quarter that is over. Each table is of the people who asked in it."""

    asked: Counted
    got: Sequence[Group]
    by_month: Sequence[Group]
    by_hour: Sequence[Group]
    by_link: Sequence[Group]
    by_outcome: Sequence[Group]


@dataclass(frozen=True)
class Figures:
    """What a lead sees of my organisation.

    `period` is a quarter that is over, as 2026-4. The spans are of the last 28 days:
    half within, nine in ten within; None below ten. `reported` are the services that
    two people or more say did not work.
    """

    period: str
    periods: Sequence[str]
    now: Now | None
    tables: Tables
    to_claim: Span
    to_answer: Span
    reported: Sequence[str] = ()


class FiguresDesk(Protocol):
    """The figures of my organisation."""

    async def figures(self, me: SignedIn, period: str, *, export: bool) -> Figures:
        """Count; whatever period is not on offer is the newest one."""
