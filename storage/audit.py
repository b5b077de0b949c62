"""The audit trail: only ever added to, each row chained to the one before."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from storage.audit_marks import AuditMarks
from storage.dialects import wait_for_audit_turn
from storage.encryption import Vault
from storage.records import AuditRow
from storage.tables.core import audit_rows

_START = b"\0" * 32
_LAST = (
    select(audit_rows.c.number, audit_rows.c.chain)
    .order_by(audit_rows.c.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Audit:
    """Who did what to which record, and when; ids and fixed words only."""

    connection: Connection
    vault: Vault

    @cached_property
    def marks(self) -> AuditMarks:
        """What is kept of the part that was removed."""
        return AuditMarks(self.connection, self.vault)

    def removed_upto(self) -> int:
        """Give the number of the last row whose years were over; 0 while all stand."""
        mark = self.marks.last()
        return 0 if mark is None else mark.upto

    def append(self, *, actor: str, action: str, subject: str, at: datetime) -> None:
        """Add a row to the chain."""
        wait_for_audit_turn(self.connection)
        number, before = self.head()
        row = AuditRow(number + 1, actor, action, subject, at.astimezone(UTC))
        self.connection.execute(
            insert(audit_rows),
            {
                "number": row.number,
                "actor": row.actor,
                "action": row.action,
                "subject": row.subject,
                "at": row.at,
                "chain": self.vault.audit_link(before, _canonical(row)),
            },
        )

    def head(self) -> tuple[int, bytes]:
        """Give the last row's number and link, to be kept in a second place."""
        last = self.connection.execute(_LAST).first()
        return (0, _START) if last is None else (last.number, last.chain)

    def link_of(self, number: int) -> str | None:
        """Give the link of one row as hexadecimal digits; None when it is not there.

        Of what was removed, only the last row's link is still known.
        """
        mark = self.marks.last()
        if mark is not None and mark.upto == number:
            return mark.link.hex()
        link = self.connection.execute(
            select(audit_rows.c.chain).where(audit_rows.c.number == number)
        ).scalar()
        return None if link is None else bytes(link).hex()

    def of_actors(
        self, actors: Collection[str], limit: int, before: int | None = None
    ) -> list[AuditRow]:
        """List the last rows of these actors, newest first; `before` that row alone."""
        return self._last(audit_rows.c.actor.in_(actors), limit, before)

    def about(
        self, subjects: Collection[str], limit: int, before: int | None = None
    ) -> list[AuditRow]:
        """List the last rows about these, whoever the actor was, newest first."""
        return self._last(audit_rows.c.subject.in_(subjects), limit, before)

    def _last(
        self, which: ColumnElement[bool], limit: int, before: int | None
    ) -> list[AuditRow]:
        wanted = select(audit_rows).where(which)
        if before is not None:
            wanted = wanted.where(audit_rows.c.number < before)
        found = self.connection.execute(
            wanted.order_by(audit_rows.c.number.desc()).limit(limit)
        )
        return [_audit_row(row) for row in found]

    def rows(self, after: int = 0, limit: int = 1000) -> list[AuditRow]:
        """List rows by number."""
        return [_audit_row(row) for row in self._read(after, limit)]

    def verify(self, after: int = 0, upto: int | None = None) -> int | None:
        """Number the first row that is missing or changed, None when all are sound.

        `after` trusts the rows up to that one, to look at the newest ones quickly;
        `upto` stops at a row, to look at a long trail in portions. What was removed
        is not missing, if the mark it left holds.
        """
        broken = self.marks.first_broken()
        if broken is not None:
            return broken
        after = max(after, self.removed_upto())
        trusted = self.link_of(after)
        before = _START if trusted is None else bytes.fromhex(trusted)
        expected = after + 1
        while found := self._read(expected - 1, 1000):
            for row in found:
                if upto is not None and row.number > upto:
                    return None if expected > upto else expected
                link = self.vault.audit_link(before, _canonical(_audit_row(row)))
                if row.number != expected or row.chain != link:
                    return expected
                before, expected = link, expected + 1
        return None

    def _read(self, after: int, limit: int) -> list[Row[Any]]:
        found = self.connection.execute(
            select(audit_rows)
            .where(audit_rows.c.number > after)
            .order_by(audit_rows.c.number)
            .limit(limit)
        )
        return list(found)


def _audit_row(row: Row[Any]) -> AuditRow:
    return AuditRow(row.number, row.actor, row.action, row.subject, row.at)


def _canonical(row: AuditRow) -> bytes:
    at = row.at.isoformat(timespec="microseconds")
    return json.dumps([row.number, row.actor, row.action, row.subject, at]).encode()
