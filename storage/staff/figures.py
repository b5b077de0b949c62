"""When cases were asked for, claimed and first answered: times and fixed words only.

This gives rows to count, inside the house; only bands of counts leave it, see
`channels/staff/counted.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from foundations.ids import OrganisationId
from foundations.saying import Speaker
from handover.cases import CaseStatus
from storage.staff.records import Outcome
from storage.tables.core import conversations, handover_cases, handover_steps, messages
from storage.tables.staff import case_outcomes


@dataclass(frozen=True)
class CaseTimes:
    """One case, as it is counted; None for what has not happened."""

    opened_at: datetime
    claimed_at: datetime | None
    answered_at: datetime | None
    link: str
    status: CaseStatus
    outcome: Outcome | None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class StaffFigures:
    """The cases of one organisation, for counting."""

    connection: Connection

    def since(self, organisation: OrganisationId, since: datetime) -> list[CaseTimes]:
        """List the cases that were opened since then, oldest first."""
        found = self.connection.execute(
            select(
                handover_cases.c.opened_at,
                handover_cases.c.status,
                conversations.c.link,
                case_outcomes.c.outcome,
                case_outcomes.c.at.label("closed_at"),
                _first_claim().label("claimed_at"),
                _first_answer().label("answered_at"),
            )
            .join(conversations, conversations.c.id == handover_cases.c.conversation)
            .outerjoin(
                case_outcomes, case_outcomes.c.handover_case == handover_cases.c.id
            )
            .where(
                handover_cases.c.organisation == organisation,
                handover_cases.c.opened_at >= since,
            )
            .order_by(handover_cases.c.number)
        )
        return [
            CaseTimes(
                opened_at=row.opened_at,
                claimed_at=row.claimed_at,
                answered_at=row.answered_at,
                link=row.link,
                status=CaseStatus(row.status),
                outcome=None if row.outcome is None else Outcome(row.outcome),
                closed_at=row.closed_at,
            )
            for row in found
        ]


def _first_claim() -> ColumnElement[datetime]:
    return (
        select(func.min(handover_steps.c.at))
        .where(
            handover_steps.c.handover_case == handover_cases.c.id,
            handover_steps.c.status == CaseStatus.CLAIMED.value,
        )
        .correlate(handover_cases)
        .scalar_subquery()
    )


def _first_answer() -> ColumnElement[datetime]:
    return (
        select(func.min(messages.c.said_at))
        .where(
            messages.c.conversation == handover_cases.c.conversation,
            messages.c.speaker == Speaker.STAFF.value,
            messages.c.said_at >= handover_cases.c.opened_at,
        )
        .correlate(handover_cases)
        .scalar_subquery()
    )
