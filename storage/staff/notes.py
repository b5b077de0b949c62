"""What workers write beside a case, under the young person's key, and how it ended."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from foundations.clock import Clock
from foundations.ids import HandoverCaseId, StaffMemberId, YoungPersonId, new_id
from storage.encryption import Sealer
from storage.errors import NotFound
from storage.staff.records import (
    CaseNote,
    HeldBackFor,
    NoteAbout,
    Outcome,
)
from storage.tables.core import handover_cases
from storage.tables.staff import case_notes, case_outcomes, note_decisions

_LAST_DECISION = (
    select(func.max(note_decisions.c.number))
    .where(note_decisions.c.note == case_notes.c.id)
    .correlate(case_notes)
    .scalar_subquery()
)
_NOTES = select(case_notes, note_decisions.c.reason).outerjoin(
    note_decisions, note_decisions.c.number == _LAST_DECISION
)
"""Every note with what was decided about it last."""


@dataclass(frozen=True)
class StaffNotes:
    """Notes and outcomes of cases; notes go when the young person is forgotten."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def write(
        self,
        case: HandoverCaseId,
        young_person: YoungPersonId,
        staff_member: StaffMemberId,
        text: str,
    ) -> None:
        """Keep a note, apart from the conversation."""
        id = new_id()
        column = case_notes.c.text
        self.connection.execute(
            insert(case_notes),
            {
                "id": id,
                "handover_case": case,
                "young_person": young_person,
                "staff_member": staff_member,
                "text": self.sealer.seal_text(column, id, young_person, text),
                "written_at": self.clock(),
            },
        )

    def of_case(self, case: HandoverCaseId) -> list[CaseNote]:
        """List the notes of a case, oldest first."""
        found = self.connection.execute(
            _NOTES.where(case_notes.c.handover_case == case).order_by(
                case_notes.c.number
            )
        )
        return [
            CaseNote(
                id=row.id,
                staff_member=row.staff_member,
                text=self._opened(row),
                written_at=row.written_at,
                held_back=HeldBackFor(row.reason) if row.reason else None,
            )
            for row in found
        ]

    def about(self, young_person: YoungPersonId) -> list[NoteAbout]:
        """List the notes about somebody as they may read them, oldest first."""
        found = self.connection.execute(
            _NOTES.add_columns(handover_cases.c.organisation)
            .join(handover_cases, handover_cases.c.id == case_notes.c.handover_case)
            .where(case_notes.c.young_person == young_person)
            .order_by(case_notes.c.number)
        )
        return [
            NoteAbout(
                organisation=row.organisation,
                text=None if row.reason else self._opened(row),
                written_at=row.written_at,
            )
            for row in found
        ]

    def decide(
        self,
        case: HandoverCaseId,
        note: str,
        staff_member: StaffMemberId,
        reason: HeldBackFor | None,
    ) -> None:
        """Write down that a note is held back for a reason; None shows it again.

        Raises NotFound for a note that is not of this case.
        """
        person = self.connection.execute(
            select(case_notes.c.young_person).where(
                case_notes.c.id == note, case_notes.c.handover_case == case
            )
        ).scalar()
        if person is None:
            raise NotFound("note")
        self.connection.execute(
            insert(note_decisions),
            {
                "note": note,
                "young_person": person,
                "reason": reason and reason.value,
                "staff_member": staff_member,
                "at": self.clock(),
            },
        )

    def _opened(self, row: Row[Any]) -> str:
        column = case_notes.c.text
        return self.sealer.open_text(column, row.id, row.young_person, row.text)

    def close_with(
        self, case: HandoverCaseId, staff_member: StaffMemberId, outcome: Outcome
    ) -> None:
        """Keep how a case ended; RecordConflict when that is known already."""
        self.connection.execute(
            insert(case_outcomes),
            {
                "handover_case": case,
                "outcome": outcome.value,
                "staff_member": staff_member,
                "at": self.clock(),
            },
        )
