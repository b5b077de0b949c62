"""Cases in lists: what stands in clear, drawn from one organisation's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channels.staff.case_desk import CaseLine, Inbox
from channels.staff.signed_in import SignedIn
from foundations.ids import StaffMemberId
from foundations.saying import Channel
from gateway.texting.opt_out import SILENT_FROM
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

    unit: UnitOfWork
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
            unit=unit,
            me=me,
            now=unit.clock(),
            names={member.id: member.name for member in members},
            overdue_after=_overdue_after(organisations.named(me.organisation)),
            places={link.slug: link.place or link.slug for link in links},
        )

    def line(self, found: FoundCase) -> CaseLine:
        """Draw one case."""
        holder, left = found.claimed_by, asked_away_from(found)
        waits = found.status is CaseStatus.WAITING
        return CaseLine(
            id=found.id,
            number=found.number,
            status=found.status,
            opened_at=found.opened_at,
            waits_from=found.waits_from,
            wanted=self._name(found.wanted),
            said_at=found.said_at,
            channel=found.channel,
            place=self.places.get(found.link, ""),
            holder=self._name(holder),
            is_mine=holder == self.me.id,
            is_overdue=waits and self.now - found.waits_from >= self.overdue_after,
            crisis_at=found.crisis_at,
            outcome=None if found.outcome is None else found.outcome.value,
            moved_by=self._name(found.moved_by),
            asked_away_from=self._name(left),
            from_me=left == self.me.id,
            cannot_be_texted=cannot_be_texted(self.unit, found),
            awaits_answer=found.answered_at is None
            or found.answered_at < found.said_at,
        )

    def _name(self, member: StaffMemberId | None) -> str | None:
        return None if member is None else self.names.get(member)

    def lines(self, found: Sequence[FoundCase]) -> tuple[CaseLine, ...]:
        """Draw several."""
        return tuple(self.line(one) for one in found)


def cannot_be_texted(unit: UnitOfWork, found: FoundCase) -> bool:
    """Say whether what is written to somebody cannot arrive: a second STOP, or theirs
    is kept by the network. One STOP ends reminders only."""
    if found.channel is not Channel.SMS:
        return False
    conversation = unit.conversations.get(found.conversation)
    if conversation.stopped >= SILENT_FROM:
        return True
    return unit.outbox.is_blocked_by_carrier(conversation.young_person)


def asked_away_from(found: FoundCase) -> StaffMemberId | None:
    """Tell after whom the young person asked for someone else, while that waits."""
    waits = found.status is CaseStatus.WAITING
    return found.moved_before_by if waits and found.moved_by is None else None


def inbox_of(unit: UnitOfWork, organisations: Organisations, me: SignedIn) -> Inbox:
    """List who waits and who is held, oldest first."""
    lines, look = CaseLines.ready(unit, organisations, me), unit.staff_cases.in_status
    waiting = look(me.organisation, CaseStatus.WAITING, MOST_LISTED)
    count = unit.staff_cases.count_waiting
    held = lines.lines(look(me.organisation, CaseStatus.CLAIMED))
    member = unit.staff.get(me.id)
    mine = tuple(line for line in held if line.is_mine)
    to_close = unit.staff_cases.to_close(me.organisation, me.id, MOST_DONE)
    return Inbox(
        waiting=lines.lines(waiting),
        more=max(count(me.organisation) - MOST_LISTED, 0),
        overdue=count(me.organisation, lines.now - lines.overdue_after),
        mine=mine,
        to_close=lines.lines(to_close),
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
