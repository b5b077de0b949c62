"""Agreements and the audit trail, as leads and administrators see them."""

from datetime import date

from channels.staff.record_desk import (
    AgreementLine,
    Agreements,
    AuditLine,
    AuditPage,
    LawfulBasis,
)
from channels.staff.signed_in import SignedIn
from gateway.desk.noting import Did, note
from storage import Database, UnitOfWork
from storage.records import AuditRow

MOST_ROWS = 200
MOST_CHECKED = 5000
"""Rows that are checked for the page; `audit verify` checks every one."""


class StaffRecords:
    """Answers the pages about agreements and the audit trail."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def agreements(self, me: SignedIn) -> Agreements:
        """Show what sharing stands on."""
        return await self._database.read(lambda unit: _agreements(unit, me))

    async def record_agreement(
        self, me: SignedIn, *, lawful_basis: str, reference: str, expires_on: str
    ) -> None:
        """Write an agreement down. ValueError when a part cannot be read."""
        basis, last_day = LawfulBasis(lawful_basis), date.fromisoformat(expires_on)
        if not reference:
            raise ValueError("an agreement has a reference")

        def work(unit: UnitOfWork) -> None:
            unit.agreements.record(
                organisation=me.organisation,
                lawful_basis=basis.value,
                reference=reference,
                expires_on=last_day,
                recorded_by=me.id,
            )
            note(unit, me, Did.AGREEMENT_RECORDED, me.organisation)

        await self._database.write(work)

    async def audit(self, me: SignedIn) -> AuditPage:
        """Check the newest rows, and show my organisation's last rows."""
        return await self._database.write(lambda unit: _audit(unit, me))


def _agreements(unit: UnitOfWork, me: SignedIn) -> Agreements:
    return Agreements(
        is_in_force=unit.agreements.in_force(me.organisation),
        history=tuple(
            AgreementLine(
                lawful_basis=one.lawful_basis,
                reference=one.reference,
                expires_on=one.expires_on,
                recorded_at=one.recorded_at,
            )
            for one in unit.agreements.history(me.organisation)
        ),
    )


def _audit(unit: UnitOfWork, me: SignedIn) -> AuditPage:
    newest, _ = unit.audit.head()
    broken = unit.audit.verify(max(newest - MOST_CHECKED, 0))
    note(unit, me, Did.AUDIT_READ, me.organisation)
    members = unit.staff.of_organisation(me.organisation)
    names = {str(member.id): member.name for member in members}
    rows = unit.audit.of_actors(list(names), MOST_ROWS)
    return AuditPage(
        broken_row=broken,
        lines=tuple(_line(row, names) for row in rows),
    )


def _line(row: AuditRow, names: dict[str, str]) -> AuditLine:
    subject = names.get(row.subject, row.subject[:6])
    return AuditLine(row.number, names[row.actor], row.action, subject, row.at)
