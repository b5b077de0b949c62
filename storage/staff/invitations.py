"""Invitations: a link that works once, within three days, for one named person."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, insert, select, update

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId, new_id
from storage.encryption import SERVICE, Sealer
from storage.staff.records import Invitation, StaffRole
from storage.tables.staff import staff_invitations

LASTS: Final = timedelta(days=3)
_TOKEN_BYTES = 32
_SEALED = staff_invitations.c


@dataclass(frozen=True)
class StaffInvitations:
    """Invitations that stand, and their end; the token itself is kept nowhere."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def make(
        self,
        *,
        organisation: OrganisationId,
        role: StaffRole,
        name: str,
        email: str,
        totp_secret: str | None,
        staff_member: StaffMemberId | None = None,
        invited_by: StaffMemberId | None = None,
    ) -> str:
        """Keep an invitation and give its token."""
        id, token, now = new_id(), secrets.token_urlsafe(_TOKEN_BYTES), self.clock()
        seal = self.sealer.seal_text
        self.connection.execute(
            insert(staff_invitations),
            {
                "id": id,
                "token_hash": self._hash(token),
                "organisation": organisation,
                "role": role.value,
                "name": seal(_SEALED.name, id, SERVICE, name),
                "email": seal(_SEALED.email, id, SERVICE, email),
                "staff_member": staff_member,
                "totp_secret": totp_secret
                and seal(_SEALED.totp_secret, id, SERVICE, totp_secret),
                "invited_by": invited_by,
                "made_at": now,
                "expires_at": now + LASTS,
            },
        )
        return token

    def find(self, token: str) -> Invitation | None:
        """Read an invitation that still stands."""
        found = self.connection.execute(
            self._standing().where(_SEALED.token_hash == self._hash(token))
        ).first()
        return None if found is None else self._invitation(found)

    def of_organisation(self, organisation: OrganisationId) -> list[Invitation]:
        """List the invitations of an organisation that stand, oldest first."""
        found = self.connection.execute(
            self._standing()
            .where(_SEALED.organisation == organisation)
            .order_by(_SEALED.made_at)
        )
        return [self._invitation(row) for row in found]

    def end(self, organisation: OrganisationId, invitation: str) -> bool:
        """End one, used or withdrawn; of two who use it at once one is told True."""
        changed = self.connection.execute(
            update(staff_invitations)
            .where(
                _SEALED.id == invitation,
                _SEALED.organisation == organisation,
                _SEALED.ended_at.is_(None),
            )
            .values(ended_at=self.clock())
        )
        return changed.rowcount == 1

    def _standing(self) -> Select[Any]:
        return select(staff_invitations).where(
            _SEALED.ended_at.is_(None), _SEALED.expires_at > self.clock()
        )

    def _hash(self, token: str) -> bytes:
        return self.sealer.vault.token_hash("staff_invitation", token)

    def _invitation(self, row: Row[Any]) -> Invitation:
        open_text = self.sealer.open_text
        secret = row.totp_secret
        return Invitation(
            id=row.id,
            organisation=row.organisation,
            role=StaffRole(row.role),
            name=open_text(_SEALED.name, row.id, SERVICE, row.name),
            email=open_text(_SEALED.email, row.id, SERVICE, row.email),
            staff_member=row.staff_member,
            totp_secret=None
            if secret is None
            else open_text(_SEALED.totp_secret, row.id, SERVICE, secret),
            expires_at=row.expires_at,
        )
