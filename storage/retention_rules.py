"""Which rows are old, table by table: conditions that are given a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, exists, func, or_, select

from storage.records import Owner
from storage.tables.core import (
    conversations,
    delivery_reports,
    escalations,
    forgotten_inbound,
    inbox,
    messages,
    outbox,
    people,
    plan_shares,
)
from storage.tables.due import due_work
from storage.tables.handover import staff_alerts
from storage.tables.joining import join_codes, join_tries
from storage.tables.keeping import legal_holds
from storage.tables.pages import plan_links, plan_visits
from storage.tables.staff import (
    data_agreements,
    staff_invitations,
    staff_sessions,
    staff_shifts,
    staff_sign_ins,
    staff_used_challenges,
    staff_wrong_tries,
)


class Kind(str, Enum):
    """A kind of record with a period of its own."""

    SIGNING_IN = "signing_in"
    SENT_TEXTS = "sent_texts"
    CHAT_LINES = "chat_lines"
    DONE_WORK = "done_work"
    ENDED_SHARES = "ended_shares"
    STAFF_RECORDS = "staff_records"
    CRISIS_RECORDS = "crisis_records"
    FORGOTTEN_MESSAGES = "forgotten_messages"
    QUIET_PEOPLE = "quiet_people"
    AGREEMENTS = "agreements"
    AUDIT_TRAIL = "audit_trail"


@dataclass(frozen=True)
class Rule:
    """Rows of one table that may go, told by a condition that is given the day.

    `copies` is a column of the carrier's ids: what goes here goes there as well.
    """

    kind: Kind
    table: Table
    is_old: Callable[[datetime], ColumnElement[bool]]
    copies: ColumnElement[Any] | None = None


def _before(column: ColumnElement[Any]) -> Callable[[datetime], ColumnElement[bool]]:
    return lambda day: column < day


def _chat_line(
    conversation: ColumnElement[Any], said_at: ColumnElement[Any]
) -> Callable[[datetime], ColumnElement[bool]]:
    """Lines of a talk that a worker holds, or that is on hold, stay."""
    free = select(conversations.c.id).where(
        conversations.c.owner == Owner.BOT.value,
        ~_on_hold(conversations.c.young_person),
    )
    return lambda day: (said_at < day) & conversation.in_(free)


def _on_hold(person: ColumnElement[Any]) -> ColumnElement[bool]:
    return exists().where(legal_holds.c.young_person == person)


RULES: Final = (
    Rule(Kind.SIGNING_IN, staff_sign_ins, _before(staff_sign_ins.c.expires_at)),
    Rule(Kind.SIGNING_IN, staff_sessions, _before(staff_sessions.c.last_used_at)),
    Rule(Kind.SIGNING_IN, staff_wrong_tries, _before(staff_wrong_tries.c.at)),
    Rule(
        Kind.SIGNING_IN,
        staff_used_challenges,
        _before(staff_used_challenges.c.expires_at),
    ),
    Rule(Kind.SIGNING_IN, join_codes, _before(join_codes.c.expires_at)),
    Rule(Kind.SIGNING_IN, join_tries, _before(join_tries.c.since)),
    Rule(Kind.SIGNING_IN, plan_links, _before(plan_links.c.expires_at)),
    Rule(Kind.SIGNING_IN, plan_visits, _before(plan_visits.c.expires_at)),
    Rule(Kind.SENT_TEXTS, delivery_reports, _before(delivery_reports.c.reported_at)),
    Rule(
        Kind.SENT_TEXTS,
        outbox,
        lambda day: (
            (outbox.c.created_at < day)
            & outbox.c.state.not_in(("waiting", "inline"))
            & ~exists().where(delivery_reports.c.outbox == outbox.c.id)
        ),
        copies=outbox.c.provider_message_id,
    ),
    Rule(
        Kind.CHAT_LINES,
        messages,
        _chat_line(messages.c.conversation, messages.c.said_at),
    ),
    Rule(
        Kind.CHAT_LINES,
        inbox,
        lambda day: (
            _chat_line(inbox.c.conversation, inbox.c.received_at)(day)
            & inbox.c.answered_at.is_not(None)
        ),
        copies=inbox.c.provider_message_id,
    ),
    Rule(Kind.DONE_WORK, due_work, _before(due_work.c.done_at)),
    Rule(
        Kind.ENDED_SHARES,
        plan_shares,
        lambda day: or_(
            plan_shares.c.expires_at < day, plan_shares.c.taken_back_at < day
        ),
    ),
    Rule(
        Kind.STAFF_RECORDS,
        staff_invitations,
        _before(staff_invitations.c.expires_at),
    ),
    Rule(Kind.STAFF_RECORDS, staff_shifts, _before(staff_shifts.c.ended_at)),
    Rule(Kind.STAFF_RECORDS, staff_alerts, _before(staff_alerts.c.raised_at)),
    Rule(Kind.CRISIS_RECORDS, escalations, _before(escalations.c.at)),
    Rule(
        Kind.AGREEMENTS,
        data_agreements,
        lambda day: data_agreements.c.expires_on < day.date(),
    ),
    Rule(
        Kind.FORGOTTEN_MESSAGES,
        forgotten_inbound,
        _before(forgotten_inbound.c.forgotten_at),
    ),
)


def quiet_people(day: datetime) -> Select[Any]:
    """Find people who neither wrote nor looked since a day, and whom nobody helps."""
    heard_at = func.coalesce(conversations.c.last_heard_at, people.c.created_at)
    with_bot = or_(
        conversations.c.owner.is_(None), conversations.c.owner == Owner.BOT.value
    )
    return (
        select(people.c.id)
        .outerjoin(conversations, conversations.c.young_person == people.c.id)
        .where(
            heard_at < day,
            or_(people.c.looked_at.is_(None), people.c.looked_at < day),
            with_bot,
            ~_on_hold(people.c.id),
        )
    )
