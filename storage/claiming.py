"""Which outbox rows may be taken now, and in what order."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    and_,
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


def holds_others_up(rows: FromClause) -> ColumnElement[bool]:
    """Word which texts the next ones wait for, and a watcher worries about.

    Not those that wait for a time of their own: a person's own hours, or a phone that
    was off when they came (Twilio's codes 3xxxx are about what has left already).
    """
    code = rows.c.last_code
    return or_(code.is_(None), and_(code != OUT_OF_HOURS, code.not_like("3%")))


_older = outbox.alias("older")
_behind_an_older_one = exists().where(
    _older.c.conversation == outbox.c.conversation,
    unfinished(_older.c.state),
    _older.c.state == WAITING,
    holds_others_up(_older),
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

_IS_ALERT = outbox.c.turn == TURNS[OutboundKind.STAFF_ALERT]
CLAIMABLE_ALERTS = CLAIMABLE.where(_IS_ALERT)
CLAIMABLE_TEXTS = CLAIMABLE.where(~_IS_ALERT)
"""Alerts to staff, and everything else, each for a worker of its own."""

LEASE = (
    update(outbox)
    .where(outbox.c.id == bindparam("outbox_id"))
    .values(lease_until=bindparam("until", type_=Moment), tries=outbox.c.tries + 1)
)
