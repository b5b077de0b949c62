"""Counts as bands, so that no small one leaves and none can be worked out.

A small count can point at one young person. Hiding the small ones alone is not enough:
a total less what is shown gives them back, and so do two figures of periods that
overlap. So every count that leaves is a band: 0 to 9, and above that five wide. Where
several tables count the same people, what is known of one count from all the others
is as wide as a band or ends where a band ends: nobody can be sure that a count is
between one and four (`test_nobody_can_be_sure_that_a_count_is_between_one_and_four`
tries every small table there is). Periods do not overlap, and a longer one is the sum
of the bands of its parts, so that it says nothing more than they do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

FEWEST: Final = 10
STEP: Final = 5


@dataclass(frozen=True)
class Counted:
    """At least so many, and at most so many, both possible."""

    at_least: int
    at_most: int

    def __post_init__(self) -> None:
        """Refuse whatever is not a band or a sum of bands, whoever asks."""
        if self.at_least % STEP or 0 < self.at_least < FEWEST:
            raise ValueError("a count is given out as a band")
        if self.at_most - self.at_least < STEP - 1 or self.at_most < FEWEST - 1:
            raise ValueError("a count is given out as a band")

    def __str__(self) -> str:
        """Write it for people."""
        if self.at_least == 0:
            return f"under {self.at_most + 1}"
        return f"{self.at_least} to {self.at_most}"


@dataclass(frozen=True)
class Group:
    """One row of a table of counts."""

    name: str
    count: Counted


def counted(number: int) -> Counted:
    """Put a number into its band."""
    if number < FEWEST:
        return Counted(0, FEWEST - 1)
    at_least = number - number % STEP
    return Counted(at_least, at_least + STEP - 1)


def grouped(numbers: Mapping[str, int]) -> tuple[Group, ...]:
    """Put each group of a table into its band."""
    return tuple(Group(name, counted(number)) for name, number in numbers.items())


def summed(counts: Iterable[Counted]) -> Counted:
    """Add bands up; nothing but the bands is known of the sum."""
    bands = list(counts)
    return Counted(
        sum(each.at_least for each in bands), sum(each.at_most for each in bands)
    )


def percentile(spans: Sequence[timedelta], percent: int) -> timedelta | None:
    """Give the nearest-rank percentile of at least ten spans, in whole minutes up.

    None when there are fewer: one wait would be one young person's.
    """
    if len(spans) < FEWEST:
        return None
    rank = -(-len(spans) * percent // 100)
    seconds = sorted(spans)[rank - 1].total_seconds()
    return timedelta(minutes=-(-seconds // 60))
