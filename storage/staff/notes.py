"""What workers write beside a case, under the young person's key, and how it ended."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from foundations.clock import Clock
from foundations.ids import HandoverCaseId, StaffMemberId, YoungPersonId, new_id
from storage.encryption import Sealer
from storage.staff.records import CaseNote, CaseOutcome, Outcome
from storage.tables.staff import case_notes, case_outcomes


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
            select(case_notes)
            .where(case_notes.c.handover_case == case)
            .order_by(case_notes.c.number)
        )
        opened, column = self.sealer.open_text, case_notes.c.text
        return [
            CaseNote(
                id=row.id,
                staff_member=row.staff_member,
                text=opened(column, row.id, row.young_person, row.text),
                written_at=row.written_at,
            )
            for row in found
        ]

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

    def outcome_of(self, case: HandoverCaseId) -> CaseOutcome | None:
        """Read how a case ended."""
        row = self.connection.execute(
            select(case_outcomes).where(case_outcomes.c.handover_case == case)
        ).first()
        if row is None:
            return None
        return CaseOutcome(
            row.handover_case, Outcome(row.outcome), row.staff_member, row.at
        )
