"""The staff desk: claim, read what was agreed, talk in the thread, hand back."""

from collections.abc import Callable

from bot.words import Words
from channels.staff.desk import CaseLine, CasePage, NotYours, SignedIn, ThreadLine
from foundations.clock import Clock
from foundations.ids import ConversationId, HandoverCaseId
from foundations.saying import Reply, Say, Speaker
from gateway.speaking import speak
from handover import CaseStatus, HandoverCase, Organisations
from storage import Database, NotFound, UnitOfWork
from storage.records import Owner, StaffMember, StoredMessage

STAFF_SAID = "handover.staff_said"
MOST_LINES = 500


class PipelineStaffDesk:
    """Answers the staff pages from the records."""

    def __init__(
        self,
        *,
        database: Database,
        organisations: Organisations,
        words: Words,
        clock: Clock,
        said: Callable[[ConversationId], None],
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._words = words
        self._clock = clock
        self._said = said

    async def sign_in(self, token: str) -> str | None:
        """Turn a one-time token into a session token."""
        return await self._database.write(lambda unit: unit.staff.redeem(token))

    async def who(self, session: str) -> SignedIn | None:
        """Tell who is signed in, and start their idle time anew."""
        found = await self._database.write(
            lambda unit: unit.staff.keep_session(session)
        )
        return None if found is None else self._signed_in(found)

    async def sign_out(self, session: str) -> None:
        """End a session."""
        await self._database.write(lambda unit: unit.staff.end_session(session))

    async def board(self, me: SignedIn) -> tuple[CaseLine, ...]:
        """List my organisation's waiting cases and mine, oldest first."""
        return await self._database.read(
            lambda unit: tuple(
                _line(unit, case, me)
                for case in [*unit.handovers.waiting(), *unit.handovers.claimed()]
                if _may_see(case, me)
            )
        )

    async def case(self, me: SignedIn, case: HandoverCaseId) -> CasePage:
        """Read a case I hold; that it was read is kept in the audit."""
        return await self._database.write(lambda unit: self._page(unit, me, case))

    async def claim(self, me: SignedIn, case: HandoverCaseId) -> bool:
        """Take a waiting case; the young person is told that a person is here."""
        claimed = await self._database.write(lambda unit: self._claim(unit, me, case))
        if claimed is not None:
            self._said(claimed)
        return claimed is not None

    async def say(self, me: SignedIn, case: HandoverCaseId, text: str) -> None:
        """Speak in the thread, in the worker's own words."""
        reply = Reply(STAFF_SAID, text, speaker=Speaker.STAFF)
        self._said(
            await self._database.write(
                lambda unit: self._speak(unit, self._mine(unit, me, case), reply)
            )
        )

    async def hand_back(self, me: SignedIn, case: HandoverCaseId) -> None:
        """Give the conversation back to the bot, and say so in the thread."""
        self._said(
            await self._database.write(lambda unit: self._hand_back(unit, me, case))
        )

    def _page(self, unit: UnitOfWork, me: SignedIn, case: HandoverCaseId) -> CasePage:
        held = self._mine(unit, me, case)
        _note(unit, me, "case_read", case)
        said = unit.messages.after(held.conversation, None, MOST_LINES)
        thread = tuple(
            _thread_line(message)
            for message in said
            if message.said_at >= held.opened_at
        )
        return CasePage(_line(unit, held, me), held.shared, thread)

    def _claim(
        self, unit: UnitOfWork, me: SignedIn, case: HandoverCaseId
    ) -> ConversationId | None:
        wanted = self._of_my_organisation(unit, me, case)
        if not unit.handovers.claim(case, me.id):
            return None
        _note(unit, me, "case_claimed", case)
        unit.conversations.set_owner(wanted.conversation, Owner.STAFF, case)
        told = {
            "first_name": me.name,
            "role": self._organisations.named(me.organisation).worker_role,
        }
        return self._tell(unit, wanted, Say("handover.claimed", told))

    def _hand_back(
        self, unit: UnitOfWork, me: SignedIn, case: HandoverCaseId
    ) -> ConversationId:
        held = self._mine(unit, me, case)
        unit.handovers.hand_back(case, me.id)
        _note(unit, me, "case_handed_back", case)
        unit.conversations.set_owner(held.conversation, Owner.BOT, None)
        return self._tell(unit, held, Say("handover.handed_back"))

    def _tell(self, unit: UnitOfWork, case: HandoverCase, say: Say) -> ConversationId:
        conversation = unit.conversations.get(case.conversation)
        return self._speak(unit, case, self._words.render(say, conversation.channel))

    def _speak(
        self, unit: UnitOfWork, case: HandoverCase, reply: Reply
    ) -> ConversationId:
        conversation = unit.conversations.get(case.conversation)
        speak(unit, conversation, reply, self._clock())
        return conversation.id

    def _mine(
        self, unit: UnitOfWork, me: SignedIn, case: HandoverCaseId
    ) -> HandoverCase:
        found = self._of_my_organisation(unit, me, case)
        if found.claimed_by != me.id or found.status is not CaseStatus.CLAIMED:
            raise NotYours
        return found

    def _of_my_organisation(
        self, unit: UnitOfWork, me: SignedIn, case: HandoverCaseId
    ) -> HandoverCase:
        try:
            found = unit.handovers.get(case)
        except NotFound:
            raise NotYours from None
        if found.organisation != me.organisation:
            raise NotYours
        return found

    def _signed_in(self, member: StaffMember) -> SignedIn:
        organisation = self._organisations.named(member.organisation)
        return SignedIn(member.id, member.name, organisation.id, organisation.name)


def _may_see(case: HandoverCase, me: SignedIn) -> bool:
    return case.organisation == me.organisation and case.claimed_by in (None, me.id)


def _line(unit: UnitOfWork, case: HandoverCase, me: SignedIn) -> CaseLine:
    return CaseLine(
        id=case.id,
        status=case.status,
        opened_at=case.opened_at,
        channel=unit.conversations.get(case.conversation).channel,
        is_mine=case.claimed_by == me.id,
    )


def _thread_line(message: StoredMessage) -> ThreadLine:
    return ThreadLine(
        id=message.id,
        speaker=message.speaker,
        text=message.text,
        said_at=message.said_at,
        is_crisis=message.key.startswith("escalation."),
    )


def _note(unit: UnitOfWork, me: SignedIn, action: str, case: HandoverCaseId) -> None:
    unit.audit.append(actor=me.id, action=action, subject=case, at=unit.clock())
