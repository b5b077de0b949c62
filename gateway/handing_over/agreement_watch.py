"""Watch over data agreements: the lead is told before one ends, and at its end.

Looked at every morning by due work that promises the next look. A mark that was
passed while nobody looked is told all the same, once, the nearest one first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from foundations.clock import in_london, next_morning
from foundations.ids import OrganisationId
from gateway.due_worker import Handler
from gateway.handing_over.alert_sending import AlertSending, NewAlert, alert_words
from handover import Organisation
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork

LOOK: Final = "agreement.look"
DAYS_BEFORE: Final = (0, 1, 7, 30)
"""Days before an agreement's last day on which the lead is told."""
ENDED: Final = "ended"


@dataclass(frozen=True)
class AgreementWatch:
    """Looks at every organisation's newest agreement."""

    sending: AlertSending
    address: str

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {LOOK: self.look}

    def begin(self, unit: UnitOfWork) -> None:
        """Promise the next look for every organisation; safe at every start."""
        for organisation in self.sending.organisations.by_id:
            self._promise(unit, organisation)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """Look at one organisation's agreement, and promise the next look."""
        id = OrganisationId(work.payload or "")
        organisation = self.sending.organisations.by_id.get(id)
        if organisation is None:
            return
        self.tell(unit, organisation)
        self._promise(unit, id)

    def tell(self, unit: UnitOfWork, organisation: Organisation) -> None:
        """Tell the lead what is near, once; nothing when no agreement ever was.

        An organisation that never had one shares nothing, and its desk says so.
        """
        newest = unit.agreements.newest(organisation.id)
        if newest is None:
            return
        today = in_london(self.sending.clock()).date()
        mark = _mark((newest.expires_on - today) // timedelta(days=1))
        if mark is None:
            return
        words = f"agreement_{mark}"
        alert = NewAlert(
            organisation.id,
            words,
            alert_words()[words].format(link=f"{self.address}/staff"),
            once=f"agreement:{organisation.id}:{newest.expires_on}:{mark}",
        )
        self.sending.to_lead(unit, alert)

    def _promise(self, unit: UnitOfWork, organisation: OrganisationId) -> None:
        moment = next_morning(self.sending.clock())
        unit.due_work.add(
            NewDueWork(
                kind=LOOK,
                due_at=moment,
                dedup_key=f"{LOOK}:{organisation}:{moment.isoformat()}",
                payload=organisation,
            )
        )


def _mark(days_left: int) -> str | None:
    """Give the mark that so many days before the end fall under."""
    if days_left < 0:
        return ENDED
    passed = (str(days) for days in DAYS_BEFORE if days_left <= days)
    return next(passed, None)
