"""Reading a case: as much as consent covers, to whoever it was given to, no more.

While it is claimed its holder reads what was shared, and what was said while a worker
held it: not what the bot was told while it waited. Once it is handed back they read on
to that moment, to write it up. Once it is closed, only the notes are left; once consent
is withdrawn, nothing is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from channels.staff.case_desk import (
    CasePage,
    Colleague,
    Elsewhere,
    NoteLine,
    ThreadLine,
    ThreadNews,
    Undelivered,
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
from gateway.desk.case_lines import CaseLines, cannot_be_texted
from gateway.desk.noting import Did, note
from gateway.desk.roles import MAY
from handover import Organisations
from handover.cases import CaseStatus
from storage import UnitOfWork
from storage.claiming import OUT_OF_HOURS
from storage.records import StoredMessage
from storage.staff.cases import FoundCase, NotDelivered

MOST_LINES: Final = 300
DELIVERY_DIGITS: Final = 16
READ_BY_HOLDER: Final = frozenset({CaseStatus.CLAIMED, CaseStatus.HANDED_BACK})
NewsThere = tuple[ConversationId, ThreadNews | None]
"""A conversation and what is new in it; None where it is not mine to read any more."""
Undelivery = Mapping[MessageId | None, Undelivered]
"""What keeps which lines of a case from having arrived."""
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
    texts = unit.staff_cases.not_delivered(found.conversation, found.opened_at)
    reads = found.claimed_by == me.id and found.status in READ_BY_HOLDER
    is_held = reads and found.status is CaseStatus.CLAIMED
    lines = CaseLines.ready(unit, organisations, me)
    undelivered, line = _undelivered(texts), lines.line(found)
    return CasePage(
        line=line,
        shared=unit.handovers.get(case).shared if reads else None,
        thread=_thread(unit, lines, found, undelivered) if reads else (),
        notes=_notes(unit, lines, found),
        decides_notes=found.claimed_by == me.id or May.LEAD_TEAM in me.may,
        colleagues=colleagues_of(unit, me) if is_held else (),
        elsewhere=elsewhere_of(unit, organisations, me) if is_held else (),
        undelivered=frozenset(undelivered.values()),
        last_code=next((one.code for one in reversed(texts) if one.is_lost), None),
        delivery=_delivery(undelivered, can_be_texted=not line.cannot_be_texted),
    )


def _thread(
    unit: UnitOfWork,
    lines: CaseLines,
    found: FoundCase,
    undelivered: Undelivery,
) -> tuple[ThreadLine, ...]:
    said = [
        (message, lines.names.get(holder, ""))
        for since, until, holder in _held_by_staff(unit, found)
        for message in unit.messages.between(
            found.conversation, since, until, MOST_LINES
        )
    ][-MOST_LINES:]
    return tuple(_thread_line(message, by, undelivered) for message, by in said)


def news_after(
    unit: UnitOfWork, me: SignedIn, case: HandoverCaseId, seen: str
) -> NewsThere:
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
    undelivered = _undelivered(
        unit.staff_cases.not_delivered(found.conversation, found.opened_at)
    )
    lines = tuple(
        _thread_line(one, me.name, undelivered) for one in said if one.said_at >= since
    )
    reached = not cannot_be_texted(unit, found)
    delivery = _delivery(undelivered, can_be_texted=reached)
    return found.conversation, ThreadNews(lines, delivery)


def _undelivered(texts: Sequence[NotDelivered]) -> Undelivery:
    return {one.line: _why(one) for one in texts}


def _why(text: NotDelivered) -> Undelivered:
    if text.is_lost:
        return Undelivered.LOST
    if text.code == OUT_OF_HOURS:
        return Undelivered.OUT_OF_HOURS
    return Undelivered.TRIED_AGAIN


def _delivery(undelivered: Undelivery, *, can_be_texted: bool) -> str:
    """Give a short word that is another as soon as one of these is."""
    shown = [f"{line} {why.value}" for line, why in undelivered.items()]
    return sha256(f"{can_be_texted} {shown}".encode()).hexdigest()[:DELIVERY_DIGITS]


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


def _thread_line(
    message: StoredMessage, by: str, undelivered: Undelivery
) -> ThreadLine:
    return ThreadLine(
        id=message.id,
        speaker=message.speaker,
        by=by if message.speaker is Speaker.STAFF else "",
        text=message.text,
        said_at=message.said_at,
        is_crisis=message.key.startswith("escalation."),
        undelivered=undelivered.get(message.id),
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
