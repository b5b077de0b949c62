"""A handover case: where it stands, and which moves are allowed."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from foundations.ids import (
    ConsentId,
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
    UNANSWERED = "unanswered"


NEXT: dict[CaseStatus, frozenset[CaseStatus]] = {
    CaseStatus.WAITING: frozenset(
        {CaseStatus.CLAIMED, CaseStatus.WITHDRAWN, CaseStatus.UNANSWERED}
    ),
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
    CaseStatus.UNANSWERED: frozenset(),
}

NOT_SHOWN = frozenset({CaseStatus.WITHDRAWN, CaseStatus.UNANSWERED})
"""Where nothing that was shared is shown any more: only that there was a case."""


@dataclass(frozen=True)
class HandoverCase:
    """One case as staff see it; `shared` is None where nothing may be seen any more.

    `waits_from` is when somebody should be there: when it was opened, or when cover
    starts. `wanted` is the worker who was asked for, by the young person or a
    colleague. `next_consent` is the yes to asking the next organisation.
    `number` is what alerts and people call the case by.
    """

    id: HandoverCaseId
    conversation: ConversationId
    organisation: OrganisationId
    status: CaseStatus
    opened_at: datetime
    waits_from: datetime
    claimed_by: StaffMemberId | None
    shared: str | None
    wanted: StaffMemberId | None = None
    next_consent: ConsentId | None = None
    number: int = 0
