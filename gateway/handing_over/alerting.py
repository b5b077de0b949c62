"""Alerts to staff without content: one way after another until one of them leaves.

An alert is an outbox row, so it is sent, retried and recorded like every text; what is
here decides who gets it and looks, every fifteen seconds, whether it got through.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import yaml

import handover
from bot.turns.cover import CoverLook
from foundations.clock import Clock
from foundations.ids import new_id
from gateway.due_worker import Handler
from handover import CaseStatus, HandoverCase, Organisation, Organisations
from handover.on_call import Address, OnCallContact
from handover.timers import AlertStep
from storage import UnitOfWork
from storage.alerts import RaisedAlert
from storage.due_work import DueWork, NewDueWork
from storage.records import NewOutbound, OutboundKind, OutboundState

log = logging.getLogger("handrail.alerts")

ALERT: Final = "handover.alert"
LOOK: Final = "handover.alert_look"
LOOK_AFTER: Final = timedelta(seconds=15)
"""Twice this is the longest that a failed way holds up the next one: 30 seconds."""
MOST_LOOKS: Final = 12
FOLLOW_UP: Final = "follow_up"
ENDED: Final = "ended"
WORDS: Final = Path(handover.__file__).parent / "alert_words.yml"


@dataclass(frozen=True)
class Alerting:
    """Raises alerts of cases. `address` is where the staff pages are."""

    organisations: Organisations
    cover: CoverLook
    clock: Clock
    address: str

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {ALERT: self.step, LOOK: self.look}

    def promise(self, unit: UnitOfWork, case: HandoverCase) -> None:
        """Promise every step of the chain, counted from when the case waits."""
        organisation = self.organisations.named(case.organisation)
        for step, minutes in organisation.timers.alert.items():
            unit.due_work.add(
                NewDueWork(
                    kind=ALERT,
                    due_at=case.waits_from + timedelta(minutes=minutes),
                    dedup_key=f"{ALERT}:{case.id}:{new_id()}",
                    young_person=unit.handovers.young_person_of(case.id),
                    conversation=case.conversation,
                    handover_case=case.id,
                    payload=step.value,
                )
            )

    def step(self, unit: UnitOfWork, work: DueWork) -> None:
        """Take the next step of the chain, unless somebody has taken the case."""
        case = _still_waiting(unit, work)
        if case is not None and work.payload is not None:
            self.raise_alert(unit, case, work.payload)

    def raise_alert(self, unit: UnitOfWork, case: HandoverCase, words: str) -> None:
        """Alert whoever a step reaches now; words that are no step are the lead's."""
        steps = {step.value: step for step in AlertStep}
        step = steps.get(words, AlertStep.LEAD)
        contact = self._contact(case, step)
        if contact is None:
            log.error("case %s: nobody is on call for %s", case.id, words)
            return
        self._send(unit, case, words, contact, contact.addresses)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """Look how far an alert got; when it failed, use the next way at once."""
        kept = json.loads(work.payload or "{}")
        alert = unit.alerts.get(kept["alert"])
        case = unit.handovers.get(work.handover_case) if work.handover_case else None
        if alert is None or case is None or case.status is not CaseStatus.WAITING:
            return
        if _has_failed(alert):
            self._next_way(unit, case, alert, kept["left"])
        elif alert.state is not OutboundState.DELIVERED and kept["looks"] < MOST_LOOKS:
            self._look_later(unit, case, alert.id, kept["left"], kept["looks"] + 1)

    def _next_way(
        self, unit: UnitOfWork, case: HandoverCase, alert: RaisedAlert, left: int
    ) -> None:
        contact = self._named(case, alert.contact)
        if contact is not None and left:
            ways = contact.addresses[-left:]
            self._send(unit, case, alert.step, contact, ways)
            return
        log.error("case %s: no way left to alert %s", case.id, alert.contact)
        following = self._after(case, alert.contact)
        if following is not None:
            self._send(unit, case, alert.step, following, following.addresses)

    def _send(
        self,
        unit: UnitOfWork,
        case: HandoverCase,
        step: str,
        contact: OnCallContact,
        ways: tuple[Address, ...],
    ) -> None:
        way = ways[0]
        outbound = NewOutbound(
            dedup_key=f"alert:{new_id()}",
            kind=OutboundKind.STAFF_ALERT,
            body=self._body(case, step),
            not_before=self.clock(),
            recipient=recipient_of(way),
        )
        unit.outbox.add(outbound)
        raised = unit.alerts.raised(
            handover_case=case.id,
            young_person=unit.handovers.young_person_of(case.id),
            organisation=case.organisation,
            step=step,
            contact=contact.name,
            way=way.way.value,
            outbox_id=outbound.id,
        )
        self._look_later(unit, case, raised, len(ways) - 1, 1)

    def _look_later(
        self, unit: UnitOfWork, case: HandoverCase, alert: str, left: int, looks: int
    ) -> None:
        kept = json.dumps({"alert": alert, "left": left, "looks": looks})
        unit.due_work.add(
            NewDueWork(
                kind=LOOK,
                due_at=self.clock() + LOOK_AFTER,
                dedup_key=f"{LOOK}:{alert}:{looks}",
                young_person=unit.handovers.young_person_of(case.id),
                conversation=case.conversation,
                handover_case=case.id,
                payload=kept,
            )
        )

    def _body(self, case: HandoverCase, step: str) -> str:
        link = f"{self.address}/staff/cases/{case.id}"
        return alert_words()[step].format(number=case.number, link=link)

    def _contact(self, case: HandoverCase, step: AlertStep) -> OnCallContact | None:
        organisation = self.organisations.named(case.organisation)
        is_holiday = self.cover.is_holiday(organisation)
        return organisation.on_call.for_step(step, self.clock(), is_holiday)

    def _named(self, case: HandoverCase, name: str) -> OnCallContact | None:
        return next((one for one in self._chain(case) if one.name == name), None)

    def _after(self, case: HandoverCase, name: str) -> OnCallContact | None:
        """Give the next contact of the chain who is on call now."""
        organisation = self.organisations.named(case.organisation)
        is_holiday = self.cover.is_holiday(organisation)
        chain = self._chain(case)
        names = [one.name for one in chain]
        place = names.index(name) + 1 if name in names else len(chain)
        on = (one for one in chain[place:] if one.is_on(self.clock(), is_holiday))
        return next(on, None)

    def _chain(self, case: HandoverCase) -> list[OnCallContact]:
        return _chain(self.organisations.named(case.organisation))


def recipient_of(address: Address) -> str:
    """Write an address as an outbox row names it; `channels` reads it back."""
    return f"{address.way.value}:{address.to}"


@cache
def alert_words() -> Mapping[str, str]:
    """Read the words of alerts."""
    found: Mapping[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def _chain(organisation: Organisation) -> list[OnCallContact]:
    return [one for place in organisation.on_call.places.values() for one in place]


def _still_waiting(unit: UnitOfWork, work: DueWork) -> HandoverCase | None:
    if work.handover_case is None:
        return None
    case = unit.handovers.get(work.handover_case)
    return case if case.status is CaseStatus.WAITING else None


def _has_failed(alert: RaisedAlert) -> bool:
    """Fifteen seconds after it was raised, what has not left has failed."""
    return alert.state in (OutboundState.UNDELIVERABLE, OutboundState.WAITING)
