"""Data agreements: what sharing with an organisation stands on, and until when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from foundations.clock import Clock, in_london
from foundations.ids import OrganisationId, StaffMemberId
from storage.staff.records import DataAgreement
from storage.tables.staff import data_agreements

_HISTORY = (
    select(data_agreements)
    .where(data_agreements.c.organisation == bindparam("behind"))
    .order_by(data_agreements.c.number.desc())
)


@dataclass(frozen=True)
class Agreements:
    """Agreements, only ever added to; the newest one of an organisation counts."""

    connection: Connection
    clock: Clock

    def record(
        self,
        *,
        organisation: OrganisationId,
        lawful_basis: str,
        reference: str,
        expires_on: date,
        recorded_by: StaffMemberId | None = None,
    ) -> None:
        """Keep an agreement; it takes the place of the one before."""
        self.connection.execute(
            insert(data_agreements),
            {
                "organisation": organisation,
                "lawful_basis": lawful_basis,
                "reference": reference,
                "expires_on": expires_on,
                "recorded_by": recorded_by,
                "recorded_at": self.clock(),
            },
        )

    def newest(self, organisation: OrganisationId) -> DataAgreement | None:
        """Read what an organisation's sharing stands on, in force or not."""
        found = self.history(organisation)
        return found[0] if found else None

    def history(self, organisation: OrganisationId) -> list[DataAgreement]:
        """List the agreements of an organisation, newest first."""
        found = self.connection.execute(_HISTORY, {"behind": organisation})
        return [_agreement(row) for row in found]

    def in_force(self, organisation: OrganisationId) -> bool:
        """Say whether anything may be shared with an organisation today, in London."""
        newest = self.newest(organisation)
        today = in_london(self.clock()).date()
        return newest is not None and newest.expires_on >= today


def _agreement(row: Row[Any]) -> DataAgreement:
    return DataAgreement(
        organisation=row.organisation,
        lawful_basis=row.lawful_basis,
        reference=row.reference,
        expires_on=row.expires_on,
        recorded_at=row.recorded_at,
    )
