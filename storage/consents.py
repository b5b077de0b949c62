"""Consents: what was asked, the exact preview that was agreed, and taking it back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from foundations.clock import Clock
from foundations.ids import (
    ConsentId,
    ConversationId,
    OrganisationId,
    YoungPersonId,
    new_id,
)
from storage.encryption import Sealer
from storage.errors import NotFound, RecordConflict
from storage.records import ConsentRecord, ConsentStatus
from storage.tables.core import consent_steps, consents

_BY_ID = select(consents).where(consents.c.id == bindparam("id"))
_OF_PERSON = (
    select(consents)
    .where(consents.c.young_person == bindparam("person"))
    .order_by(consents.c.number)
)
_STEPS = (
    select(consent_steps)
    .where(consent_steps.c.consent == bindparam("consent"))
    .order_by(consent_steps.c.number)
)
_BEFORE = {
    ConsentStatus.DRAFTED: frozenset[ConsentStatus](),
    ConsentStatus.CONFIRMED: frozenset({ConsentStatus.DRAFTED}),
    ConsentStatus.WITHDRAWN: frozenset(
        {ConsentStatus.DRAFTED, ConsentStatus.CONFIRMED}
    ),
    ConsentStatus.REFUSED: frozenset({ConsentStatus.DRAFTED}),
}
"""Where a consent must stand for each move; a move anywhere else is a conflict."""


@dataclass(frozen=True)
class Consents:
    """Consent rows: drafted, confirmed, withdrawn; never edited."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def draft(
        self,
        *,
        young_person: YoungPersonId,
        conversation: ConversationId,
        organisation: OrganisationId,
        purpose: str,
        items_json: str,
    ) -> ConsentId:
        """Keep what a young person is being asked to agree to."""
        id = ConsentId(new_id())
        now = self.clock()
        sealed = self.sealer.seal_text(
            consents.c.shared_items, id, young_person, items_json
        )
        self.connection.execute(
            insert(consents),
            {
                "id": id,
                "young_person": young_person,
                "conversation": conversation,
                "organisation": organisation,
                "purpose": purpose,
                "shared_items": sealed,
                "drafted_at": now,
            },
        )
        self._step(id, 1, ConsentStatus.DRAFTED, None)
        return id

    def of_person(self, young_person: YoungPersonId) -> list[ConsentRecord]:
        """List everything a person was asked to agree to, oldest first."""
        found = self.connection.execute(_OF_PERSON, {"person": young_person}).all()
        return [self._consent(row) for row in found]

    def get(self, consent: ConsentId) -> ConsentRecord:
        """Read a consent; NotFound when there is none by this id."""
        return self._consent(self._row(consent))

    def confirm(self, consent: ConsentId, preview: bytes) -> None:
        """Keep the yes together with the very bytes that were shown."""
        row = self._row(consent)
        column = consent_steps.c.preview
        sealed = self.sealer.seal(column, consent, row.young_person, preview)
        self._move(consent, ConsentStatus.CONFIRMED, sealed)

    def withdraw(self, consent: ConsentId) -> None:
        """Keep that consent was taken back; RecordConflict when it already was."""
        self._move(consent, ConsentStatus.WITHDRAWN, None)

    def refuse(self, consent: ConsentId) -> None:
        """Keep that the answer was no; nothing changes once it was settled."""
        if self.get(consent).status is ConsentStatus.DRAFTED:
            self._move(consent, ConsentStatus.REFUSED, None)

    def _move(
        self, consent: ConsentId, then: ConsentStatus, preview: bytes | None
    ) -> None:
        steps = self.connection.execute(_STEPS, {"consent": consent}).all()
        if not steps:
            raise NotFound("consent")
        if ConsentStatus(steps[-1].status) not in _BEFORE[then]:
            raise RecordConflict
        self._step(consent, steps[-1].number + 1, then, preview)

    def _step(
        self, consent: str, number: int, status: ConsentStatus, preview: bytes | None
    ) -> None:
        """Append a step; two at once take the same number and one is refused."""
        self.connection.execute(
            insert(consent_steps),
            {
                "consent": consent,
                "number": number,
                "status": status.value,
                "preview": preview,
                "at": self.clock(),
            },
        )

    def _row(self, consent: ConsentId) -> Row[Any]:
        found = self.connection.execute(_BY_ID, {"id": consent}).first()
        if found is None:
            raise NotFound("consent")
        return found

    def _consent(self, row: Row[Any]) -> ConsentRecord:
        steps = self.connection.execute(_STEPS, {"consent": row.id}).all()
        sealed = [step.preview for step in steps if step.preview is not None]
        holder, open_ = row.young_person, self.sealer.open
        return ConsentRecord(
            id=row.id,
            young_person=holder,
            conversation=row.conversation,
            organisation=row.organisation,
            purpose=row.purpose,
            items_json=self.sealer.open_text(
                consents.c.shared_items, row.id, holder, row.shared_items
            ),
            preview=open_(consent_steps.c.preview, row.id, holder, sealed[-1])
            if sealed
            else None,
            status=ConsentStatus(steps[-1].status),
            drafted_at=row.drafted_at,
        )
