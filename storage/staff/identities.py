"""Whom an organisation's identity provider means: its own id, kept as a keyed hash."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from foundations.clock import Clock
from foundations.ids import StaffMemberId
from storage.encryption import Vault
from storage.tables.staff import staff_identities


@dataclass(frozen=True)
class StaffIdentities:
    """Links between staff and accounts elsewhere; one account is one member."""

    connection: Connection
    vault: Vault
    clock: Clock

    def put(self, issuer: str, subject: str, staff_member: StaffMemberId) -> None:
        """Keep that this account is this member's from now on."""
        self.connection.execute(
            insert(staff_identities),
            {
                "identity": self._hash(issuer, subject),
                "staff_member": staff_member,
                "linked_at": self.clock(),
            },
        )

    def whose(self, issuer: str, subject: str) -> StaffMemberId | None:
        """Tell whose account this is; None when it was never linked."""
        found = self.connection.execute(
            select(staff_identities.c.staff_member).where(
                staff_identities.c.identity == self._hash(issuer, subject)
            )
        ).scalar()
        return None if found is None else StaffMemberId(found)

    def has_any(self, staff_member: StaffMemberId) -> bool:
        """Say whether somebody signs in with an account elsewhere."""
        found = self.connection.execute(
            select(staff_identities.c.identity)
            .where(staff_identities.c.staff_member == staff_member)
            .limit(1)
        ).first()
        return found is not None

    def _hash(self, issuer: str, subject: str) -> bytes:
        return self.vault.token_hash("staff_identity", f"{issuer}\n{subject}")
