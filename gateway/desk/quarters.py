"""Quarters of a year, in London: the periods that figures are given for.

They do not overlap and are given only once they are over, so that no figure can be
taken from another one to find out what happened in a few days.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from foundations.clock import LONDON, in_london

QUARTERS: Final = 4
MONTHS_EACH: Final = 3


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter; the first is 1."""

    year: int
    number: int

    def __str__(self) -> str:
        """Write it as an address does."""
        return f"{self.year}-{self.number}"

    @property
    def months(self) -> tuple[int, ...]:
        """Give its three months."""
        first = (self.number - 1) * MONTHS_EACH + 1
        return tuple(range(first, first + MONTHS_EACH))

    @property
    def begins(self) -> datetime:
        """Give its first moment."""
        return datetime(self.year, self.months[0], 1, tzinfo=LONDON)

    @property
    def ends(self) -> datetime:
        """Give the first moment after it."""
        return self.after.begins

    @property
    def after(self) -> "Quarter":
        """Give the next one."""
        if self.number == QUARTERS:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        """Give the one before."""
        if self.number == 1:
            return Quarter(self.year - 1, QUARTERS)
        return Quarter(self.year, self.number - 1)


def quarter_of(moment: datetime) -> Quarter:
    """Tell which quarter a moment is in."""
    then = in_london(moment)
    return Quarter(then.year, (then.month - 1) // MONTHS_EACH + 1)


def finished(now: datetime, most: int = QUARTERS) -> tuple[Quarter, ...]:
    """List the quarters that are over, the newest first."""
    found = [quarter_of(now).before]
    while len(found) < most:
        found.append(found[-1].before)
    return tuple(found)
