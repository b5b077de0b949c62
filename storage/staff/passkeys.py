"""Passkeys by which staff come in; a challenge is answered once.

The public key is sealed and bound to its row, so that nobody who can write to the
database can put a key of their own in its place.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from foundations.clock import Clock
from foundations.ids import StaffMemberId, new_id
from storage.dialects import write_once
from storage.encryption import SERVICE, Sealer
from storage.staff.records import Passkey
from storage.tables.staff import staff_passkeys, staff_used_challenges

_COLUMNS = staff_passkeys.c


@dataclass(frozen=True)
class StaffPasskeys:
    """Passkeys by the hash of their own id."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def add(
        self,
        staff_member: StaffMemberId,
        *,
        credential: bytes,
        public_key: bytes,
        name: str,
        used: int,
    ) -> None:
        """Keep a passkey. RecordConflict when it is kept already."""
        id, seal = new_id(), self.sealer.seal
        row = {
            "id": id,
            "staff_member": staff_member,
            "credential_index": self._index(credential),
            "credential": seal(_COLUMNS.credential, id, SERVICE, credential),
            "public_key": seal(_COLUMNS.public_key, id, SERVICE, public_key),
            "name": self.sealer.seal_text(_COLUMNS.name, id, SERVICE, name),
            "used": used,
            "made_at": self.clock(),
        }
        self.connection.execute(insert(staff_passkeys), row)

    def named(self, credential: bytes) -> Passkey | None:
        """Find a passkey by its own id."""
        found = self.connection.execute(
            select(staff_passkeys).where(
                _COLUMNS.credential_index == self._index(credential)
            )
        ).first()
        return None if found is None else self._passkey(found)

    def of_member(self, staff_member: StaffMemberId) -> list[Passkey]:
        """List the passkeys of somebody, the oldest first."""
        found = self.connection.execute(
            select(staff_passkeys)
            .where(_COLUMNS.staff_member == staff_member)
            .order_by(_COLUMNS.made_at, _COLUMNS.id)
        )
        return [self._passkey(row) for row in found]

    def was_used(self, passkey: Passkey, used: int) -> bool:
        """Keep the device's new count; False when the row changed or went meanwhile."""
        changed = self.connection.execute(
            update(staff_passkeys)
            .where(_COLUMNS.id == passkey.id, _COLUMNS.used == passkey.used)
            .values(used=used, last_used_at=self.clock())
        )
        return changed.rowcount == 1

    def remove(self, staff_member: StaffMemberId, passkey: str) -> bool:
        """Remove one passkey of somebody; False when it is not theirs or not there."""
        removed = self.connection.execute(
            delete(staff_passkeys).where(
                _COLUMNS.id == passkey, _COLUMNS.staff_member == staff_member
            )
        )
        return removed.rowcount == 1

    def remove_all(self, staff_member: StaffMemberId) -> None:
        """Remove every passkey of somebody."""
        self.connection.execute(
            delete(staff_passkeys).where(_COLUMNS.staff_member == staff_member)
        )

    def use_up(self, challenge: bytes, expires_at: datetime) -> bool:
        """Note that a challenge was answered; False when it had been before."""
        hashed = self.sealer.vault.token_hash("staff_challenge", challenge.hex())
        row = {"challenge_hash": hashed, "expires_at": expires_at}
        return write_once(self.connection, staff_used_challenges, row)

    def _index(self, credential: bytes) -> bytes:
        return self.sealer.vault.token_hash("staff_passkey", credential.hex())

    def _passkey(self, row: Row[Any]) -> Passkey:
        id, opened = row.id, self.sealer.open
        return Passkey(
            id=id,
            staff_member=row.staff_member,
            credential=opened(_COLUMNS.credential, id, SERVICE, row.credential),
            public_key=opened(_COLUMNS.public_key, id, SERVICE, row.public_key),
            name=self.sealer.open_text(_COLUMNS.name, id, SERVICE, row.name),
            used=row.used,
            made_at=row.made_at,
            last_used_at=row.last_used_at,
        )
