"""Agreements and the audit trail, as leads and administrators see them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from channels.staff.record_desk import (
    AgreementLine,
    Agreements,
    AuditLine,
    AuditPage,
    LawfulBasis,
)
from channels.staff.signed_in import SignedIn
from foundations.clock import in_london
from gateway.desk.noting import Did, note
from storage import Database, UnitOfWork
from storage.records import AuditRow

MOST_ROWS = 200
MOST_CHECKED = 5000
"""Rows that are checked for the page; `audit verify` checks every one."""

NOT_STAFF: Final = {"young_person": "The young person", "service": "Handrail"}


class StaffRecords:
    """Answers the pages about agreements and the audit trail."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def agreements(self, me: SignedIn) -> Agreements:
        """Show what sharing stands on."""
        return await self._database.read(lambda unit: _agreements(unit, me))

    async def record_agreement(
        self,
        me: SignedIn,
        *,
        lawful_basis: str,
        reference: str,
        expires_on: str,
        closes: bool,
    ) -> bool:
        """Write an agreement down, unless it closes sharing and that is not meant."""
        basis, last_day = LawfulBasis(lawful_basis), date.fromisoformat(expires_on)
        if not reference:
            raise ValueError("an agreement has a reference")

        def work(unit: UnitOfWork) -> bool:
            if last_day < in_london(unit.clock()).date() and not closes:
                return False
            unit.agreements.record(
                organisation=me.organisation,
                lawful_basis=basis.value,
                reference=reference,
                expires_on=last_day,
                recorded_by=me.id,
            )
            note(unit, me, Did.AGREEMENT_RECORDED, me.organisation)
            return True

        return await self._database.write(work)

    async def audit(
        self, me: SignedIn, case: int | None, before: int | None
    ) -> AuditPage:
        """Check the newest rows, and show the last of my organisation or of a case."""
        return await self._database.write(lambda unit: _audit(unit, me, case, before))


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


def _audit(
    unit: UnitOfWork, me: SignedIn, case: int | None, before: int | None
) -> AuditPage:
    newest, _ = unit.audit.head()
    broken = unit.audit.verify(max(newest - MOST_CHECKED, 0))
    note(unit, me, Did.AUDIT_READ, me.organisation)
    members = unit.staff.of_organisation(me.organisation)
    names = {str(member.id): member.name for member in members}
    if case is None:
        found = unit.audit.of_actors(list(names), MOST_ROWS + 1, before)
    else:
        subjects = unit.staff_cases.numbered(me.organisation, case)
        found = unit.audit.about(subjects, MOST_ROWS + 1, before)
    rows = found[:MOST_ROWS]
    known, actors = {**_subjects(unit, me, rows), **names}, {**NOT_STAFF, **names}
    lines = tuple(_line(row, actors, known) for row in rows)
    return AuditPage(
        broken_row=broken,
        case=case,
        before=before,
        has_earlier=len(found) > MOST_ROWS,
        lines=lines,
    )


def _subjects(
    unit: UnitOfWork, me: SignedIn, rows: Sequence[AuditRow]
) -> dict[str, str]:
    """Name what rows are about as the desk does: a case's number, a link's place."""
    numbers = unit.staff_cases.numbers(me.organisation, {row.subject for row in rows})
    links = unit.chat_links.of_organisation(me.organisation)
    return {
        **{f"link {link.slug}": link.place or link.slug for link in links},
        **{subject: f"Case {number}" for subject, number in numbers.items()},
    }


def _line(
    row: AuditRow, actors: Mapping[str, str], known: Mapping[str, str]
) -> AuditLine:
    """Draw a row. What nobody can name any more is a case that somebody deleted."""
    gone = "A deleted case" if row.action.startswith(("case_", "note_")) else ""
    # A link's name in the address may be the organisation's too.
    is_link = row.action.startswith("link_")
    subject = known.get(f"link {row.subject}" if is_link else row.subject, gone)
    subject = "" if row.subject == row.actor else subject
    who = actors.get(row.actor, "Somebody who has left")
    return AuditLine(row.number, who, row.action, subject, row.at)
