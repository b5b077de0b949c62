"""The worker a young person asked to talk with again, in each organisation."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId, YoungPersonId
from storage.tables.handover import anchors


@dataclass(frozen=True)
class Anchors:
    """One worker per young person and organisation: the one asked for last."""

    connection: Connection
    clock: Clock

    def get(
        self, young_person: YoungPersonId, organisation: OrganisationId
    ) -> StaffMemberId | None:
        """Tell who was asked for."""
        return self.connection.execute(
            select(anchors.c.staff_member)
            .where(
                anchors.c.young_person == young_person,
                anchors.c.organisation == organisation,
            )
            .order_by(anchors.c.number.desc())
            .limit(1)
        ).scalar()

    def put(
        self,
        young_person: YoungPersonId,
        organisation: OrganisationId,
        staff_member: StaffMemberId,
    ) -> None:
        """Keep who was asked for, in place of whoever was before."""
        self.remove(young_person, organisation)
        self.connection.execute(
            insert(anchors),
            {
                "young_person": young_person,
                "organisation": organisation,
                "staff_member": staff_member,
                "asked_at": self.clock(),
            },
        )

    def remove(self, young_person: YoungPersonId, organisation: OrganisationId) -> None:
        """Ask for nobody in particular."""
        self.connection.execute(
            delete(anchors).where(
                anchors.c.young_person == young_person,
                anchors.c.organisation == organisation,
            )
        )
