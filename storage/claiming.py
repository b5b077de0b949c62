"""Which outbox rows may be taken now, and in what order."""

from datetime import timedelta
from typing import Any, Final

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
from storage.set_back import lease_is_over
from storage.tables.core import Moment, outbox

WAITING: ColumnElement[str] = literal_column("'waiting'")
INLINE: ColumnElement[str] = literal_column("'inline'")

PUT_OFF_AT_MOST: Final = timedelta(hours=2)
"""Longer than any pause before another try, but for what waits for its own time."""

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

# Nothing that is waited for lies so far ahead: a clock has told it that was set back
# since. What was put off, and not by such a clock, keeps to its pause.
_waits_for_another_clock = and_(
    outbox.c.not_before > bindparam("far_ahead", type_=Moment),
    holds_others_up(outbox),
    or_(
        outbox.c.last_code.is_(None),
        outbox.c.created_at > bindparam("far_ahead", type_=Moment),
        outbox.c.not_before > bindparam("too_far", type_=Moment),
    ),
)

CLAIMABLE = (
    select(outbox)
    .where(
        unfinished(outbox.c.state),
        or_(
            outbox.c.not_before <= bindparam("due", type_=Moment),
            _waits_for_another_clock,
        ),
        lease_is_over(outbox.c.lease_until),
        or_(outbox.c.turn == TURNS[OutboundKind.CRISIS], ~_behind_an_older_one),
    )
    .order_by(outbox.c.turn, outbox.c.position)
    .limit(bindparam("limit"))
    # SQLite has one writer and leaves this out; several workers on PostgreSQL pass by.
    .with_for_update(skip_locked=True, of=outbox)
)
"""Rows due at `due` that nobody holds by `lease_times`, at most `limit`.

`far_ahead` and `too_far` are FAR_AHEAD and PUT_OFF_AT_MOST from `due`.
"""

_IS_ALERT = outbox.c.turn == TURNS[OutboundKind.STAFF_ALERT]
CLAIMABLE_ALERTS = CLAIMABLE.where(_IS_ALERT)
CLAIMABLE_TEXTS = CLAIMABLE.where(~_IS_ALERT)
"""Alerts to staff, and everything else, each for a worker of its own."""

LEASE = (
    update(outbox)
    .where(outbox.c.id == bindparam("outbox_id"))
    .values(lease_until=bindparam("until", type_=Moment), tries=outbox.c.tries + 1)
)
