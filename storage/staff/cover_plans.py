"""Cover as a lead has set it: hours, on-call chain and times, every version kept."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId, new_id
from storage.encryption import SERVICE, Sealer
from storage.staff.records import KeptCover
from storage.tables.staff import cover_plans


@dataclass(frozen=True)
class CoverPlans:
    """Versions, only ever added to; the newest one of an organisation counts.

    A version holds numbers and addresses of staff, so it is sealed.
    """

    connection: Connection
    sealer: Sealer
    clock: Clock

    def put(
        self, organisation: OrganisationId, plan_json: str, changed_by: StaffMemberId
    ) -> None:
        """Keep a version; it takes the place of the one before."""
        id = new_id()
        self.connection.execute(
            insert(cover_plans),
            {
                "id": id,
                "organisation": organisation,
                "plan": self.sealer.seal_text(
                    cover_plans.c.plan, id, SERVICE, plan_json
                ),
                "changed_by": changed_by,
                "changed_at": self.clock(),
            },
        )

    def newest(self, organisation: OrganisationId) -> KeptCover | None:
        """Read the version that counts; None while the file alone counts."""
        found = self.connection.execute(
            select(cover_plans)
            .where(cover_plans.c.organisation == organisation)
            .order_by(cover_plans.c.number.desc())
            .limit(1)
        ).first()
        return None if found is None else self._kept(found)

    def newest_number(self) -> int:
        """Number the newest version of all; zero when there is none."""
        found = self.connection.execute(select(func.max(cover_plans.c.number)))
        return int(found.scalar() or 0)

    def _kept(self, row: Row[Any]) -> KeptCover:
        return KeptCover(
            number=row.number,
            plan_json=self.sealer.open_text(
                cover_plans.c.plan, row.id, SERVICE, row.plan
            ),
            changed_by=row.changed_by,
            changed_at=row.changed_at,
        )
