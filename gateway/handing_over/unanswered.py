"""A worker holds the conversation and does not answer: nobody is left in silence.

The bot says nothing while a worker is there. So when a young person has written and the
worker is gone, the worker and the first on call are told, and then the case waits again
and the young person is told so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from foundations.clock import Clock
from foundations.ids import StaffMemberId, new_id
from gateway.due_worker import Handler
from gateway.handing_over.moves import HandoverMoves
from gateway.handing_over.waiting import HELD
from handover import CaseStatus, HandoverCase
from handover.timers import AlertStep, Timers
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork
from storage.records import Conversation, Owner

AT_THE_DESK_FOR: Final = timedelta(minutes=5)
"""Who did nothing on the desk's pages for so long may not be looking any more."""


@dataclass(frozen=True)
class Unanswered:
    """Looks after what was written to a worker, until somebody has answered it."""

    moves: HandoverMoves
    clock: Clock

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {HELD: self.look}

    def heard(self, unit: UnitOfWork, conversation: Conversation) -> None:
        """Promise a look at what was just written to a worker; one at a time."""
        if conversation.owner is not Owner.STAFF or conversation.handover_case is None:
            return
        case = unit.handovers.get(conversation.handover_case)
        holder = case.claimed_by
        if holder is None or holder in _looked_after(unit, case):
            return
        self._promise(unit, case, holder, self.clock(), is_told=False)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """See whether the worker is there; tell who can help, or let the case wait."""
        if work.conversation is None or work.handover_case is None:
            return
        unit.conversations.hold(work.conversation)
        case = unit.handovers.get(work.handover_case)
        kept = json.loads(work.payload or "{}")
        holder = case.claimed_by
        if case.status is not CaseStatus.CLAIMED or holder is None:
            return
        if holder != kept["holder"]:
            return
        since, is_told = datetime.fromisoformat(kept["since"]), kept["is_told"]
        acted = _last_acted(unit, holder)
        is_here = acted is not None and self.clock() - acted < AT_THE_DESK_FOR
        if acted is None or (not is_here and self._is_late(case, since)):
            self.moves.away(unit, case, holder)
            unit.audit.append(
                actor="service", action="case_away", subject=case.id, at=self.clock()
            )
            return
        if not is_here and not is_told:
            self.moves.waiting.alerting.tell_holder(unit, case, holder)
        self._promise(unit, case, holder, since, is_told=is_told or not is_here)

    def _is_late(self, case: HandoverCase, since: datetime) -> bool:
        longest = timedelta(minutes=self._timers(case).alert[AlertStep.LEAD])
        return self.clock() - since >= longest

    def _promise(
        self,
        unit: UnitOfWork,
        case: HandoverCase,
        holder: StaffMemberId,
        since: datetime,
        *,
        is_told: bool,
    ) -> None:
        again = timedelta(minutes=self._timers(case).alert[AlertStep.REMIND])
        kept = {"holder": holder, "since": since.isoformat(), "is_told": is_told}
        unit.due_work.add(
            NewDueWork(
                kind=HELD,
                due_at=self.clock() + again,
                dedup_key=f"{HELD}:{case.id}:{new_id()}",
                young_person=unit.handovers.young_person_of(case.id),
                conversation=case.conversation,
                handover_case=case.id,
                payload=json.dumps(kept),
            )
        )

    def _timers(self, case: HandoverCase) -> Timers:
        return self.moves.organisations.named(case.organisation).timers


def _looked_after(unit: UnitOfWork, case: HandoverCase) -> set[str]:
    """Tell for which holders of this case a look is promised already."""
    promised = unit.due_work.to_do(case.conversation, HELD)
    return {
        json.loads(work.payload or "{}").get("holder")
        for work in promised
        if work.handover_case == case.id
    }


def _last_acted(unit: UnitOfWork, worker: StaffMemberId) -> datetime | None:
    """Tell when a worker last did something at the desk; None when signed out."""
    sessions = unit.sessions.of_member(worker)
    return max((one.last_used_at for one in sessions), default=None)
