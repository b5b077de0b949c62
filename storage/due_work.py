"""Work that is due later: promised once, done once, whatever restarts in between.

A row is written in the transaction that makes the promise. When it is due, a worker
(`gateway.due_worker`) calls the handler of its kind inside one transaction, which
also marks the row as done: both happen, or neither.

    unit.due_work.add(
        NewDueWork(
            kind="plan.check_in",               # a handler in runtime/wiring/due.py
            due_at=tomorrow_at_ten,             # aware; kept in UTC
            dedup_key=f"plan.check_in:{plan}",  # the same key twice is one row
            young_person=person,                # goes when they are forgotten
            conversation=conversation,
            payload=None,                       # sealed under the person's own key
        )
    )
    unit.due_work.cancel(f"plan.check_in:{plan}")   # the promise no longer stands
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final, NewType

from sqlalchemy import Connection, Row, bindparam, func, select, update

from foundations.clock import Clock
from foundations.ids import ConversationId, HandoverCaseId, YoungPersonId, new_id
from storage.dialects import database_now, write_once
from storage.encryption import SERVICE, Sealer
from storage.errors import CannotOpen
from storage.set_back import lease_is_over, lease_times
from storage.tables.core import Moment
from storage.tables.due import due_work

DueWorkId = NewType("DueWorkId", str)


class DueOutcome(str, Enum):
    """How due work ended; empty while it is still to do."""

    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class NewDueWork:
    """Something to do at `due_at`, and about whom.

    `dedup_key` is at most 200 characters and unique for good, ended rows included.
    What has a conversation or a case has a young person too; ValueError otherwise.
    """

    kind: str
    due_at: datetime
    dedup_key: str
    young_person: YoungPersonId | None = None
    conversation: ConversationId | None = None
    handover_case: HandoverCaseId | None = None
    payload: str | None = None
    id: DueWorkId = field(default_factory=lambda: DueWorkId(new_id()))

    def __post_init__(self) -> None:
        """Refuse what could not be forgotten with its young person."""
        about_someone = self.conversation is not None or self.handover_case is not None
        if about_someone and self.young_person is None:
            raise ValueError("due work about a conversation names its young person")


@dataclass(frozen=True)
class DueWork:
    """A row as a handler gets it. `tries` counts from 1, this one included.

    `due_at` is when it was promised, however late it is done. What `is_sealed` does not
    open with the keys that are here: it has no payload.
    """

    id: DueWorkId
    kind: str
    dedup_key: str
    due_at: datetime
    young_person: YoungPersonId | None
    conversation: ConversationId | None
    handover_case: HandoverCaseId | None
    payload: str | None
    tries: int
    is_sealed: bool = False


@dataclass(frozen=True)
class DueFigures:
    """How many rows should have been done by now, and how late the oldest is."""

    overdue: int
    oldest_seconds: float


_TO_DO: Final = due_work.c.done_at.is_(None)
_BY_KEY = due_work.c.dedup_key == bindparam("wanted_key")
_CLAIMABLE = (
    select(due_work)
    .where(
        _TO_DO,
        due_work.c.not_before <= bindparam("due", type_=Moment),
        lease_is_over(due_work.c.lease_until),
    )
    .order_by(due_work.c.not_before, due_work.c.number)
    .limit(bindparam("limit"))
    # SQLite has one writer and leaves this out; several workers on PostgreSQL pass by.
    .with_for_update(skip_locked=True, of=due_work)
)
_LEASE = (
    update(due_work)
    .where(due_work.c.id == bindparam("work_id"))
    .values(lease_until=bindparam("until", type_=Moment), tries=due_work.c.tries + 1)
)
_TAKE = update(due_work).where(due_work.c.id == bindparam("work_id"), _TO_DO)
_NEXT = select(func.min(due_work.c.not_before)).where(_TO_DO)
_OVERDUE = select(func.count(), func.min(due_work.c.due_at)).where(
    _TO_DO, due_work.c.due_at <= bindparam("due", type_=Moment)
)


@dataclass(frozen=True)
class DueWorks:
    """What is still to do, and what became of the rest.

    `due_at` is by the service's clock; leases are by the database's own clock,
    which all workers share.
    """

    connection: Connection
    sealer: Sealer
    clock: Clock

    def add(self, new: NewDueWork) -> bool:
        """Promise a work; False when its `dedup_key` was promised before."""
        column, holder = due_work.c.payload, new.young_person or SERVICE
        sealed = new.payload and self.sealer.seal_text(
            column, new.id, holder, new.payload
        )
        row = {
            "id": new.id,
            "kind": new.kind,
            "dedup_key": new.dedup_key,
            "young_person": new.young_person,
            "conversation": new.conversation,
            "handover_case": new.handover_case,
            "payload": sealed,
            "due_at": new.due_at,
            "not_before": new.due_at,
            "tries": 0,
            "created_at": self.clock(),
        }
        return write_once(self.connection, due_work, row)

    def cancel(self, dedup_key: str) -> bool:
        """Call a work off; False when there is none, or it is done."""
        changed = self.connection.execute(
            update(due_work)
            .where(_BY_KEY, _TO_DO)
            .values(outcome=DueOutcome.CANCELLED.value, done_at=self.clock()),
            {"wanted_key": dedup_key},
        )
        return changed.rowcount == 1

    def cancel_of_case(self, case: HandoverCaseId, *kinds: str) -> int:
        """Call off what is still to do for a case, of these kinds; give how many."""
        changed = self.connection.execute(
            update(due_work)
            .where(due_work.c.handover_case == case, due_work.c.kind.in_(kinds), _TO_DO)
            .values(outcome=DueOutcome.CANCELLED.value, done_at=self.clock())
        )
        return changed.rowcount

    def to_do(self, conversation: ConversationId, *kinds: str) -> list[DueWork]:
        """List what is promised in a conversation, of these kinds, soonest first."""
        found = self.connection.execute(
            select(due_work)
            .where(
                due_work.c.conversation == conversation,
                due_work.c.kind.in_(kinds),
                _TO_DO,
            )
            .order_by(due_work.c.due_at, due_work.c.number)
        )
        return [self._work(row, row.tries) for row in found]

    def claim(self, limit: int, lease_s: float) -> list[DueWork]:
        """Lease up to `limit` due rows for so many seconds, longest due first."""
        now, lease = database_now(self.connection), timedelta(seconds=lease_s)
        wanted = {"due": self.clock(), "limit": limit}
        rows = self.connection.execute(
            _CLAIMABLE, wanted | lease_times(now, lease)
        ).all()
        until = now + lease
        if rows:
            leases = [{"work_id": row.id, "until": until} for row in rows]
            self.connection.execute(_LEASE, leases)
        return [self._claimed(row) for row in rows]

    def take(self, work: DueWorkId) -> bool:
        """Mark as done what this transaction is about to do; False when it is done.

        A second worker waits here for the first, and is then told False.
        """
        changed = self.connection.execute(
            _TAKE.values(
                outcome=DueOutcome.DONE.value, done_at=self.clock(), lease_until=None
            ),
            {"work_id": work},
        )
        return changed.rowcount == 1

    def failed(self, work: DueWorkId, not_before: datetime, fault: str) -> None:
        """Keep that a handler failed, by the name of its error, and try later."""
        self.connection.execute(
            _TAKE.values(
                not_before=not_before, last_fault=fault[:64], lease_until=None
            ),
            {"work_id": work},
        )

    def next_at(self) -> datetime | None:
        """Tell when there is next something to do; None when nothing is promised."""
        return self.connection.execute(_NEXT).scalar()

    def figures(self) -> DueFigures:
        """Count what is overdue."""
        now = self.clock()
        found = self.connection.execute(_OVERDUE, {"due": now}).one()
        if found[1] is None:
            return DueFigures(0, 0.0)
        return DueFigures(found[0], (now - found[1]).total_seconds())

    def _claimed(self, row: Row[Any]) -> DueWork:
        """Give what does not open as sealed: one such row holds up no other."""
        try:
            return self._work(row, row.tries + 1)
        except CannotOpen:
            return _as_work(row, None, row.tries + 1, is_sealed=True)

    def _work(self, row: Row[Any], tries: int) -> DueWork:
        holder = row.young_person or SERVICE
        payload = row.payload and self.sealer.open_text(
            due_work.c.payload, row.id, holder, row.payload
        )
        return _as_work(row, payload, tries)


def _as_work(
    row: Row[Any], payload: str | None, tries: int, *, is_sealed: bool = False
) -> DueWork:
    return DueWork(
        id=row.id,
        kind=row.kind,
        dedup_key=row.dedup_key,
        due_at=row.due_at,
        young_person=row.young_person,
        conversation=row.conversation,
        handover_case=row.handover_case,
        payload=payload,
        tries=tries,
        is_sealed=is_sealed,
    )
