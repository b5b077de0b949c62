"""A handover case: where it stands, and which moves are allowed."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from foundations.ids import (
    ConversationId,
    HandoverCaseId,
    OrganisationId,
    StaffMemberId,
)


class CaseStatus(str, Enum):
    """Where a case stands. Each move is a new row with who and when."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


NEXT: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.WAITING: frozenset({CaseStatus.CLAIMED, CaseStatus.WITHDRAWN}),
    CaseStatus.CLAIMED: frozenset(
        {
            CaseStatus.WAITING,
            CaseStatus.HANDED_BACK,
            CaseStatus.CLOSED,
            CaseStatus.WITHDRAWN,
        }
    ),
    CaseStatus.HANDED_BACK: frozenset({CaseStatus.CLOSED, CaseStatus.WITHDRAWN}),
    CaseStatus.CLOSED: frozenset(),
    CaseStatus.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True)
class HandoverCase:
    """One case as staff see it; `shared` is None once consent is withdrawn."""

    id: HandoverCaseId
    conversation: ConversationId
    organisation: OrganisationId
    status: CaseStatus
    opened_at: datetime
    claimed_by: StaffMemberId | None
    shared: str | None


def may_move(now: CaseStatus, then: CaseStatus) -> bool:
    """Say whether a case may go from one status to another."""
    return then in NEXT[now]
