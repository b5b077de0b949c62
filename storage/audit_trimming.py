"""The oldest part of the audit trail goes when its years are over, behind a mark."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, text

from foundations.clock import Clock
from storage.audit import Audit
from storage.audit_marks import Mark
from storage.dialects import on_postgresql, wait_for_audit_turn
from storage.errors import StorageError
from storage.tables.core import audit_rows
from storage.tables.keeping import legal_holds

AT_ONCE: Final = 500
"""Rows that go in one transaction, under one mark."""

_MAY_DELETE: Final = text("SELECT has_table_privilege('audit_rows', 'DELETE')")


class TrailNotSound(StorageError):
    """What would go is missing a row or was changed: all of it stays, as evidence."""


@dataclass(frozen=True)
class AuditTrimming:
    """Counts and removes the rows of the trail that are older than a day.

    The newest row always stays. While anybody is on legal hold nothing goes: the trail
    says who looked at their records.
    """

    audit: Audit
    clock: Clock

    def count(self, day: datetime) -> int:
        """Count the rows that would go."""
        upto = self._upto(day)
        counted = select(func.count()).where(audit_rows.c.number <= upto)
        return int(self.audit.connection.execute(counted).scalar_one())

    def may_remove(self) -> bool:
        """Tell whether this account of the database may remove rows of the trail."""
        connection = self.audit.connection
        if not on_postgresql(connection):
            return True
        return bool(connection.execute(_MAY_DELETE).scalar_one())

    def remove_some(self, day: datetime) -> int:
        """Remove up to AT_ONCE rows behind a mark. Raises TrailNotSound."""
        connection = self.audit.connection
        wait_for_audit_turn(connection)
        gone = self.audit.removed_upto()
        upto = min(self._upto(day), gone + AT_ONCE)
        if upto <= gone:
            return 0
        link = self.audit.link_of(upto)
        if link is None or self.audit.verify(gone, upto) is not None:
            raise TrailNotSound
        self.audit.marks.add(Mark(upto, bytes.fromhex(link)), self.clock())
        removed = delete(audit_rows).where(audit_rows.c.number <= upto)
        return connection.execute(removed).rowcount

    def _upto(self, day: datetime) -> int:
        """Give the number of the last row that may go; 0 when none may."""
        connection = self.audit.connection
        if connection.execute(select(legal_holds).limit(1)).first() is not None:
            return 0
        first_kept = connection.execute(
            select(audit_rows.c.number)
            .where(audit_rows.c.at >= day)
            .order_by(audit_rows.c.number)
            .limit(1)
        ).scalar()
        newest, _ = self.audit.head()
        return max(min(first_kept or newest, newest) - 1, 0)
