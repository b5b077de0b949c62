"""Cases in lists: what stands in clear, drawn from one organisation's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channels.staff.case_desk import CaseLine, Inbox
from channels.staff.signed_in import SignedIn
from foundations.ids import StaffMemberId
from handover.cases import CaseStatus
from storage import UnitOfWork
from storage.staff_cases import FoundCase

MOST_LISTED: Final = 100
MOST_DONE: Final = 50
OVERDUE_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class CaseLines:
    """Turns rows into lines, with the names of colleagues and places."""

    me: SignedIn
    now: datetime
    names: Mapping[StaffMemberId, str]
    places: Mapping[str, str]

    @classmethod
    def ready(cls, unit: UnitOfWork, me: SignedIn) -> "CaseLines":
        """Look up the names of my organisation once, for a whole list."""
        members = unit.staff.of_organisation(me.organisation)
        links = unit.chat_links.of_organisation(me.organisation)
        return cls(
            me=me,
            now=unit.clock(),
            names={member.id: member.name for member in members},
            places={link.slug: link.place or link.slug for link in links},
        )

    def line(self, found: FoundCase) -> CaseLine:
        """Draw one case."""
        holder = found.claimed_by
        waits = found.status is CaseStatus.WAITING
        return CaseLine(
            id=found.id,
            status=found.status,
            opened_at=found.opened_at,
            said_at=found.said_at,
            channel=found.channel,
            place=self.places.get(found.link, found.link),
            holder=None if holder is None else self.names.get(holder),
            is_mine=holder == self.me.id,
            is_overdue=waits and self.now - found.opened_at >= OVERDUE_AFTER,
            crisis_at=found.crisis_at,
            outcome=None if found.outcome is None else found.outcome.value,
        )

    def lines(self, found: Sequence[FoundCase]) -> tuple[CaseLine, ...]:
        """Draw several."""
        return tuple(self.line(one) for one in found)


def inbox_of(unit: UnitOfWork, me: SignedIn) -> Inbox:
    """List who waits and who is held, oldest first."""
    lines, look = CaseLines.ready(unit, me), unit.staff_cases.in_status
    waiting = look(me.organisation, CaseStatus.WAITING)
    held = lines.lines(look(me.organisation, CaseStatus.CLAIMED))
    member = unit.staff.get(me.id)
    mine = tuple(line for line in held if line.is_mine)
    return Inbox(
        waiting=lines.lines(waiting[:MOST_LISTED]),
        more=max(len(waiting) - MOST_LISTED, 0),
        mine=mine,
        team=tuple(line for line in held if not line.is_mine),
        holds=len(mine),
        most_cases=0 if member is None else member.most_cases,
    )


def done_of(unit: UnitOfWork, me: SignedIn) -> tuple[CaseLine, ...]:
    """List the cases that nobody holds any more, newest first."""
    lines = CaseLines.ready(unit, me)
    return lines.lines(unit.staff_cases.finished(me.organisation, MOST_DONE))
