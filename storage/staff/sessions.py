"""Who is signed in where: server-side sessions, listed and ended; tokens hashed."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from foundations.clock import Clock
from foundations.ids import StaffMemberId, new_id
from storage.encryption import Vault
from storage.staff.records import StaffSession
from storage.tables.staff import staff_members, staff_sessions

IDLE: Final = timedelta(minutes=15)
LASTS: Final = timedelta(hours=12)
LONGEST_DEVICE: Final = 64

_TOKEN_BYTES = 32


@dataclass(frozen=True)
class StaffSessions:
    """Sessions: idle at most 15 minutes, 12 hours in all, and ended at any time."""

    connection: Connection
    vault: Vault
    clock: Clock

    def start(self, staff_member: StaffMemberId, device: str) -> str:
        """Begin a session and give its token, which is kept nowhere."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self.clock()
        self.connection.execute(
            insert(staff_sessions),
            {
                "token_hash": self._hash(token),
                "id": new_id(),
                "staff_member": staff_member,
                "device": device[:LONGEST_DEVICE],
                "started_at": now,
                "last_used_at": now,
                "proved_at": now,
            },
        )
        return token

    def find(self, token: str) -> StaffSession | None:
        """Read a session that is still good and whose staff member may come in."""
        found = self.connection.execute(
            self._good().where(staff_sessions.c.token_hash == self._hash(token))
        ).first()
        return None if found is None else _session(found)

    def keep(self, session: str) -> None:
        """Start the idle time of a session anew."""
        self._set(session, last_used_at=self.clock())

    def proved(self, session: str) -> None:
        """Keep that the second factor was shown just now."""
        self._set(session, proved_at=self.clock(), last_used_at=self.clock())

    def of_member(self, staff_member: StaffMemberId) -> list[StaffSession]:
        """List the good sessions of somebody, the newest first."""
        found = self.connection.execute(
            self._good()
            .where(staff_sessions.c.staff_member == staff_member)
            .order_by(staff_sessions.c.started_at.desc())
        )
        return [_session(row) for row in found]

    def end(self, staff_member: StaffMemberId, session: str) -> bool:
        """End one session of somebody; False when it is not theirs or not there."""
        ended = self.connection.execute(
            delete(staff_sessions).where(
                staff_sessions.c.id == session,
                staff_sessions.c.staff_member == staff_member,
            )
        )
        return ended.rowcount == 1

    def end_all(self, staff_member: StaffMemberId) -> None:
        """Sign somebody out everywhere."""
        self.connection.execute(
            delete(staff_sessions).where(staff_sessions.c.staff_member == staff_member)
        )

    def form_token(self, token: str) -> str:
        """Give what a form of this session must bring along, and no other one has."""
        return self.vault.token_hash("staff_form", token).hex()

    def _good(self) -> Select[Any]:
        now = self.clock()
        return (
            select(staff_sessions)
            .join(staff_members)
            .where(
                staff_members.c.is_active,
                staff_sessions.c.last_used_at > now - IDLE,
                staff_sessions.c.started_at > now - LASTS,
            )
        )

    def _set(self, session: str, **values: object) -> None:
        self.connection.execute(
            update(staff_sessions).where(staff_sessions.c.id == session), values
        )

    def _hash(self, token: str) -> bytes:
        return self.vault.token_hash("staff_session", token)


def _session(row: Row[Any]) -> StaffSession:
    return StaffSession(
        id=row.id,
        staff_member=row.staff_member,
        device=row.device,
        started_at=row.started_at,
        last_used_at=row.last_used_at,
        proved_at=row.proved_at,
    )
