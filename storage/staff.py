"""Staff members, their one-time sign-ins and their sessions; tokens kept hashed."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId, new_id
from storage.encryption import SERVICE, Sealer
from storage.records import StaffMember, StaffRole
from storage.tables import staff_members, staff_sessions, staff_sign_ins

SIGN_IN_LASTS: Final = timedelta(minutes=10)
SESSION_IDLE: Final = timedelta(minutes=15)
SESSION_LASTS: Final = timedelta(hours=12)

_TOKEN_BYTES = 32


@dataclass(frozen=True)
class Staff:
    """Workers and how they are known when they come in."""

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
                "added_at": self.clock(),
            },
        )
        return id

    def get(self, staff_member: StaffMemberId) -> StaffMember | None:
        """Read a worker."""
        found = self.connection.execute(
            select(staff_members).where(staff_members.c.id == staff_member)
        ).first()
        return None if found is None else self._member(found)

    def of_organisation(self, organisation: OrganisationId) -> list[StaffMember]:
        """List the workers of an organisation, in the order they were added."""
        found = self.connection.execute(
            select(staff_members)
            .where(staff_members.c.organisation == organisation)
            .order_by(staff_members.c.added_at, staff_members.c.id)
        )
        return [self._member(row) for row in found]

    def one_time_sign_in(self, staff_member: StaffMemberId) -> str:
        """Make a token that opens one session, once, within ten minutes."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self.connection.execute(
            insert(staff_sign_ins),
            {
                "token_hash": self._hash("sign_in", token),
                "staff_member": staff_member,
                "expires_at": self.clock() + SIGN_IN_LASTS,
            },
        )
        return token

    def redeem(self, token: str) -> str | None:
        """Turn a one-time token into a session token; None when used or too late."""
        now = self.clock()
        staff_member = self.connection.execute(
            update(staff_sign_ins)
            .where(
                staff_sign_ins.c.token_hash == self._hash("sign_in", token),
                staff_sign_ins.c.used_at.is_(None),
                staff_sign_ins.c.expires_at > now,
            )
            .values(used_at=now)
            .returning(staff_sign_ins.c.staff_member)
        ).scalar()
        if staff_member is None:
            return None
        session_token = secrets.token_urlsafe(_TOKEN_BYTES)
        self.connection.execute(
            insert(staff_sessions),
            {
                "token_hash": self._hash("session", session_token),
                "staff_member": staff_member,
                "started_at": now,
                "last_used_at": now,
            },
        )
        return session_token

    def by_session(self, session_token: str) -> StaffMember | None:
        """Tell who is signed in: idle at most 15 minutes, 12 hours in all."""
        now = self.clock()
        found = self.connection.execute(
            select(staff_members)
            .join(staff_sessions)
            .where(
                staff_sessions.c.token_hash == self._hash("session", session_token),
                staff_sessions.c.last_used_at > now - SESSION_IDLE,
                staff_sessions.c.started_at > now - SESSION_LASTS,
            )
        ).first()
        return None if found is None else self._member(found)

    def keep_session(self, session_token: str) -> StaffMember | None:
        """Tell who is signed in and start their idle time anew."""
        member = self.by_session(session_token)
        if member is not None:
            self.connection.execute(
                update(staff_sessions)
                .where(
                    staff_sessions.c.token_hash == self._hash("session", session_token)
                )
                .values(last_used_at=self.clock())
            )
        return member

    def end_session(self, session_token: str) -> None:
        """Sign out; the token opens nothing any more."""
        self.connection.execute(
            delete(staff_sessions).where(
                staff_sessions.c.token_hash == self._hash("session", session_token)
            )
        )

    def _hash(self, purpose: str, token: str) -> bytes:
        return self.sealer.vault.token_hash(f"staff_{purpose}", token)

    def _member(self, row: Row[Any]) -> StaffMember:
        return StaffMember(
            id=row.id,
            name=self.sealer.open_text(staff_members.c.name, row.id, SERVICE, row.name),
            role=StaffRole(row.role),
            organisation=row.organisation,
        )
