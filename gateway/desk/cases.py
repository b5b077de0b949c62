"""The desk of cases: claim, talk, note, put back, hand back, close."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from channels.staff.case_desk import CaseLine, CasePage, Claim, Inbox, ThreadNews
from channels.staff.may import May
from channels.staff.signed_in import NotYours, SignedIn
from foundations.ids import (
    ConversationId,
    HandoverCaseId,
    OrganisationId,
    StaffMemberId,
)
from foundations.saying import Speaker
from gateway.desk.case_lines import asked_away_from, cannot_be_texted, done_of, inbox_of
from gateway.desk.case_reading import (
    NOTES_READ,
    NewsThere,
    case_page,
    colleagues_of,
    elsewhere_of,
    held_by_me,
    news_after,
    of_my_organisation,
    readable,
)
from gateway.desk.noting import Did, note
from gateway.handing_over.moves import HandoverMoves
from gateway.news import News
from handover import Organisations
from handover.cases import CaseStatus
from storage import Database, NotFound, UnitOfWork
from storage.staff.cases import FoundCase
from storage.staff.records import HeldBackFor, Outcome

T = TypeVar("T")


class Cases:
    """Answers the pages about cases. Whatever is said is said in a transaction."""

    def __init__(
        self,
        *,
        database: Database,
        organisations: Organisations,
        moves: HandoverMoves,
        news: News,
        said: Callable[[ConversationId], None],
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._moves = moves
        self._news = news
        self._said = said

    async def inbox(self, me: SignedIn) -> Inbox:
        """List who waits, whom I talk with, and whom my colleagues talk with."""
        return await self._database.read(
            lambda unit: inbox_of(unit, self._organisations, me)
        )

    async def waiting(self, me: SignedIn) -> int:
        """Count who waits in my organisation."""
        return await self._database.read(
            lambda unit: unit.staff_cases.count_waiting(me.organisation)
        )

    async def done(self, me: SignedIn) -> Sequence[CaseLine]:
        """List the cases that nobody holds any more, newest first."""
        return await self._database.read(
            lambda unit: done_of(unit, self._organisations, me)
        )

    async def case(self, me: SignedIn, case: HandoverCaseId) -> CasePage:
        """Read a case; that it was read is written down."""
        return await self._database.write(
            lambda unit: case_page(unit, self._organisations, me, case)
        )

    async def wait_for_news(
        self,
        me: SignedIn,
        case: HandoverCaseId,
        *,
        seen: str,
        delivery: str | None,
        seconds: float,
    ) -> ThreadNews | None:
        """Give what was said after `seen`, waiting for it that long at most.

        None once it is not mine to read any more. What became of a text and is not
        shown yet (`delivery`) is not waited for. Only a reading that shows what
        somebody else said is written down as one.
        """

        def look(unit: UnitOfWork) -> NewsThere:
            return news_after(unit, me, case, seen)

        where, news = await self._database.read(look)
        if _is_quiet(news, delivery):
            news = await self._after_news(where, look, delivery, seconds)
        lines = news.lines if news and news.is_drawn_as(delivery) else ()
        if any(line.speaker is not Speaker.STAFF for line in lines):
            await self._database.write(lambda unit: note(unit, me, Did.CASE_READ, case))
        return news

    async def _after_news(
        self,
        where: ConversationId,
        look: Callable[[UnitOfWork], NewsThere],
        delivery: str | None,
        seconds: float,
    ) -> ThreadNews | None:
        """Look once more when something was said, or after that long."""
        event = self._news.subscribe(where)
        try:
            # What was said before this began to listen would not be told.
            _, news = await self._database.read(look)
            if not _is_quiet(news, delivery):
                return news
            async with asyncio.timeout(self._news.longest_wait(seconds)):
                await event.wait()
        except TimeoutError:
            pass
        finally:
            self._news.unsubscribe(where, event)
        _, news = await self._database.read(look)
        return news

    async def claim(
        self, me: SignedIn, case: HandoverCaseId, *, all_the_same: bool
    ) -> Claim:
        """Take a waiting case, within my limit; of several who try one has it.

        `all_the_same`: though they asked for someone else than me.
        """

        def work(unit: UnitOfWork, found: FoundCase) -> Claim:
            refused = _why_not(unit, me, found, all_the_same=all_the_same)
            if refused is not None:
                return refused
            if not self._moves.claim(unit, unit.handovers.get(case), me.id):
                return Claim.TAKEN
            note(unit, me, Did.CASE_CLAIMED, case)
            return Claim.MINE

        return await self._with(of_my_organisation, me, case, work)

    async def say(self, me: SignedIn, case: HandoverCaseId, text: str) -> bool:
        """Speak in the thread of a case I hold; False when no text can go there."""

        def work(unit: UnitOfWork, found: FoundCase) -> bool:
            if cannot_be_texted(unit, found):
                return False
            self._moves.say(unit, unit.handovers.get(case), text)
            note(unit, me, Did.CASE_SAID, case)
            return True

        return await self._with(held_by_me, me, case, work)

    async def note(self, me: SignedIn, case: HandoverCaseId, text: str) -> None:
        """Keep a note beside a case I hold, or held."""

        def work(unit: UnitOfWork, found: FoundCase) -> None:
            if found.claimed_by != me.id or found.status is CaseStatus.WITHDRAWN:
                raise NotYours
            person = unit.handovers.young_person_of(case)
            unit.notes.write(case, person, me.id, text)
            note(unit, me, Did.CASE_NOTED, case)

        await self._with(readable, me, case, work)

    async def decide_note(
        self, me: SignedIn, case: HandoverCaseId, note_id: str, reason: str
    ) -> None:
        """Hold a note back from its young person, or show it again; both are noted.

        Whoever holds the case, or held it, may; and a lead once nobody holds it.
        """
        why = HeldBackFor(reason) if reason else None

        def work(unit: UnitOfWork, found: FoundCase) -> None:
            may = found.claimed_by == me.id or May.LEAD_TEAM in me.may
            if not may or found.status not in NOTES_READ:
                raise NotYours
            try:
                unit.notes.decide(case, note_id, me.id, why)
            except NotFound:
                raise NotYours from None
            did = Did.NOTE_HELD_BACK if why else Did.NOTE_SHOWN_AGAIN
            note(unit, me, did, note_id)

        await self._with(readable, me, case, work)

    async def release(self, me: SignedIn, case: HandoverCaseId) -> None:
        """Let a case wait for a colleague: mine, or as a lead anybody's."""

        def work(unit: UnitOfWork, found: FoundCase) -> None:
            holder = found.claimed_by
            may = holder == me.id or May.LEAD_TEAM in me.may
            if holder is None or not may:
                raise NotYours
            if not self._moves.release(unit, unit.handovers.get(case), holder):
                raise NotYours
            note(unit, me, Did.CASE_RELEASED, case)

        await self._with(of_my_organisation, me, case, work)

    async def hand_on(self, me: SignedIn, case: HandoverCaseId, colleague: str) -> bool:
        """Ask a colleague to take a case I hold; False when they hold enough."""
        to = StaffMemberId(colleague)

        def work(unit: UnitOfWork, _found: FoundCase) -> bool:
            if to not in {one.id for one in colleagues_of(unit, me)}:
                raise NotYours
            if not has_room(unit, to):
                return False
            self._moves.hand_on(unit, unit.handovers.get(case), me.id, to)
            note(unit, me, Did.CASE_HANDED_ON, case)
            return True

        return await self._with(held_by_me, me, case, work)

    async def ask_about(
        self, me: SignedIn, case: HandoverCaseId, organisation: str
    ) -> None:
        """Ask the young person whether another organisation may see the same."""
        to = OrganisationId(organisation)

        def work(unit: UnitOfWork, _found: FoundCase) -> None:
            known = elsewhere_of(unit, self._organisations, me)
            if to not in {one.id for one in known}:
                raise NotYours
            self._moves.ask_to_hand_on(unit, unit.handovers.get(case), to)
            note(unit, me, Did.CASE_OFFERED_ELSEWHERE, case)

        await self._with(held_by_me, me, case, work)

    async def hand_back(self, me: SignedIn, case: HandoverCaseId) -> None:
        """Give the conversation back to the bot, and say so."""

        def work(unit: UnitOfWork, _found: FoundCase) -> None:
            self._moves.hand_back(unit, unit.handovers.get(case), me.id)
            note(unit, me, Did.CASE_HANDED_BACK, case)

        await self._with(held_by_me, me, case, work)

    async def close(self, me: SignedIn, case: HandoverCaseId, outcome: str) -> None:
        """End a case I hold, or have handed back; or say what was done in one that the
        young person left. ValueError for an unknown outcome."""
        how = Outcome(outcome)

        def work(unit: UnitOfWork, found: FoundCase) -> None:
            if found.claimed_by != me.id:
                raise NotYours
            is_over = found.status is CaseStatus.CLOSED and found.outcome is None
            if not is_over and not self._moves.close(
                unit, unit.handovers.get(case), me.id
            ):
                raise NotYours
            unit.notes.close_with(case, me.id, how)
            note(unit, me, Did.CASE_CLOSED, case)

        await self._with(readable, me, case, work)

    async def _with(
        self,
        look: Callable[[UnitOfWork, SignedIn, HandoverCaseId], FoundCase],
        me: SignedIn,
        case: HandoverCaseId,
        change: Callable[[UnitOfWork, FoundCase], T],
    ) -> T:
        """Look the case up as this deed allows, change it, then tell who listens."""

        def work(unit: UnitOfWork) -> tuple[T, ConversationId]:
            found = look(unit, me, case)
            return change(unit, found), found.conversation

        changed, conversation = await self._database.write(work)
        self._said(conversation)
        return changed


def _why_not(
    unit: UnitOfWork, me: SignedIn, found: FoundCase, *, all_the_same: bool
) -> Claim | None:
    """Tell why somebody cannot claim a case now; None when they can.

    Nobody is announced to a phone that no text of theirs would reach.
    """
    if found.status is CaseStatus.CLAIMED:
        return Claim.TAKEN
    if found.status is not CaseStatus.WAITING:
        return Claim.NOT_WAITING
    if cannot_be_texted(unit, found):
        return Claim.CANNOT_BE_TEXTED
    if asked_away_from(found) == me.id and not all_the_same:
        return Claim.ASKED_AWAY
    return None if has_room(unit, me.id) else Claim.FULL


def _is_quiet(news: ThreadNews | None, delivery: str | None) -> bool:
    """Say whether there is nothing that an open page does not show."""
    return news is not None and not news.lines and news.is_drawn_as(delivery)


def has_room(unit: UnitOfWork, staff_member: StaffMemberId) -> bool:
    """Say whether somebody holds fewer cases than they carry."""
    member = unit.staff.get(staff_member)
    if member is None:
        return False
    held = unit.staff_cases.held_by(member.organisation)
    return held.get(staff_member, 0) < member.most_cases
