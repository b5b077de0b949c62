"""The lead's view, counted from times and fixed words; small numbers cannot leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from channels.staff.case_desk import Inbox
from channels.staff.counted import Group, counted, grouped, percentile
from channels.staff.figures_desk import Figures, Reported
from channels.staff.signed_in import SignedIn
from foundations.clock import in_london
from gateway.desk.case_lines import inbox_of
from gateway.desk.noting import Did, note
from handover import Organisations
from storage import Database, UnitOfWork
from storage.staff.figures import CaseTimes
from storage.staff.records import Outcome

Span = tuple[timedelta | None, timedelta | None]


class StaffFigures:
    """Answers the lead's view from the records of one organisation."""

    def __init__(self, database: Database, organisations: Organisations) -> None:
        self._database = database
        self._organisations = organisations

    async def figures(self, me: SignedIn, days: int, *, export: bool) -> Figures:
        """Count; that it was looked at, or exported, is written down."""
        did = Did.FIGURES_EXPORTED if export else Did.FIGURES_READ

        def work(unit: UnitOfWork) -> Figures:
            note(unit, me, did, me.organisation)
            inbox = inbox_of(unit, self._organisations, me)
            return _figures(unit, me, days, inbox)

        return await self._database.write(work)


def _figures(unit: UnitOfWork, me: SignedIn, days: int, inbox: Inbox) -> Figures:
    since = unit.clock() - timedelta(days=days)
    cases = unit.figures.since(me.organisation, since)
    return Figures(
        days=days,
        waiting=len(inbox.waiting) + inbox.more,
        overdue=inbox.overdue,
        asked=counted(len(cases)),
        claimed=counted(sum(case.claimed_at is not None for case in cases)),
        answered=counted(sum(case.answered_at is not None for case in cases)),
        to_claim=_spans(
            case.claimed_at - case.opened_at for case in cases if case.claimed_at
        ),
        to_answer=_spans(
            case.answered_at - case.opened_at for case in cases if case.answered_at
        ),
        by_hour=_by_hour(cases),
        by_link=_by_link(unit, me, cases),
        by_outcome=_by_outcome(cases),
        reported=[
            Reported(each.service, each.times, each.last_on)
            for each in unit.service_reports.flagged()
        ],
    )


def _spans(found: Iterable[timedelta]) -> Span:
    spans = list(found)
    return percentile(spans, 50), percentile(spans, 90)


def _by_hour(cases: Sequence[CaseTimes]) -> tuple[Group, ...]:
    hours = Counter(in_london(case.opened_at).hour for case in cases)
    return grouped({f"{hour:02}:00": hours[hour] for hour in range(24)})


def _by_link(
    unit: UnitOfWork, me: SignedIn, cases: Sequence[CaseTimes]
) -> tuple[Group, ...]:
    links = unit.chat_links.of_organisation(me.organisation)
    places = {link.slug: link.place or link.slug for link in links}
    # Two links may have one place: they are told apart by their short names.
    found = Counter(case.link for case in cases)
    names = {slug: f"{places[slug]} ({slug})" for slug in found if slug in places}
    names |= {slug: slug for slug in found if slug not in places}
    return grouped({names[slug]: number for slug, number in found.most_common()})


def _by_outcome(cases: Sequence[CaseTimes]) -> tuple[Group, ...]:
    found = Counter(case.outcome.value for case in cases if case.outcome)
    return grouped({outcome.value: found[outcome.value] for outcome in Outcome})
