"""Marks: what is kept of the oldest part of the audit trail once it was removed.

A mark holds the number and the link of the last row that went. The row after it still
chains to that link, so what is left of the trail is checked as before. Marks are
chained under the audit key: one that we did not make does not hold.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from storage.encryption import Vault
from storage.tables.core import audit_marks

_START = b"\0" * 32
_ALL = select(audit_marks).order_by(audit_marks.c.number)
_LAST = select(audit_marks).order_by(audit_marks.c.number.desc()).limit(1)


@dataclass(frozen=True)
class Mark:
    """All rows up to number `upto` are gone; `link` is that row's own."""

    upto: int
    link: bytes


@dataclass(frozen=True)
class AuditMarks:
    """The marks of one trail."""

    connection: Connection
    vault: Vault

    def last(self) -> Mark | None:
        """Give the newest mark; None while nothing was ever removed."""
        row = self.connection.execute(_LAST).first()
        return None if row is None else Mark(row.upto, row.link)

    def add(self, mark: Mark, at: datetime) -> None:
        """Keep a mark, before the rows that it stands for go."""
        last = self.connection.execute(_LAST).first()
        before = _START if last is None else last.chain
        moment = at.astimezone(UTC)
        chain = self.vault.audit_link(before, _canonical(mark, moment))
        row = {"upto": mark.upto, "link": mark.link, "made_at": moment, "chain": chain}
        self.connection.execute(insert(audit_marks), row)

    def first_broken(self) -> int | None:
        """Give the row number of the first mark that does not hold; None if all do."""
        before, upto = _START, 0
        for row in self.connection.execute(_ALL):
            if not self._holds(row, before) or row.upto <= upto:
                return int(row.upto)
            before, upto = row.chain, row.upto
        return None

    def _holds(self, row: Row[Any], before: bytes) -> bool:
        mark = Mark(row.upto, row.link)
        chain: bytes = row.chain
        return chain == self.vault.audit_link(before, _canonical(mark, row.made_at))


def _canonical(mark: Mark, at: datetime) -> bytes:
    moment = at.isoformat(timespec="microseconds")
    return json.dumps(["mark", mark.upto, mark.link.hex(), moment]).encode()
