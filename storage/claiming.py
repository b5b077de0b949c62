"""Which outbox rows may be taken now, and in what order."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    update,
)

from storage.records import OutboundKind
from storage.tables.core import Moment, outbox

WAITING: ColumnElement[str] = literal_column("'waiting'")
INLINE: ColumnElement[str] = literal_column("'inline'")

OUT_OF_HOURS = "out_of_hours"
"""The code of a text that waits until its person wants to be texted."""

TURNS = {
    OutboundKind.CRISIS: 0,
    OutboundKind.STAFF_ALERT: 1,
    OutboundKind.ORDINARY: 2,
    OutboundKind.SYSTEM: 2,
}
"""Crisis leaves first, then staff alerts, then the rest by age."""


def unfinished(state: Column[Any]) -> ColumnElement[bool]:
    """Word the state condition as the partial indexes do, so that they are used."""
    return state.in_((WAITING, INLINE))


_older = outbox.alias("older")
_behind_an_older_one = exists().where(
    _older.c.conversation == outbox.c.conversation,
    unfinished(_older.c.state),
    _older.c.state == WAITING,
    # What waits for a person's own hours holds nothing else up.
    or_(_older.c.last_code.is_(None), _older.c.last_code != OUT_OF_HOURS),
    _older.c.position < outbox.c.position,
)

CLAIMABLE = (
    select(outbox)
    .where(
        unfinished(outbox.c.state),
        outbox.c.not_before <= bindparam("due", type_=Moment),
        or_(
            outbox.c.lease_until.is_(None),
            outbox.c.lease_until <= bindparam("now", type_=Moment),
        ),
        or_(outbox.c.turn == TURNS[OutboundKind.CRISIS], ~_behind_an_older_one),
    )
    .order_by(outbox.c.turn, outbox.c.position)
    .limit(bindparam("limit"))
    # SQLite has one writer and leaves this out; several workers on PostgreSQL pass by.
    .with_for_update(skip_locked=True, of=outbox)
)
"""Rows due at `due` whose lease has run out by `now`, at most `limit`."""

LEASE = (
    update(outbox)
    .where(outbox.c.id == bindparam("outbox_id"))
    .values(lease_until=bindparam("until", type_=Moment), tries=outbox.c.tries + 1)
)
