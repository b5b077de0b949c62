"""The lead's view, counted from times and fixed words; small numbers cannot leave."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from channels.staff.counted import Group, counted, grouped, percentile
from channels.staff.figures_desk import Figures, Now, Tables
from channels.staff.may import May
from channels.staff.signed_in import SignedIn
from foundations.clock import in_london
from foundations.ids import OrganisationId
from gateway.desk.case_lines import inbox_of
from gateway.desk.noting import Did, note
from gateway.desk.quarters import Quarter, finished
from handover import Organisations
from storage import Database, UnitOfWork
from storage.staff.figures import CaseTimes
from storage.staff.records import Outcome

Span = tuple[timedelta | None, timedelta | None]
LATELY: Final = timedelta(days=28)
ELSEWHERE: Final = "another way in"


class Got(str, Enum):
    """How far a request for a person came; each is in one group."""

    ANSWERED = "answered"
    CLAIMED_ONLY = "claimed_only"
    NEVER_CLAIMED = "never_claimed"


class StaffFigures:
    """Answers the lead's view from the records of one organisation."""

    def __init__(self, database: Database, organisations: Organisations) -> None:
        self._database = database
        self._organisations = organisations

    async def figures(self, me: SignedIn, period: str, *, export: bool) -> Figures:
        """Count; that it was looked at, or exported, is written down."""
        did = Did.FIGURES_EXPORTED if export else Did.FIGURES_READ

        def work(unit: UnitOfWork) -> Figures:
            note(unit, me, did, me.organisation)
            return self._figures(unit, me, period)

        return await self._database.write(work)

    def _figures(self, unit: UnitOfWork, me: SignedIn, period: str) -> Figures:
        on_offer = finished(unit.clock())
        wanted = next((one for one in on_offer if str(one) == period), on_offer[0])
        lately = unit.figures.since(me.organisation, unit.clock() - LATELY)
        return Figures(
            period=str(wanted),
            periods=tuple(str(one) for one in on_offer),
            now=self._now(unit, me),
            tables=tables_of(unit, me.organisation, wanted),
            to_claim=_spans(
                case.claimed_at - case.opened_at for case in lately if case.claimed_at
            ),
            to_answer=_spans(
                case.answered_at - case.opened_at for case in lately if case.answered_at
            ),
            reported=[each.service for each in unit.service_reports.flagged()],
        )

    def _now(self, unit: UnitOfWork, me: SignedIn) -> Now | None:
        """Whoever has the inbox before them sees how long it is; nobody else does."""
        if May.HOLD_CASES not in me.may:
            return None
        inbox = inbox_of(unit, self._organisations, me)
        return Now(len(inbox.waiting) + inbox.more, inbox.overdue)


def tables_of(unit: UnitOfWork, organisation: OrganisationId, when: Quarter) -> Tables:
    """Count a quarter that is over; what was done after it is not counted in it."""
    opened = unit.figures.since(organisation, when.begins)
    cases = [case for case in opened if case.opened_at < when.ends]
    links = {
        one.slug: f"{one.place or one.slug} ({one.slug})"
        for one in unit.chat_links.of_organisation(organisation)
    }
    return count_quarter(when, cases, links)


def count_quarter(
    when: Quarter, cases: Sequence[CaseTimes], links: Mapping[str, str]
) -> Tables:
    """Put the cases of a quarter into tables; each has all its rows, always."""
    ended = when.ends
    outcomes = [
        case.outcome.value
        for case in cases
        if case.outcome and case.closed_at and case.closed_at < ended
    ]
    return Tables(
        asked=counted(len(cases)),
        got=_table((_how_far(case, ended) for case in cases), [g.value for g in Got]),
        by_month=_table(
            (_month(case) for case in cases), [f"{n:02}" for n in when.months]
        ),
        by_hour=_table(
            (f"{in_london(case.opened_at).hour:02}:00" for case in cases),
            [f"{hour:02}:00" for hour in range(24)],
        ),
        by_link=_table(
            (links.get(case.link, ELSEWHERE) for case in cases),
            [*links.values(), ELSEWHERE],
        ),
        by_outcome=_table(outcomes, [outcome.value for outcome in Outcome]),
    )


def _table(found: Iterable[str], names: Iterable[str]) -> tuple[Group, ...]:
    numbers = Counter(found)
    return grouped({name: numbers[name] for name in names})


def _how_far(case: CaseTimes, ended: datetime) -> str:
    if case.answered_at and case.answered_at < ended:
        return Got.ANSWERED.value
    claimed = case.claimed_at and case.claimed_at < ended
    return Got.CLAIMED_ONLY.value if claimed else Got.NEVER_CLAIMED.value


def _month(case: CaseTimes) -> str:
    return f"{in_london(case.opened_at).month:02}"


def _spans(found: Iterable[timedelta]) -> Span:
    spans = list(found)
    return percentile(spans, 50), percentile(spans, 90)
