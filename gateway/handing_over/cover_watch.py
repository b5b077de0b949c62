"""Watch over cover: a holiday, or hours with nobody on shift, is told to the lead.

Looked at every morning and just after every opening, by due work that promises the
next look before it ends. A gap is told once.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.turns.cover import CoverLook
from foundations.clock import LONDON, Clock, in_london
from foundations.ids import OrganisationId
from gateway.due_worker import Handler
from gateway.handing_over.alerting import alert_words, recipient_of
from handover import Organisation, Organisations
from handover.cover import is_open, next_start, off_for_a_holiday
from handover.timers import AlertStep
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork
from storage.records import NewOutbound, OutboundKind

log = logging.getLogger("handrail.cover")

LOOK: Final = "cover.look"
COVER: Final = "cover"
MORNING: Final = time(9)
AFTER_OPENING: Final = timedelta(minutes=5)
DAYS_AHEAD: Final = 7


@dataclass(frozen=True)
class CoverWatch:
    """Looks ahead for every organisation. `address` is where the staff pages are."""

    organisations: Organisations
    cover: CoverLook
    clock: Clock
    address: str

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {LOOK: self.look}

    def begin(self, unit: UnitOfWork) -> None:
        """Promise the next look for every organisation; safe at every start."""
        for organisation in self.organisations.by_id.values():
            self._promise(unit, organisation)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """Look ahead for one organisation, and promise the next look."""
        organisation = self.organisations.by_id.get(OrganisationId(work.payload or ""))
        if organisation is None:
            return
        for day in self._holidays(organisation):
            self.tell_lead(unit, organisation, f"holiday:{day.isoformat()}")
        if self.has_nobody_in_hours(unit, organisation):
            self.tell_lead(unit, organisation, f"shift:{work.due_at.isoformat()}")
        self._promise(unit, organisation)

    def has_nobody_in_hours(self, unit: UnitOfWork, organisation: Organisation) -> bool:
        """Tell whether it should be covered now and nobody is there."""
        is_holiday = self.cover.is_holiday(organisation)
        should_be = is_open(organisation.cover.hours, self.clock(), is_holiday)
        return should_be and not self.cover.now(unit, organisation).is_covered

    def tell_lead(self, unit: UnitOfWork, organisation: Organisation, gap: str) -> None:
        """Alert the lead to a gap, once, by their first way."""
        is_holiday = self.cover.is_holiday(organisation)
        lead = organisation.on_call.for_step(AlertStep.LEAD, self.clock(), is_holiday)
        if lead is None:
            log.error("organisation %s has no lead on call", organisation.id)
            return
        way = lead.addresses[0]
        outbound = NewOutbound(
            dedup_key=f"cover:{organisation.id}:{gap}",
            kind=OutboundKind.STAFF_ALERT,
            body=alert_words()[COVER].format(link=f"{self.address}/staff"),
            not_before=self.clock(),
            recipient=recipient_of(way),
        )
        if not unit.outbox.add(outbound):
            return
        unit.alerts.raised(
            handover_case=None,
            young_person=None,
            organisation=organisation.id,
            step=COVER,
            contact=lead.name,
            way=way.way.value,
            outbox_id=outbound.id,
        )

    def _holidays(self, organisation: Organisation) -> Iterator[date]:
        """Give the days ahead on which a holiday takes cover away."""
        today = in_london(self.clock()).date()
        is_holiday = self.cover.is_holiday(organisation)
        for ahead in range(DAYS_AHEAD + 1):
            day = today + timedelta(days=ahead)
            if off_for_a_holiday(organisation.cover.hours, day, is_holiday):
                yield day

    def _promise(self, unit: UnitOfWork, organisation: Organisation) -> None:
        moment = self._next_look(organisation)
        unit.due_work.add(
            NewDueWork(
                kind=LOOK,
                due_at=moment,
                dedup_key=f"{LOOK}:{organisation.id}:{moment.isoformat()}",
                payload=organisation.id,
            )
        )

    def _next_look(self, organisation: Organisation) -> datetime:
        now = self.clock()
        today = in_london(now).date()
        mornings = (
            datetime.combine(day, MORNING, tzinfo=LONDON)
            for day in (today, today + timedelta(days=1))
        )
        morning = next(moment for moment in mornings if moment > now)
        is_holiday = self.cover.is_holiday(organisation)
        opening = next_start(organisation.cover.hours, now - AFTER_OPENING, is_holiday)
        if opening is None:
            return morning
        return min(morning, opening + AFTER_OPENING)
