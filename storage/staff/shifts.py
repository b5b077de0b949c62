"""Shifts and breaks, as staff switch them on and off themselves."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select, update

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId
from storage.staff.records import Shift
from storage.tables.staff import staff_members, staff_shifts

LONGEST: Final = timedelta(hours=12)
"""A shift that nobody ended is over by then: it must not promise cover."""


@dataclass(frozen=True)
class StaffShifts:
    """Who is on shift now; `covering` leaves out who is on a break."""

    connection: Connection
    clock: Clock

    def start(self, staff_member: StaffMemberId, organisation: OrganisationId) -> None:
        """Come on shift; a shift that runs already is ended first."""
        self.end(staff_member)
        self.connection.execute(
            insert(staff_shifts),
            {
                "staff_member": staff_member,
                "organisation": organisation,
                "started_at": self.clock(),
            },
        )

    def end(self, staff_member: StaffMemberId) -> None:
        """Go off shift."""
        self._set(staff_member, ended_at=self.clock())

    def take_break(self, staff_member: StaffMemberId) -> None:
        """Be on shift, and not asked for anything new."""
        self._set(staff_member, break_since=self.clock())

    def come_back(self, staff_member: StaffMemberId) -> None:
        """End a break."""
        self._set(staff_member, break_since=None)

    def of_member(self, staff_member: StaffMemberId) -> Shift | None:
        """Tell whether somebody is on shift."""
        found = self.connection.execute(
            self._running().where(staff_shifts.c.staff_member == staff_member)
        ).first()
        if found is None:
            return None
        return Shift(found.staff_member, found.started_at, found.break_since)

    def on_shift(self, organisation: OrganisationId) -> list[Shift]:
        """List who is on shift in an organisation, longest first."""
        found = self.connection.execute(
            self._running().where(staff_shifts.c.organisation == organisation)
        )
        return [
            Shift(row.staff_member, row.started_at, row.break_since) for row in found
        ]

    def covering(self, organisation: OrganisationId) -> list[StaffMemberId]:
        """List who can be asked now: on shift, and not on a break."""
        return [
            shift.staff_member
            for shift in self.on_shift(organisation)
            if shift.break_since is None
        ]

    def _running(self) -> Select[Any]:
        return (
            select(staff_shifts)
            .join(staff_members)
            .where(
                staff_members.c.is_active,
                staff_shifts.c.ended_at.is_(None),
                staff_shifts.c.started_at > self.clock() - LONGEST,
            )
            .order_by(staff_shifts.c.number)
        )

    def _set(self, staff_member: StaffMemberId, **values: object) -> None:
        self.connection.execute(
            update(staff_shifts).where(
                staff_shifts.c.staff_member == staff_member,
                staff_shifts.c.ended_at.is_(None),
            ),
            values,
        )
