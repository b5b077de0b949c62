"""Reading a case: as much as consent covers, to whoever it was given to, no more.

While it is claimed its holder reads what was shared and the thread since. Once it is
handed back they read on to that moment, to write it up. Once it is closed, only the
notes are left; once consent is withdrawn, nothing is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from channels.staff.case_desk import (
    CasePage,
    NoteLine,
    ThreadLine,
)
from channels.staff.signed_in import NotYours, SignedIn
from foundations.ids import HandoverCaseId
from foundations.saying import Channel
from gateway.desk.case_lines import CaseLines
from gateway.desk.noting import Did, note
from handover.cases import CaseStatus
from storage import UnitOfWork
from storage.records import StoredMessage
from storage.staff_cases import OPTED_OUT, FoundCase, Undelivered

MOST_LINES: Final = 300
READ_BY_HOLDER: Final = frozenset({CaseStatus.CLAIMED, CaseStatus.HANDED_BACK})
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
    """Find a case whose page I may open: mine, done, or a tombstone. Else NotYours."""
    found = of_my_organisation(unit, me, case)
    match found.status:
        case CaseStatus.WAITING:
            raise NotYours
        case CaseStatus.CLAIMED if found.claimed_by != me.id:
            raise NotYours
        case (
            CaseStatus.CLAIMED
            | CaseStatus.HANDED_BACK
            | CaseStatus.CLOSED
            | CaseStatus.WITHDRAWN
            | CaseStatus.UNANSWERED
        ):
            return found


def case_page(unit: UnitOfWork, me: SignedIn, case: HandoverCaseId) -> CasePage:
    """Read a case, and write down that it was read."""
    found = readable(unit, me, case)
    note(unit, me, Did.CASE_READ, case)
    lost = unit.staff_cases.undelivered(found.conversation, found.opened_at)
    reads = found.claimed_by == me.id and found.status in READ_BY_HOLDER
    lines = CaseLines.ready(unit, me)
    return CasePage(
        line=lines.line(found),
        shared=unit.handovers.get(case).shared if reads else None,
        thread=_thread(unit, found, lost) if reads else (),
        notes=_notes(unit, lines, found),
        has_opted_out=_has_opted_out(unit, found, lost),
        has_undelivered=bool(lost),
        last_code=lost[-1].code if lost else None,
    )


def _thread(
    unit: UnitOfWork, found: FoundCase, lost: Sequence[Undelivered]
) -> tuple[ThreadLine, ...]:
    until = _until(unit, found)
    said = unit.messages.between(found.conversation, found.opened_at, until, MOST_LINES)
    lost_keys = {one.dedup_key for one in lost}
    return tuple(_thread_line(message, lost_keys) for message in said)


def _until(unit: UnitOfWork, found: FoundCase) -> datetime:
    """What is said after a handing back is the bot's and the young person's again."""
    if found.status is CaseStatus.CLAIMED:
        return unit.clock()
    return unit.handovers.steps(found.id)[-1].at


def _thread_line(message: StoredMessage, lost_keys: set[str]) -> ThreadLine:
    return ThreadLine(
        id=message.id,
        speaker=message.speaker,
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
        NoteLine(lines.names.get(one.staff_member, ""), one.text, one.written_at)
        for one in unit.notes.of_case(found.id)
    )


def _has_opted_out(
    unit: UnitOfWork, found: FoundCase, lost: Sequence[Undelivered]
) -> bool:
    if found.channel is not Channel.SMS:
        return False
    refused = bool(lost) and lost[-1].code == OPTED_OUT
    return refused or unit.conversations.get(found.conversation).stopped > 0
