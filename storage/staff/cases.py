"""Cases as staff look for them: in one organisation, and without opening anything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)

from foundations.ids import (
    ConversationId,
    HandoverCaseId,
    MessageId,
    OrganisationId,
    StaffMemberId,
)
from foundations.saying import Channel, Speaker
from handover.cases import CaseStatus
from storage.records import OutboundState
from storage.staff.records import Outcome
from storage.tables.core import (
    Moment,
    conversations,
    escalations,
    handover_cases,
    handover_steps,
    messages,
    outbox,
)
from storage.tables.staff import case_notes, case_outcomes

_ANSWERED_AT = (
    select(func.max(messages.c.said_at))
    .where(
        messages.c.conversation == handover_cases.c.conversation,
        messages.c.speaker == Speaker.STAFF.value,
    )
    .correlate(handover_cases)
    .scalar_subquery()
)
_CRISIS_SINCE = (
    select(func.max(escalations.c.at))
    .where(
        escalations.c.conversation == handover_cases.c.conversation,
        escalations.c.at >= handover_cases.c.opened_at,
    )
    .correlate(handover_cases)
    .scalar_subquery()
)


def _who_moved(back: int) -> ScalarSelect[Any]:
    """Give whose the last move of a case was, or of the move so far back."""
    return (
        select(handover_steps.c.staff_member)
        .where(
            handover_steps.c.handover_case == handover_cases.c.id,
            handover_steps.c.number == handover_cases.c.steps - back,
        )
        .correlate(handover_cases)
        .scalar_subquery()
    )


_CASES = (
    select(
        handover_cases,
        conversations.c.channel,
        conversations.c.link,
        conversations.c.last_heard_at,
        case_outcomes.c.outcome,
        _CRISIS_SINCE.label("crisis_at"),
        _ANSWERED_AT.label("answered_at"),
        _who_moved(0).label("moved_by"),
        _who_moved(1).label("moved_before_by"),
    )
    .join(conversations, conversations.c.id == handover_cases.c.conversation)
    .outerjoin(case_outcomes, case_outcomes.c.handover_case == handover_cases.c.id)
    .where(handover_cases.c.organisation == bindparam("organisation"))
)
_ONE = _CASES.where(handover_cases.c.id == bindparam("case"))
_IN_STATUS = (
    _CASES.where(handover_cases.c.status == bindparam("status"))
    .order_by(handover_cases.c.number)
    .limit(bindparam("limit"))
)
_TO_CLOSE = (
    _CASES.where(
        handover_cases.c.claimed_by == bindparam("holder"),
        case_outcomes.c.outcome.is_(None),
        handover_cases.c.status.in_(
            [CaseStatus.HANDED_BACK.value, CaseStatus.CLOSED.value]
        ),
    )
    .order_by(handover_cases.c.number)
    .limit(bindparam("limit"))
)
_OVER = (
    CaseStatus.HANDED_BACK,
    CaseStatus.CLOSED,
    CaseStatus.WITHDRAWN,
    CaseStatus.UNANSWERED,
)
_FINISHED = (
    _CASES.where(handover_cases.c.status.in_([status.value for status in _OVER]))
    .order_by(handover_cases.c.number.desc())
    .limit(bindparam("limit"))
)
_NUMBERED = (
    (
        handover_cases.c.id,
        select(handover_cases.c.id.label("subject"), handover_cases.c.number),
    ),
    (
        case_notes.c.id,
        select(case_notes.c.id.label("subject"), handover_cases.c.number).join(
            handover_cases, handover_cases.c.id == case_notes.c.handover_case
        ),
    ),
)
"""Whatever the audit trail names a case by, with the number of the case."""
_NOT_DELIVERED = (
    select(outbox.c.state, outbox.c.last_code, messages.c.id.label("line"))
    .outerjoin(
        messages,
        and_(
            messages.c.conversation == outbox.c.conversation,
            messages.c.speaker != Speaker.YOUNG_PERSON.value,
            or_(
                outbox.c.dedup_key == "said:" + messages.c.id,
                outbox.c.dedup_key == "inline:" + messages.c.answers,
                outbox.c.dedup_key == "answer:" + messages.c.answers,
            ),
        ),
    )
    .where(
        outbox.c.conversation == bindparam("conversation"),
        or_(
            outbox.c.state == OutboundState.UNDELIVERABLE.value,
            and_(
                outbox.c.state == OutboundState.WAITING.value,
                outbox.c.last_code.is_not(None),
            ),
        ),
        outbox.c.created_at >= bindparam("since", type_=Moment),
    )
    .order_by(outbox.c.position)
)
"""What is lost, or tried again, with the lines that it said. A text that waits for its
first try has no code yet: it is on its way."""


@dataclass(frozen=True)
class FoundCase:
    """One case of an organisation, by what stands in clear: ids, times, fixed words.

    `number` is what alerts and people call it by. `waits_from` is when somebody should
    be there; `wanted` is the worker who was asked for. `said_at` is when the young
    person last wrote, `answered_at` when a worker last did; `crisis_at` when crisis
    words last went out by themselves since the case was opened. `moved_by` is the
    worker whose the last move was, None for the young person; `moved_before_by` the one
    of the move before.
    """

    id: HandoverCaseId
    number: int
    conversation: ConversationId
    status: CaseStatus
    opened_at: datetime
    waits_from: datetime
    claimed_by: StaffMemberId | None
    wanted: StaffMemberId | None
    channel: Channel
    link: str
    said_at: datetime
    crisis_at: datetime | None
    outcome: Outcome | None
    answered_at: datetime | None
    moved_by: StaffMemberId | None
    moved_before_by: StaffMemberId | None


@dataclass(frozen=True)
class NotDelivered:
    """A line that did not arrive as a text: for good, or so far; and the last code.

    There is no line where what was texted is not a message of the conversation.
    """

    line: MessageId | None
    code: str | None
    is_lost: bool


@dataclass(frozen=True)
class StaffCases:
    """Looking cases up for staff. Every look-up names the organisation it is for."""

    connection: Connection

    def in_status(
        self, organisation: OrganisationId, status: CaseStatus, limit: int = 1000
    ) -> list[FoundCase]:
        """List an organisation's cases that stand so, oldest first."""
        return self._list(_IN_STATUS, organisation, status=status.value, limit=limit)

    def count_waiting(
        self, organisation: OrganisationId, before: datetime | None = None
    ) -> int:
        """Count who waits in an organisation; `before`: since before that moment."""
        since = func.coalesce(handover_cases.c.waits_from, handover_cases.c.opened_at)
        wanted = select(func.count()).where(
            handover_cases.c.organisation == organisation,
            handover_cases.c.status == CaseStatus.WAITING.value,
        )
        if before is not None:
            wanted = wanted.where(since <= literal(before, Moment))
        return int(self.connection.execute(wanted).scalar_one())

    def finished(self, organisation: OrganisationId, limit: int) -> list[FoundCase]:
        """List an organisation's cases that nobody holds any more, newest first."""
        return self._list(_FINISHED, organisation, limit=limit)

    def to_close(
        self, organisation: OrganisationId, holder: StaffMemberId, limit: int
    ) -> list[FoundCase]:
        """List whose talk is over, and for which the holder said no outcome yet."""
        return self._list(_TO_CLOSE, organisation, holder=holder, limit=limit)

    def find(
        self, organisation: OrganisationId, case: HandoverCaseId
    ) -> FoundCase | None:
        """Find one case of an organisation; another one's is not found."""
        found = self._list(_ONE, organisation, case=case)
        return found[0] if found else None

    def numbers(
        self, organisation: OrganisationId, subjects: Collection[str]
    ) -> dict[str, int]:
        """Give the numbers of an organisation's cases, by id or a note's."""
        found = [
            row
            for which, wanted in _NUMBERED
            for row in self.connection.execute(
                wanted.where(
                    handover_cases.c.organisation == organisation, which.in_(subjects)
                )
            )
        ]
        return {row.subject: row.number for row in found}

    def numbered(self, organisation: OrganisationId, number: int) -> list[str]:
        """Give the ids of the case of this number and of its notes."""
        return [
            row.subject
            for _, wanted in _NUMBERED
            for row in self.connection.execute(
                wanted.where(
                    handover_cases.c.organisation == organisation,
                    handover_cases.c.number == number,
                )
            )
        ]

    def held_by(self, organisation: OrganisationId) -> dict[StaffMemberId, int]:
        """Count the cases that each worker holds."""
        found = self.connection.execute(
            select(handover_cases.c.claimed_by, func.count())
            .where(
                handover_cases.c.organisation == organisation,
                handover_cases.c.status == CaseStatus.CLAIMED.value,
            )
            .group_by(handover_cases.c.claimed_by)
        )
        return {StaffMemberId(who): count for who, count in found}

    def not_delivered(
        self, conversation: ConversationId, since: datetime
    ) -> list[NotDelivered]:
        """List the texts of a conversation that did not arrive so far, oldest first."""
        wanted = {"conversation": conversation, "since": since}
        found = self.connection.execute(_NOT_DELIVERED, wanted)
        return [
            NotDelivered(
                line=row.line,
                code=row.last_code,
                is_lost=row.state == OutboundState.UNDELIVERABLE.value,
            )
            for row in found
        ]

    def _list(
        self, wanted: Select[Any], organisation: OrganisationId, **more: object
    ) -> list[FoundCase]:
        values = {"organisation": organisation, **more}
        return [_found(row) for row in self.connection.execute(wanted, values)]


def _found(row: Row[Any]) -> FoundCase:
    return FoundCase(
        id=row.id,
        conversation=row.conversation,
        status=CaseStatus(row.status),
        number=row.number,
        opened_at=row.opened_at,
        waits_from=row.waits_from or row.opened_at,
        claimed_by=row.claimed_by,
        wanted=row.wanted,
        channel=Channel(row.channel),
        link=row.link,
        said_at=row.last_heard_at,
        crisis_at=row.crisis_at,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        answered_at=row.answered_at,
        moved_by=row.moved_by,
        moved_before_by=row.moved_before_by,
    )
