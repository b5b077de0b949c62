"""Sending one alert: one way after another, then the next contact, until it leaves.

An alert is an outbox row, so it is sent, retried and recorded like every text; what is
here looks, every fifteen seconds, whether it got through, and goes on when it did not.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import handover
from bot.turns.cover import CoverLook
from foundations.clock import Clock
from foundations.content import read_yaml
from foundations.ids import HandoverCaseId, OrganisationId, new_id
from gateway.due_worker import Handler
from handover import CaseStatus, Organisations
from handover.on_call import Address, OnCallContact
from handover.timers import AlertStep
from storage import UnitOfWork
from storage.alerts import RaisedAlert
from storage.due_work import DueWork, NewDueWork
from storage.records import NewOutbound, OutboundKind, OutboundState

log = logging.getLogger("handrail.alerts")

LOOK: Final = "handover.alert_look"
LOOK_AFTER: Final = timedelta(seconds=15)
"""Twice this is the longest that a failed way holds up the next one: 30 seconds."""
MOST_LOOKS: Final = 12
MOVED_ON: Final = "moved_on"
"""The code of an alert that had not left in time by its way."""
WORDS: Final = Path(handover.__file__).parent / "alert_words.yml"


@dataclass(frozen=True)
class NewAlert:
    """What is to be said, and of what: a case, or an organisation alone.

    `body` holds a case number and a link at most. `while_waiting` lets it rest once
    the case no longer waits. `once` keeps it from being said twice under one name.
    """

    organisation: OrganisationId
    step: str
    body: str
    case: HandoverCaseId | None = None
    while_waiting: bool = True
    once: str | None = None


@dataclass(frozen=True)
class AlertSending:
    """Sends alerts and looks after them until one of them has left."""

    organisations: Organisations
    cover: CoverLook
    clock: Clock

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {LOOK: self.look}

    def to_lead(self, unit: UnitOfWork, alert: NewAlert) -> None:
        """Tell the lead of an organisation."""
        organisation = self.organisations.named(alert.organisation)
        is_holiday = self.cover.is_holiday(organisation)
        on_call = organisation.on_call
        lead = on_call.for_step(AlertStep.LEAD, self.clock(), is_holiday)
        if lead is None:
            log.error("organisation %s has no lead on call", alert.organisation)
            return
        self.send(unit, alert, lead, lead.addresses)

    def send(
        self,
        unit: UnitOfWork,
        alert: NewAlert,
        contact: OnCallContact,
        ways: tuple[Address, ...],
    ) -> None:
        """Send by the first of these ways, and promise a look at what became of it."""
        way = ways[0]
        outbound = NewOutbound(
            dedup_key=alert.once or f"alert:{new_id()}",
            kind=OutboundKind.STAFF_ALERT,
            body=alert.body,
            not_before=self.clock(),
            recipient=recipient_of(way),
        )
        if not unit.outbox.add(outbound):
            return
        case = alert.case
        raised = unit.alerts.raised(
            handover_case=case,
            young_person=unit.handovers.young_person_of(case) if case else None,
            organisation=alert.organisation,
            step=alert.step,
            contact=contact.name,
            way=way.way.value,
            outbox_id=outbound.id,
        )
        kept = {
            "alert": raised,
            "left": len(ways) - 1,
            "body": alert.body,
            "while_waiting": alert.while_waiting,
        }
        self._look_later(unit, case, kept, 1)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """Look how far an alert got; when it failed, use the next way at once."""
        kept = json.loads(work.payload or "{}")
        alert, case = unit.alerts.get(kept["alert"]), work.handover_case
        if alert is None:
            return
        if case and kept["while_waiting"] and not _is_waiting(unit, case):
            return
        looks = int(kept["looks"])
        if _has_failed(alert):
            # The next way takes over: this one is not tried for hours beside it.
            unit.outbox.undeliverable(alert.outbox, alert.code or MOVED_ON)
            again = NewAlert(
                organisation=alert.organisation,
                step=alert.step,
                body=kept["body"],
                case=alert.handover_case,
                while_waiting=kept["while_waiting"],
            )
            self._next_way(unit, again, alert.contact, kept["left"])
        elif alert.state is not OutboundState.DELIVERED and looks < MOST_LOOKS:
            self._look_later(unit, case, kept, looks + 1)

    def _next_way(
        self, unit: UnitOfWork, again: NewAlert, name: str, left: int
    ) -> None:
        organisation = self.organisations.named(again.organisation)
        on_call = organisation.on_call
        named = (one for one in on_call.everyone() if one.name == name)
        contact = next(named, None)
        if contact is not None and left:
            self.send(unit, again, contact, contact.addresses[-left:])
            return
        log.error("no way left to alert a contact of %s", again.organisation)
        is_holiday = self.cover.is_holiday(organisation)
        following = on_call.after(name, self.clock(), is_holiday)
        if following is not None:
            self.send(unit, again, following, following.addresses)

    def _look_later(
        self,
        unit: UnitOfWork,
        case: HandoverCaseId | None,
        kept: Mapping[str, object],
        looks: int,
    ) -> None:
        conversation = unit.handovers.get(case).conversation if case else None
        unit.due_work.add(
            NewDueWork(
                kind=LOOK,
                due_at=self.clock() + LOOK_AFTER,
                dedup_key=f"{LOOK}:{kept['alert']}:{looks}",
                young_person=unit.handovers.young_person_of(case) if case else None,
                conversation=conversation,
                handover_case=case,
                payload=json.dumps({**kept, "looks": looks}),
            )
        )


def recipient_of(address: Address) -> str:
    """Write an address as an outbox row names it; `channels` reads it back."""
    return f"{address.way.value}:{address.to}"


@cache
def alert_words() -> Mapping[str, str]:
    """Read the words of alerts."""
    found: Mapping[str, str] = read_yaml(WORDS)
    return found


def _is_waiting(unit: UnitOfWork, case: HandoverCaseId) -> bool:
    return unit.handovers.get(case).status is CaseStatus.WAITING


def _has_failed(alert: RaisedAlert) -> bool:
    """Fifteen seconds after it was raised, what has not left has failed."""
    return alert.state in (OutboundState.UNDELIVERABLE, OutboundState.WAITING)
