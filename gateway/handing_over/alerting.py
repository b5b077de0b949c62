"""Alerts of a case: who is told at each step, while nobody has claimed it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from foundations.ids import (
    HandoverCaseId,
    OrganisationId,
    OutboxId,
    StaffMemberId,
    new_id,
)
from gateway.due_worker import Handler
from gateway.handing_over.alert_sending import AlertSending, NewAlert, alert_words
from handover import CaseStatus, HandoverCase
from handover.on_call import Address, OnCallContact, Way
from handover.timers import AlertStep
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork

log = logging.getLogger("handrail.alerts")

ALERT: Final = "handover.alert"
FOLLOW_UP: Final = "follow_up"
ENDED: Final = "ended"
HANDED_ON: Final = "handed_on"
UNANSWERED: Final = "unanswered"
LOST: Final = "crisis_lost"
LOST_IN_CASE: Final = "crisis_lost_in_case"
NOT_OF_WAITING: Final = frozenset({ENDED, UNANSWERED, LOST_IN_CASE})
"""What is told though the case does not wait."""
COLLEAGUE: Final = "the colleague it was handed to"
HOLDER: Final = "the worker who holds it"
"""What the list of alerts calls them: it keeps no name of a worker."""


@dataclass(frozen=True)
class Alerting:
    """Raises alerts of cases. `address` is where the staff pages are."""

    sending: AlertSending
    address: str

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {ALERT: self.step, **self.sending.handlers()}

    def promise(self, unit: UnitOfWork, case: HandoverCase) -> None:
        """Promise every step of the chain, counted from when the case waits."""
        organisation = self.sending.organisations.named(case.organisation)
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
        contact = self._contact(case, steps.get(words, AlertStep.LEAD))
        if contact is None:
            log.error("case %s: nobody is on call for %s", case.id, words)
            return
        self.sending.send(unit, self._of(case, words), contact, contact.addresses)

    def tell_colleague(
        self, unit: UnitOfWork, case: HandoverCase, colleague: StaffMemberId
    ) -> None:
        """Alert the one a case was handed to, by the address they sign in with.

        The chain is alerted besides, as for any case that waits.
        """
        self._tell_worker(unit, self._of(case, HANDED_ON), colleague, COLLEAGUE)

    def tell_holder(
        self, unit: UnitOfWork, case: HandoverCase, holder: StaffMemberId
    ) -> None:
        """Alert whoever holds a case, and the first on call, to an unanswered line."""
        alert = self._of(case, UNANSWERED)
        self._tell_worker(unit, alert, holder, HOLDER)
        first = self._contact(case, AlertStep.FIRST)
        if first is not None:
            self.sending.send(unit, alert, first, first.addresses)

    def crisis_text_lost(
        self,
        unit: UnitOfWork,
        text: OutboxId,
        behind: OrganisationId,
        id: HandoverCaseId | None,
    ) -> None:
        """Alert to a text with crisis words that did not arrive, once for each text.

        The worker who talks with them and the first on call, who would, are told which
        case; without one the lead is told that it happened, and nothing of whom.
        """
        sending, once = self.sending, f"crisis_lost:{text}"
        if id is None:
            body = alert_words()[LOST].format(link=f"{self.address}/staff")
            alert = NewAlert(behind, LOST, body, while_waiting=False, once=once)
            sending.to_lead(unit, alert)
            return
        case = unit.handovers.get(id)
        alert = replace(self._of(case, LOST_IN_CASE), once=once)
        if case.claimed_by is not None:
            theirs = replace(alert, once=f"{once}:holder")
            self._tell_worker(unit, theirs, case.claimed_by, HOLDER)
        first = self._contact(case, AlertStep.FIRST)
        if first is None:
            log.error("case %s: nobody is on call for a lost crisis text", case.id)
            return
        sending.send(unit, alert, first, first.addresses)

    def _tell_worker(
        self, unit: UnitOfWork, alert: NewAlert, worker: StaffMemberId, called: str
    ) -> None:
        known = unit.accounts.of_member(worker)
        if known is None:
            return
        contact = OnCallContact(called, (Address(Way.EMAIL, known.email),))
        self.sending.send(unit, alert, contact, contact.addresses)

    def _of(self, case: HandoverCase, words: str) -> NewAlert:
        link = f"{self.address}/staff/cases/{case.id}"
        body = alert_words()[words].format(number=case.number, link=link)
        return NewAlert(
            case.organisation,
            words,
            body,
            case.id,
            while_waiting=words not in NOT_OF_WAITING,
        )

    def _contact(self, case: HandoverCase, step: AlertStep) -> OnCallContact | None:
        sending = self.sending
        organisation = sending.organisations.named(case.organisation)
        is_holiday = sending.cover.is_holiday(organisation)
        return organisation.on_call.for_step(step, sending.clock(), is_holiday)


def _still_waiting(unit: UnitOfWork, work: DueWork) -> HandoverCase | None:
    if work.handover_case is None:
        return None
    case = unit.handovers.get(work.handover_case)
    return case if case.status is CaseStatus.WAITING else None
