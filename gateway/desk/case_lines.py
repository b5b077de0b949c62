"""Cases in lists: what stands in clear, drawn from one organisation's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channels.staff.case_desk import CaseLine, Inbox
from channels.staff.signed_in import SignedIn
from foundations.ids import StaffMemberId
from handover import Organisation, Organisations
from handover.cases import CaseStatus
from handover.timers import AlertStep
from storage import UnitOfWork
from storage.staff.cases import FoundCase

MOST_LISTED: Final = 100
MOST_DONE: Final = 50


@dataclass(frozen=True)
class CaseLines:
    """Turns rows into lines, with the names of colleagues and places."""

    me: SignedIn
    now: datetime
    names: Mapping[StaffMemberId, str]
    places: Mapping[str, str]
    overdue_after: timedelta

    @classmethod
    def ready(
        cls, unit: UnitOfWork, organisations: Organisations, me: SignedIn
    ) -> "CaseLines":
        """Look up the names of my organisation once, for a whole list."""
        members = unit.staff.of_organisation(me.organisation)
        links = unit.chat_links.of_organisation(me.organisation)
        return cls(
            me=me,
            now=unit.clock(),
            names={member.id: member.name for member in members},
            overdue_after=_overdue_after(organisations.named(me.organisation)),
            places={link.slug: link.place or link.slug for link in links},
        )

    def line(self, found: FoundCase) -> CaseLine:
        """Draw one case."""
        holder = found.claimed_by
        waits = found.status is CaseStatus.WAITING
        return CaseLine(
            id=found.id,
            number=found.number,
            status=found.status,
            opened_at=found.opened_at,
            waits_from=found.waits_from,
            wanted=None if found.wanted is None else self.names.get(found.wanted),
            said_at=found.said_at,
            channel=found.channel,
            place=self.places.get(found.link, ""),
            holder=None if holder is None else self.names.get(holder),
            is_mine=holder == self.me.id,
            is_overdue=waits and self.now - found.waits_from >= self.overdue_after,
            crisis_at=found.crisis_at,
            outcome=None if found.outcome is None else found.outcome.value,
        )

    def lines(self, found: Sequence[FoundCase]) -> tuple[CaseLine, ...]:
        """Draw several."""
        return tuple(self.line(one) for one in found)


def inbox_of(unit: UnitOfWork, organisations: Organisations, me: SignedIn) -> Inbox:
    """List who waits and who is held, oldest first."""
    lines, look = CaseLines.ready(unit, organisations, me), unit.staff_cases.in_status
    waiting = look(me.organisation, CaseStatus.WAITING, MOST_LISTED)
    count = unit.staff_cases.count_waiting
    held = lines.lines(look(me.organisation, CaseStatus.CLAIMED))
    member = unit.staff.get(me.id)
    mine = tuple(line for line in held if line.is_mine)
    return Inbox(
        waiting=lines.lines(waiting),
        more=max(count(me.organisation) - MOST_LISTED, 0),
        overdue=count(me.organisation, lines.now - lines.overdue_after),
        mine=mine,
        team=tuple(line for line in held if not line.is_mine),
        holds=len(mine),
        most_cases=0 if member is None else member.most_cases,
    )


def done_of(
    unit: UnitOfWork, organisations: Organisations, me: SignedIn
) -> tuple[CaseLine, ...]:
    """List the cases that nobody holds any more, newest first."""
    lines = CaseLines.ready(unit, organisations, me)
    return lines.lines(unit.staff_cases.finished(me.organisation, MOST_DONE))


def _overdue_after(organisation: Organisation) -> timedelta:
    """A case is overdue when its wait has reached the lead."""
    return timedelta(minutes=organisation.timers.alert[AlertStep.LEAD])
