"""A year in counts and times, for those who fund and govern: no content, nobody in it.

A year is made of the bands of its quarters that are over, and of nothing else: it says
nothing that the quarters do not, so no count can be worked out from both.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader

from channels.staff.counted import Counted, Group, grouped, percentile, summed
from channels.staff.figures_desk import Tables
from foundations.clock import in_london
from foundations.ids import OrganisationId
from gateway.desk.figures import tables_of
from gateway.desk.quarters import QUARTERS, Quarter
from storage import UnitOfWork
from storage.feedback import Helped

MONTHS: Final = 12
BAR: Final = 320
"""The longest bar, in the picture's own units."""
_PAGES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
)


class NothingOverYet(ValueError):
    """No quarter of this year is over: there is nothing that may be given out."""


@dataclass(frozen=True)
class Year:
    """One organisation's year. Times are None where fewer than ten were counted.

    `quarters` is how many of its quarters are over and counted.
    """

    year: int
    quarters: int
    asked: Counted
    tables: tuple[tuple[str, tuple[Group, ...]], ...]
    half_within: timedelta | None
    nine_in_ten_within: timedelta | None


def read_year(unit: UnitOfWork, organisation: OrganisationId, year: int) -> Year:
    """Count one organisation's year; feedback belongs to no organisation.

    Raises NothingOverYet.
    """
    now = unit.clock()
    over = [
        one
        for one in (Quarter(year, number) for number in range(1, QUARTERS + 1))
        if one.ends <= now
    ]
    if not over:
        raise NothingOverYet(f"no quarter of {year} is over yet")
    opened = unit.figures.since(organisation, over[0].begins)
    waits = [
        case.answered_at - case.opened_at
        for case in opened
        if case.opened_at < over[-1].ends and case.answered_at
    ]
    quarters = [tables_of(unit, organisation, one) for one in over]
    return count_year(year, quarters, waits, _helped(unit, year, now))


def count_year(
    year: int,
    quarters: Sequence[Tables],
    waits: Sequence[timedelta],
    helped: Sequence[Sequence[Helped]],
) -> Year:
    """Add up what the quarters, and the months of feedback, say."""
    said = [_answers(month) for month in helped] or [_answers(())]
    months = tuple(group for each in quarters for group in each.by_month)
    return Year(
        year=year,
        quarters=len(quarters),
        asked=summed(each.asked for each in quarters),
        tables=(
            ("got", _sum([each.got for each in quarters])),
            ("by_month", months),
            ("by_hour", _sum([each.by_hour for each in quarters])),
            ("by_outcome", _sum([each.by_outcome for each in quarters])),
            ("helped", _sum(said)),
        ),
        half_within=percentile(waits, 50),
        nine_in_ten_within=percentile(waits, 90),
    )


def written(counts: Year, organisation_name: str) -> str:
    """Write a year as one page that needs nothing else, with its pictures in it."""
    page = _PAGES.get_template("yearly.html").render(
        counts=counts, organisation=organisation_name, bar=BAR
    )
    return str(page)


def _helped(unit: UnitOfWork, year: int, now: datetime) -> list[Sequence[Helped]]:
    """Give the answers of each month that is over: as the digest of a month does."""
    this = f"{in_london(now):%Y-%m}"
    months = (f"{year}-{month:02}" for month in range(1, MONTHS + 1))
    return [unit.feedback.of(month).helped for month in months if month < this]


def _answers(helped: Sequence[Helped]) -> tuple[Group, ...]:
    numbers = Counter(helped)
    return grouped({one.value: numbers[one] for one in Helped})


def _sum(tables: Sequence[Sequence[Group]]) -> tuple[Group, ...]:
    """Add tables up, row by row; a row that one of them lacks is none there."""
    names = dict.fromkeys(group.name for table in tables for group in table)
    return tuple(
        Group(
            name,
            summed(
                group.count for table in tables for group in table if group.name == name
            ),
        )
        for name in names
    )
