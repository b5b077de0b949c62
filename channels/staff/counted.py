"""Counts that cannot be small: under five is not a number here, so it cannot leave.

A small count can point at one young person. Everything that is counted for a lead goes
through here; `Counted` refuses to be made with a number from 0 to 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

FEWEST: Final = 5


@dataclass(frozen=True)
class Counted:
    """How many; None means fewer than five, none at all included."""

    number: int | None

    def __post_init__(self) -> None:
        """Refuse a small number, whoever asks."""
        if self.number is not None and self.number < FEWEST:
            raise ValueError("a count under five is not given out")

    def __str__(self) -> str:
        """Write it for people."""
        return "under 5" if self.number is None else str(self.number)


HIDDEN: Final = Counted(None)


@dataclass(frozen=True)
class Group:
    """One row of a table of counts."""

    name: str
    count: Counted


def counted(number: int) -> Counted:
    """Count, or say that it is under five."""
    return HIDDEN if number < FEWEST else Counted(number)


def grouped(numbers: Mapping[str, int]) -> tuple[Group, ...]:
    """Count groups so that no small one can be worked out from the total.

    When all that is hidden comes to less than five together, the smallest group that
    is shown is hidden too, until it does not.
    """
    hidden = {name for name, number in numbers.items() if number < FEWEST}
    while _is_small(sum(numbers[name] for name in hidden)):
        shown = [name for name in numbers if name not in hidden]
        if not shown:
            break
        hidden.add(min(shown, key=lambda name: numbers[name]))
    return tuple(
        Group(name, HIDDEN if name in hidden else Counted(number))
        for name, number in numbers.items()
    )


def percentile(spans: Sequence[timedelta], percent: int) -> timedelta | None:
    """Give the nearest-rank percentile of at least five spans, in whole minutes up.

    None when there are fewer: one wait would be one young person's.
    """
    if len(spans) < FEWEST:
        return None
    rank = -(-len(spans) * percent // 100)
    seconds = sorted(spans)[rank - 1].total_seconds()
    return timedelta(minutes=-(-seconds // 60))


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST
