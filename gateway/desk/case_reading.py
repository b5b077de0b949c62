"""Reading a case: as much as consent covers, to whoever it was given to, no more.

While it is claimed its holder reads what was shared, and what was said while a worker
held it: not what the bot was told while it waited. Once it is handed back they read on
to that moment, to write it up. Once it is closed, only the notes are left; once consent
is withdrawn, nothing is.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from channels.staff.case_desk import (
    CasePage,
    Colleague,
    Elsewhere,
    NoteLine,
    ThreadLine,
)
from channels.staff.may import May
from channels.staff.signed_in import NotYours, SignedIn
from foundations.ids import (
    ConversationId,
    HandoverCaseId,
    MessageId,
    StaffMemberId,
)
from foundations.saying import Speaker
from gateway.desk.case_lines import CaseLines
from gateway.desk.noting import Did, note
from gateway.desk.roles import MAY
from handover import Organisations
from handover.cases import CaseStatus
from storage import UnitOfWork
from storage.records import StoredMessage
from storage.staff.cases import FoundCase, Undelivered

MOST_LINES: Final = 300
READ_BY_HOLDER: Final = frozenset({CaseStatus.CLAIMED, CaseStatus.HANDED_BACK})
NewLines = tuple[ConversationId, Sequence[ThreadLine] | None]
"""A conversation and what is new in it; None where it is not mine to read any more."""
NOTES_READ: Final = READ_BY_HOLDER | {CaseStatus.CLOSED}


def of_my_organisation(
    unit: UnitOfWork, me: SignedIn, case: HandoverCaseId
) -> FoundCase:
    """Find a case of my organisation. Raises NotYours."""
    found = unit.staff_cases.find(me.organisation, case)
    if found is None:
        raise NotYours
    return found


def held_by_me(unit: UnitOfWork, me: SignedIn, case: HandoverCaseId) -> FoundCase:
    """Find a case that I hold now. Raises NotYours."""
    found = of_my_organisation(unit, me, case)
    if found.claimed_by != me.id or found.status is not CaseStatus.CLAIMED:
        raise NotYours
    return found


def readable(unit: UnitOfWork, me: SignedIn, case: HandoverCaseId) -> FoundCase:
    """Find a case whose page I may open; what is on it is another matter.

    Raises NotYours for one that a colleague holds.
    """
    found = of_my_organisation(unit, me, case)
    match found.status:
        case CaseStatus.CLAIMED if found.claimed_by != me.id:
            raise NotYours
        case (
            CaseStatus.WAITING
            | CaseStatus.CLAIMED
            | CaseStatus.HANDED_BACK
            | CaseStatus.CLOSED
            | CaseStatus.WITHDRAWN
            | CaseStatus.UNANSWERED
        ):
            return found


def case_page(
    unit: UnitOfWork, organisations: Organisations, me: SignedIn, case: HandoverCaseId
) -> CasePage:
    """Read a case, and write down that it was read."""
    found = readable(unit, me, case)
    note(unit, me, Did.CASE_READ, case)
    lost = unit.staff_cases.undelivered(found.conversation, found.opened_at)
    reads = found.claimed_by == me.id and found.status in READ_BY_HOLDER
    is_held = reads and found.status is CaseStatus.CLAIMED
    lines = CaseLines.ready(unit, organisations, me)
    return CasePage(
        line=lines.line(found),
        shared=unit.handovers.get(case).shared if reads else None,
        thread=_thread(unit, lines, found, lost) if reads else (),
        notes=_notes(unit, lines, found),
        decides_notes=found.claimed_by == me.id or May.LEAD_TEAM in me.may,
        colleagues=colleagues_of(unit, me) if is_held else (),
        elsewhere=elsewhere_of(unit, organisations, me) if is_held else (),
        has_undelivered=bool(lost),
        last_code=lost[-1].code if lost else None,
    )


def _thread(
    unit: UnitOfWork,
    lines: CaseLines,
    found: FoundCase,
    lost: Sequence[Undelivered],
) -> tuple[ThreadLine, ...]:
    said = [
        (message, lines.names.get(holder, ""))
        for since, until, holder in _held_by_staff(unit, found)
        for message in unit.messages.between(
            found.conversation, since, until, MOST_LINES
        )
    ][-MOST_LINES:]
    lost_keys = {one.dedup_key for one in lost}
    return tuple(_thread_line(message, by, lost_keys) for message, by in said)


def lines_after(
    unit: UnitOfWork, me: SignedIn, case: HandoverCaseId, seen: str
) -> NewLines:
    """Give where it is said, and what was said after a line, to who holds the case.

    No line gives all that was said since the claim. Raises NotYours.
    """
    found = readable(unit, me, case)
    if found.claimed_by != me.id or found.status is not CaseStatus.CLAIMED:
        return found.conversation, None
    *_, (since, now, _) = _held_by_staff(unit, found)
    if seen:
        said = unit.messages.after(found.conversation, MessageId(seen), MOST_LINES)
    else:
        said = unit.messages.between(found.conversation, since, now, MOST_LINES)
    new = [message for message in said if message.said_at >= since]
    if not new:
        return found.conversation, ()
    lost = unit.staff_cases.undelivered(found.conversation, found.opened_at)
    lost_keys = {one.dedup_key for one in lost}
    lines = tuple(_thread_line(one, me.name, lost_keys) for one in new)
    return found.conversation, lines


def _held_by_staff(
    unit: UnitOfWork, found: FoundCase
) -> Iterator[tuple[datetime, datetime, StaffMemberId]]:
    """Give from when until when which workers held this case, oldest first.

    What is said before, between and after them is the bot's and the young person's.
    """
    steps = unit.handovers.steps(found.id)
    ends = [step.at for step in steps[1:]] + [unit.clock()]
    for step, until in zip(steps, ends, strict=True):
        if step.status is CaseStatus.CLAIMED and step.staff_member is not None:
            yield step.at, until, step.staff_member


def _thread_line(message: StoredMessage, by: str, lost_keys: set[str]) -> ThreadLine:
    return ThreadLine(
        id=message.id,
        speaker=message.speaker,
        by=by if message.speaker is Speaker.STAFF else "",
        text=message.text,
        said_at=message.said_at,
        is_crisis=message.key.startswith("escalation."),
        is_undelivered=f"said:{message.id}" in lost_keys,
    )


def _notes(
    unit: UnitOfWork, lines: CaseLines, found: FoundCase
) -> tuple[NoteLine, ...]:
    if found.status not in NOTES_READ:
        return ()
    return tuple(
        NoteLine(
            id=one.id,
            by=lines.names.get(one.staff_member, ""),
            text=one.text,
            written_at=one.written_at,
            held_back=one.held_back and one.held_back.value,
        )
        for one in unit.notes.of_case(found.id)
    )


def colleagues_of(unit: UnitOfWork, me: SignedIn) -> tuple[Colleague, ...]:
    """List who else of my organisation may hold a case, and how many they hold."""
    held = unit.staff_cases.held_by(me.organisation)
    covering = set(unit.shifts.covering(me.organisation))
    return tuple(
        Colleague(
            id=one.id,
            name=one.name,
            holds=held.get(one.id, 0),
            most_cases=one.most_cases,
            on_shift=one.id in covering,
        )
        for one in unit.staff.of_organisation(me.organisation)
        if one.id != me.id and one.is_active and May.HOLD_CASES in MAY[one.role]
    )


def elsewhere_of(
    unit: UnitOfWork, organisations: Organisations, me: SignedIn
) -> tuple[Elsewhere, ...]:
    """List the other organisations that this may be shared with, by agreement."""
    return tuple(
        Elsewhere(other.id, other.name)
        for other in organisations.by_id.values()
        if other.id != me.organisation and unit.agreements.in_force(other.id)
    )
