"""Staff members, and the one-time sign-in of a local run; tokens kept hashed."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId, new_id
from storage.encryption import SERVICE, Sealer
from storage.staff.records import MOST_CASES, StaffMember, StaffRole
from storage.tables.staff import staff_members, staff_sign_ins

SIGN_IN_LASTS: Final = timedelta(minutes=10)

_TOKEN_BYTES = 32
_BY_ID = select(staff_members).where(staff_members.c.id == bindparam("member"))


@dataclass(frozen=True)
class Staff:
    """Workers, and how they come in on a machine of their own."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def add(
        self, *, name: str, role: StaffRole, organisation: OrganisationId
    ) -> StaffMemberId:
        """Add a worker of an organisation."""
        id = StaffMemberId(new_id())
        sealed = self.sealer.seal_text(staff_members.c.name, id, SERVICE, name)
        self.connection.execute(
            insert(staff_members),
            {
                "id": id,
                "name": sealed,
                "role": role.value,
                "organisation": organisation,
                "is_active": True,
                "most_cases": MOST_CASES,
                "added_at": self.clock(),
            },
        )
        return id

    def get(self, staff_member: StaffMemberId) -> StaffMember | None:
        """Read a worker."""
        found = self.connection.execute(_BY_ID, {"member": staff_member}).first()
        return None if found is None else self._member(found)

    def of_organisation(self, organisation: OrganisationId) -> list[StaffMember]:
        """List the workers of an organisation, in the order they were added."""
        found = self.connection.execute(
            select(staff_members)
            .where(staff_members.c.organisation == organisation)
            .order_by(staff_members.c.added_at, staff_members.c.id)
        )
        return [self._member(row) for row in found]

    def set_active(self, staff_member: StaffMemberId, is_active: bool) -> None:
        """Let somebody in, or no more."""
        self._set(staff_member, is_active=is_active)

    def set_role(self, staff_member: StaffMemberId, role: StaffRole) -> None:
        """Say what somebody is there for."""
        self._set(staff_member, role=role.value)

    def set_most_cases(self, staff_member: StaffMemberId, most_cases: int) -> None:
        """Say how many cases somebody holds at once, at most."""
        self._set(staff_member, most_cases=most_cases)

    def one_time_sign_in(self, staff_member: StaffMemberId) -> str:
        """Make a token that opens one session, once, within ten minutes."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self.connection.execute(
            insert(staff_sign_ins),
            {
                "token_hash": self._hash(token),
                "staff_member": staff_member,
                "expires_at": self.clock() + SIGN_IN_LASTS,
            },
        )
        return token

    def redeem(self, token: str) -> StaffMemberId | None:
        """Tell whose one-time token this is, once; None when used or too late."""
        now = self.clock()
        staff_member = self.connection.execute(
            update(staff_sign_ins)
            .where(
                staff_sign_ins.c.token_hash == self._hash(token),
                staff_sign_ins.c.used_at.is_(None),
                staff_sign_ins.c.expires_at > now,
            )
            .values(used_at=now)
            .returning(staff_sign_ins.c.staff_member)
        ).scalar()
        return None if staff_member is None else StaffMemberId(staff_member)

    def _set(self, staff_member: StaffMemberId, **values: object) -> None:
        self.connection.execute(
            update(staff_members).where(staff_members.c.id == staff_member), values
        )

    def _hash(self, token: str) -> bytes:
        return self.sealer.vault.token_hash("staff_sign_in", token)

    def _member(self, row: Row[Any]) -> StaffMember:
        return StaffMember(
            id=row.id,
            name=self.sealer.open_text(staff_members.c.name, row.id, SERVICE, row.name),
            role=StaffRole(row.role),
            organisation=row.organisation,
            is_active=row.is_active,
            most_cases=row.most_cases,
        )
