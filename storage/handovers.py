"""Handover cases: opened, claimed by one worker at most, handed back, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from foundations.clock import Clock
from foundations.ids import (
    ConsentId,
    ConversationId,
    HandoverCaseId,
    OrganisationId,
    StaffMemberId,
    YoungPersonId,
    new_id,
)
from handover.cases import NEXT, NOT_SHOWN, CaseStatus, HandoverCase
from storage.encryption import Sealer
from storage.errors import NotFound, RecordConflict
from storage.tables.core import handover_cases, handover_steps

_BY_ID = select(handover_cases).where(handover_cases.c.id == bindparam("id"))
_OF_CONVERSATION = (
    select(handover_cases)
    .where(handover_cases.c.conversation == bindparam("conversation"))
    .order_by(handover_cases.c.number.desc())
)
_BY_STATUS = (
    select(handover_cases)
    .where(handover_cases.c.status == bindparam("wanted"))
    .order_by(handover_cases.c.number)
)
_OVER = frozenset(status.value for status, after in NEXT.items() if not after)


@dataclass(frozen=True)
class HandoverStep:
    """One move of a case: to where, by whom (None: the young person), and when."""

    status: CaseStatus
    staff_member: StaffMemberId | None
    at: datetime


@dataclass(frozen=True)
class Handovers:
    """Cases with their status rows, which are only ever added to."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def open(
        self,
        *,
        young_person: YoungPersonId,
        conversation: ConversationId,
        organisation: OrganisationId,
        consent: ConsentId,
        payload: bytes,
        at: datetime,
        waits_from: datetime | None = None,
        wanted: StaffMemberId | None = None,
        next_consent: ConsentId | None = None,
    ) -> HandoverCaseId:
        """Open a case that holds exactly the bytes that were agreed to.

        `waits_from` is when cover starts; None when somebody is there now.
        """
        id = HandoverCaseId(new_id())
        column = handover_cases.c.shared
        self.connection.execute(
            insert(handover_cases),
            {
                "id": id,
                "young_person": young_person,
                "conversation": conversation,
                "organisation": organisation,
                "consent": consent,
                "shared": self.sealer.seal(column, id, young_person, payload),
                "status": CaseStatus.WAITING.value,
                "steps": 1,
                "opened_at": at,
                "waits_from": waits_from or at,
                "wanted": wanted,
                "next_consent": next_consent,
            },
        )
        self._step(id, 1, CaseStatus.WAITING, None, at)
        return id

    def claim(self, case: HandoverCaseId, staff_member: StaffMemberId) -> bool:
        """Take a waiting case; of any number who try at once, one is told True."""
        values = {"claimed_by": staff_member}
        return self._move(case, CaseStatus.CLAIMED, self.clock(), staff_member, values)

    def release(
        self,
        case: HandoverCaseId,
        staff_member: StaffMemberId | None,
        wanted: StaffMemberId | None = None,
    ) -> bool:
        """Let a claimed case wait again, for one colleague or for anyone.

        `staff_member` is who stepped back; None when the young person asked for it.
        """
        now = self.clock()
        values = {"claimed_by": None, "wanted": wanted, "waits_from": now}
        return self._move(case, CaseStatus.WAITING, now, staff_member, values)

    def unanswered(self, case: HandoverCaseId) -> bool:
        """End a case that nobody claimed: it is shown to nobody any more."""
        return self._move(case, CaseStatus.UNANSWERED, self.clock(), None, {})

    def wait_from(self, case: HandoverCaseId, moment: datetime) -> None:
        """Count the wait of a case from another moment."""
        self.connection.execute(
            update(handover_cases)
            .where(handover_cases.c.id == case)
            .values(waits_from=moment)
        )

    def hand_back(self, case: HandoverCaseId, staff_member: StaffMemberId) -> bool:
        """Give the conversation back to the bot; False when it is not claimed."""
        return self._move(case, CaseStatus.HANDED_BACK, self.clock(), staff_member, {})

    def close(self, case: HandoverCaseId, staff_member: StaffMemberId | None) -> bool:
        """End a case; None for the young person. False when it cannot be ended now."""
        return self._move(case, CaseStatus.CLOSED, self.clock(), staff_member, {})

    def withdraw(self, case: HandoverCaseId, at: datetime) -> None:
        """End staff access because consent was taken back."""
        if not self._move(case, CaseStatus.WITHDRAWN, at, None, {}):
            raise RecordConflict

    def get(self, case: HandoverCaseId) -> HandoverCase:
        """Read a case; NotFound when there is none by this id."""
        found = self.connection.execute(_BY_ID, {"id": case}).first()
        if found is None:
            raise NotFound("handover case")
        return self._case(found)

    def young_person_of(self, case: HandoverCaseId) -> YoungPersonId:
        """Tell whose case it is; NotFound when there is none by this id."""
        found = self.connection.execute(_BY_ID, {"id": case}).first()
        if found is None:
            raise NotFound("handover case")
        return YoungPersonId(found.young_person)

    def waiting(self) -> list[HandoverCase]:
        """List the cases that wait for a worker, oldest first."""
        wanted = {"wanted": CaseStatus.WAITING.value}
        return [self._case(row) for row in self.connection.execute(_BY_STATUS, wanted)]

    def claimed(self) -> list[HandoverCase]:
        """List the cases that a worker holds, oldest first."""
        wanted = {"wanted": CaseStatus.CLAIMED.value}
        return [self._case(row) for row in self.connection.execute(_BY_STATUS, wanted)]

    def of_conversation(self, conversation: ConversationId) -> list[HandoverCase]:
        """List every case of a conversation, newest first."""
        found = self.connection.execute(
            _OF_CONVERSATION, {"conversation": conversation}
        )
        return [self._case(row) for row in found]

    def consent_of_open_case(
        self, conversation: ConversationId
    ) -> tuple[HandoverCaseId, ConsentId] | None:
        """Find the newest case that is not over, and the consent it stands on."""
        found = self.connection.execute(
            _OF_CONVERSATION, {"conversation": conversation}
        )
        for row in found:
            if row.status not in _OVER:
                return row.id, row.consent
        return None

    def steps(self, case: HandoverCaseId) -> list[HandoverStep]:
        """List every move of a case, in order."""
        found = self.connection.execute(
            select(handover_steps)
            .where(handover_steps.c.handover_case == case)
            .order_by(handover_steps.c.number)
        )
        return [
            HandoverStep(CaseStatus(row.status), row.staff_member, row.at)
            for row in found
        ]

    def _move(
        self,
        case: HandoverCaseId,
        then: CaseStatus,
        at: datetime,
        staff_member: StaffMemberId | None,
        values: Mapping[str, object],
    ) -> bool:
        """Move a case if it may; the one statement decides who comes first."""
        allowed = [status.value for status, after in NEXT.items() if then in after]
        number = self.connection.execute(
            update(handover_cases)
            .where(handover_cases.c.id == case, handover_cases.c.status.in_(allowed))
            .values(status=then.value, steps=handover_cases.c.steps + 1, **values)
            .returning(handover_cases.c.steps)
        ).scalar()
        if number is None:
            return False
        self._step(case, number, then, staff_member, at)
        return True

    def _step(
        self,
        case: HandoverCaseId,
        number: int,
        status: CaseStatus,
        staff_member: StaffMemberId | None,
        at: datetime,
    ) -> None:
        self.connection.execute(
            insert(handover_steps),
            {
                "handover_case": case,
                "number": number,
                "status": status.value,
                "staff_member": staff_member,
                "at": at,
            },
        )

    def _case(self, row: Row[Any]) -> HandoverCase:
        return HandoverCase(
            id=row.id,
            conversation=row.conversation,
            organisation=row.organisation,
            status=CaseStatus(row.status),
            opened_at=row.opened_at,
            waits_from=row.waits_from or row.opened_at,
            claimed_by=row.claimed_by,
            shared=self._shared(row),
            wanted=row.wanted,
            next_consent=row.next_consent,
            number=row.number,
        )

    def _shared(self, row: Row[Any]) -> str | None:
        if CaseStatus(row.status) in NOT_SHOWN:
            return None
        return self.sealer.open_text(
            handover_cases.c.shared, row.id, row.young_person, row.shared
        )
