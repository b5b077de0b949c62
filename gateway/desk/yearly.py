"""A year in counts and times, for those who fund and govern: no content, nobody in it.

Every count is a `Counted`, so none under five can be written down; each table is made
of groups that do not overlap, so none can be worked out either.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader

from channels.staff.counted import Counted, Group, counted, grouped, percentile
from foundations.clock import in_london
from foundations.ids import OrganisationId
from storage import UnitOfWork
from storage.feedback import Helped
from storage.staff.figures import CaseTimes
from storage.staff.records import Outcome

MONTHS: Final = 12
BAR: Final = 320
"""The longest bar, in the picture's own units."""
_PAGES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
)


class Got(str, Enum):
    """How far a request for a person came; each is in one group."""

    ANSWERED = "answered"
    CLAIMED_ONLY = "claimed_only"
    NEVER_CLAIMED = "never_claimed"


@dataclass(frozen=True)
class Year:
    """One organisation's year. Times are None where fewer than five were counted."""

    year: int
    asked: Counted
    got: tuple[Group, ...]
    by_month: tuple[Group, ...]
    by_hour: tuple[Group, ...]
    by_outcome: tuple[Group, ...]
    helped: tuple[Group, ...]
    half_within: timedelta | None
    nine_in_ten_within: timedelta | None

    @property
    def tables(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """Give every table with its name."""
        return (
            ("got", self.got),
            ("by_month", self.by_month),
            ("by_hour", self.by_hour),
            ("by_outcome", self.by_outcome),
            ("helped", self.helped),
        )


def read_year(unit: UnitOfWork, organisation: OrganisationId, year: int) -> Year:
    """Count one organisation's year; feedback belongs to no organisation."""
    start = in_london(unit.clock()).replace(
        year=year, month=1, day=1, hour=0, minute=0, second=0, microsecond=0
    )
    cases = [
        case
        for case in unit.figures.since(organisation, start)
        if in_london(case.opened_at).year == year
    ]
    months = [unit.feedback.of(f"{year}-{month:02}") for month in range(1, MONTHS + 1)]
    return count_year(year, cases, [one for month in months for one in month.helped])


def count_year(year: int, cases: Sequence[CaseTimes], helped: Sequence[Helped]) -> Year:
    """Count cases and answers."""
    waits = [case.answered_at - case.opened_at for case in cases if case.answered_at]
    return Year(
        year=year,
        asked=counted(len(cases)),
        got=_counts(cases, _how_far, [got.value for got in Got]),
        by_month=_counts(cases, _month, [f"{n:02}" for n in range(1, MONTHS + 1)]),
        by_hour=_counts(cases, _hour, [f"{n:02}:00" for n in range(24)]),
        by_outcome=_counts(
            [case for case in cases if case.outcome],
            lambda case: case.outcome.value if case.outcome else "",
            [outcome.value for outcome in Outcome],
        ),
        helped=grouped({one.value: helped.count(one) for one in Helped}),
        half_within=percentile(waits, 50),
        nine_in_ten_within=percentile(waits, 90),
    )


def written(counts: Year, organisation_name: str) -> str:
    """Write a year as one page that needs nothing else, with its pictures in it."""
    shown = [g.count.number or 0 for _, groups in counts.tables for g in groups]
    page = _PAGES.get_template("yearly.html").render(
        counts=counts, organisation=organisation_name, bar=BAR, most=max(shown) or 1
    )
    return str(page)


def _counts(
    cases: Sequence[CaseTimes], of: Callable[[CaseTimes], str], names: Sequence[str]
) -> tuple[Group, ...]:
    found = Counter(of(case) for case in cases)
    return grouped({name: found[name] for name in names})


def _how_far(case: CaseTimes) -> str:
    if case.answered_at:
        return Got.ANSWERED.value
    return Got.CLAIMED_ONLY.value if case.claimed_at else Got.NEVER_CLAIMED.value


def _month(case: CaseTimes) -> str:
    return f"{in_london(case.opened_at).month:02}"


def _hour(case: CaseTimes) -> str:
    return f"{in_london(case.opened_at).hour:02}:00"
