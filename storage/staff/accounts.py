"""How staff prove who they are: password, second factor, recovery codes, wrong tries.

A password is kept as its argon2id hash and sealed as well, so that the database alone
gives nothing to guess at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from foundations.clock import Clock
from foundations.ids import StaffMemberId
from storage.encryption import SERVICE, Sealer
from storage.staff.records import Credentials
from storage.tables.staff import (
    staff_credentials,
    staff_recovery_codes,
    staff_wrong_tries,
)

_SEALED = staff_credentials.c


@dataclass(frozen=True)
class StaffAccounts:
    """Credentials by e-mail address, which is looked up by its keyed hash."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def put(self, credentials: Credentials) -> None:
        """Keep how somebody signs in; RecordConflict when the address is taken."""
        row = self._row(credentials)
        changed = self.connection.execute(
            update(staff_credentials).where(
                staff_credentials.c.staff_member == credentials.staff_member
            ),
            row,
        )
        if changed.rowcount == 0:
            self.connection.execute(insert(staff_credentials), row)

    def by_email(self, email: str) -> Credentials | None:
        """Find who signs in with this address."""
        wanted = staff_credentials.c.email_index == self._index(email)
        return self._one(wanted)

    def of_member(self, staff_member: StaffMemberId) -> Credentials | None:
        """Read how somebody signs in; None for the worker of a local run."""
        return self._one(staff_credentials.c.staff_member == staff_member)

    def use_totp_step(self, staff_member: StaffMemberId, step: int) -> bool:
        """Use up a step of the second factor; False when it, or a later one, was."""
        changed = self.connection.execute(
            update(staff_credentials)
            .where(
                staff_credentials.c.staff_member == staff_member,
                staff_credentials.c.totp_last_step < step,
            )
            .values(totp_last_step=step)
        )
        return changed.rowcount == 1

    def put_recovery_codes(
        self, staff_member: StaffMemberId, codes: Iterable[str]
    ) -> None:
        """Keep a fresh set of recovery codes, as hashes; older ones end."""
        self.connection.execute(
            delete(staff_recovery_codes).where(
                staff_recovery_codes.c.staff_member == staff_member
            )
        )
        rows = [
            {
                "code_hash": self._code_hash(staff_member, code),
                "staff_member": staff_member,
                "made_at": self.clock(),
            }
            for code in codes
        ]
        self.connection.execute(insert(staff_recovery_codes), rows)

    def use_recovery_code(self, staff_member: StaffMemberId, code: str) -> bool:
        """Use a recovery code up; False when it is not theirs or was used."""
        changed = self.connection.execute(
            update(staff_recovery_codes)
            .where(
                staff_recovery_codes.c.code_hash == self._code_hash(staff_member, code),
                staff_recovery_codes.c.used_at.is_(None),
            )
            .values(used_at=self.clock())
        )
        return changed.rowcount == 1

    def recovery_codes_left(self, staff_member: StaffMemberId) -> int:
        """Count the recovery codes that are not used up."""
        found = self.connection.execute(
            select(func.count()).where(
                staff_recovery_codes.c.staff_member == staff_member,
                staff_recovery_codes.c.used_at.is_(None),
            )
        )
        return int(found.scalar_one())

    def note_wrong_try(self, source: str) -> None:
        """Keep that a sign-in from somewhere was wrong; old ones are dropped."""
        row = {"source": self._source(source), "at": self.clock()}
        self.connection.execute(insert(staff_wrong_tries), row)

    def wrong_tries(self, source: str, since: datetime) -> int:
        """Count the wrong sign-ins from somewhere since then."""
        found = self.connection.execute(
            select(func.count()).where(
                staff_wrong_tries.c.source == self._source(source),
                staff_wrong_tries.c.at > since,
            )
        )
        return int(found.scalar_one())

    def forget_wrong_tries(self, source: str, before: datetime) -> None:
        """Drop what is older, and what came from somewhere that proved itself."""
        self.connection.execute(
            delete(staff_wrong_tries).where(
                (staff_wrong_tries.c.at < before)
                | (staff_wrong_tries.c.source == self._source(source))
            )
        )

    def _one(self, wanted: Any) -> Credentials | None:
        row = self.connection.execute(select(staff_credentials).where(wanted)).first()
        return None if row is None else self._credentials(row)

    def _row(self, given: Credentials) -> dict[str, object]:
        id, seal = given.staff_member, self.sealer.seal_text
        return {
            "staff_member": id,
            "email_index": self._index(given.email),
            "email": seal(_SEALED.email, id, SERVICE, given.email),
            "password": seal(_SEALED.password, id, SERVICE, given.password),
            "totp_secret": seal(_SEALED.totp_secret, id, SERVICE, given.totp_secret),
            "totp_last_step": given.totp_last_step,
            "changed_at": self.clock(),
        }

    def _credentials(self, row: Row[Any]) -> Credentials:
        id, open_text = row.staff_member, self.sealer.open_text
        return Credentials(
            staff_member=id,
            email=open_text(_SEALED.email, id, SERVICE, row.email),
            password=open_text(_SEALED.password, id, SERVICE, row.password),
            totp_secret=open_text(_SEALED.totp_secret, id, SERVICE, row.totp_secret),
            totp_last_step=row.totp_last_step,
        )

    def _index(self, email: str) -> bytes:
        return self.sealer.vault.token_hash("staff_email", email.strip().casefold())

    def _source(self, source: str) -> bytes:
        return self.sealer.vault.token_hash("staff_source", source)

    def _code_hash(self, staff_member: StaffMemberId, code: str) -> bytes:
        return self.sealer.vault.token_hash("staff_recovery", f"{staff_member}\0{code}")
