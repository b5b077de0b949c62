"""Watch over cover: a holiday, or hours with nobody on shift, is told to the lead.

Looked at every morning and just after every opening, by due work that promises the
next look before it ends. A gap is told once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from foundations.clock import in_london, next_morning
from foundations.ids import OrganisationId
from gateway.due_worker import Handler
from gateway.handing_over.alert_sending import AlertSending, NewAlert, alert_words
from handover import Organisation
from handover.cover import is_open, next_start, off_for_a_holiday
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork

LOOK: Final = "cover.look"
COVER: Final = "cover"
AFTER_OPENING: Final = timedelta(minutes=5)
DAYS_AHEAD: Final = 7


@dataclass(frozen=True)
class CoverWatch:
    """Looks ahead for every organisation. `address` is where the staff pages are."""

    sending: AlertSending
    address: str

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {LOOK: self.look}

    def begin(self, unit: UnitOfWork) -> None:
        """Promise the next look for every organisation; safe at every start."""
        for organisation in self.sending.organisations.by_id.values():
            self._promise(unit, organisation)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """Look ahead for one organisation, and promise the next look."""
        organisation = self.sending.organisations.by_id.get(
            OrganisationId(work.payload or "")
        )
        if organisation is None:
            return
        for day in self._holidays(organisation):
            self.tell_lead(unit, organisation, f"holiday:{day.isoformat()}")
        if self.has_nobody_in_hours(unit, organisation):
            self.tell_lead(unit, organisation, f"shift:{work.due_at.isoformat()}")
        self._promise(unit, organisation)

    def has_nobody_in_hours(self, unit: UnitOfWork, organisation: Organisation) -> bool:
        """Tell whether it should be covered now and nobody is there."""
        is_holiday = self.sending.cover.is_holiday(organisation)
        should_be = is_open(organisation.cover.hours, self.sending.clock(), is_holiday)
        return should_be and not self.sending.cover.now(unit, organisation).is_covered

    def tell_lead(self, unit: UnitOfWork, organisation: Organisation, gap: str) -> None:
        """Alert the lead to a gap, once."""
        alert = NewAlert(
            organisation.id,
            COVER,
            alert_words()[COVER].format(link=f"{self.address}/staff/cover"),
            once=f"cover:{organisation.id}:{gap}",
        )
        self.sending.to_lead(unit, alert)

    def _holidays(self, organisation: Organisation) -> Iterator[date]:
        """Give the days ahead on which a holiday takes cover away."""
        today = in_london(self.sending.clock()).date()
        is_holiday = self.sending.cover.is_holiday(organisation)
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
        now = self.sending.clock()
        morning = next_morning(now)
        is_holiday = self.sending.cover.is_holiday(organisation)
        opening = next_start(organisation.cover.hours, now - AFTER_OPENING, is_holiday)
        if opening is None:
            return morning
        return min(morning, opening + AFTER_OPENING)
