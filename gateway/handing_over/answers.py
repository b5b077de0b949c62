"""Asking for a person, sharing, taking it back, and going back to the bot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.turns import handover as handover_turns
from bot.turns.cover import CoverLook
from bot.turns.handover_asking import AskForPerson, AskingParts
from bot.turns.handover_explaining import SAYS_WHAT_NEXT, while_waiting, who_and_when
from foundations.clock import Clock
from foundations.ids import ConversationId, HandoverCaseId, OrganisationId
from foundations.saying import Channel, Say
from gateway.commands import Command, Handler
from gateway.handing_over.agreement_watch import AgreementWatch
from gateway.handing_over.asking_ends import AskingEnds
from gateway.handing_over.cover_watch import CoverWatch
from gateway.handing_over.moves import HandoverMoves
from gateway.handing_over.waiting import Waiting
from gateway.recording import organisation_of
from gateway.texting.wishes import plan_stays_off
from gateway.turn import Answer, Turn
from handover import CaseStatus, Organisation, WhileWaiting, agree, withdraw
from safety_plans.sharing import take_back_all
from storage import Database, UnitOfWork
from storage.records import Conversation, Owner

Says = tuple[Say, ...]
Work = Callable[[UnitOfWork, Turn], Says]


@dataclass(frozen=True)
class HandoverAnswers:
    """The command words about a person; the same with Rasa up or down."""

    database: Database
    parts: AskingParts
    cover: CoverLook
    waiting: Waiting
    watch: CoverWatch
    agreements: AgreementWatch
    ending: AskingEnds
    moves: HandoverMoves

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command about a person."""
        return {
            Command.PERSON: self.person,
            Command.SHARE: self.share,
            Command.UNSHARE: self.unshare,
            Command.BACK_TO_BOT: self.back_to_bot,
            Command.SOMEONE_ELSE: self.someone_else,
            Command.SAME_PERSON: self.same_person,
            Command.BREATHE: self.breathe,
        }

    async def person(self, turn: Turn) -> Answer:
        """Look whether anyone is there, and ask the first thing; or say how it is."""
        return await self._write(turn, self._person)

    async def of_request(self, turn: Turn, asked: WhileWaiting) -> Answer:
        """Answer what was asked of a request that waits, and say how it stands."""
        return await self._write(
            turn, lambda unit, turn: self._of_request(unit, turn, asked)
        )

    def nobody_asked(self, turn: Turn) -> Answer:
        """Say that nothing is on its way, to somebody who asks as if it were."""
        return self._say(turn, handover_turns.nothing_to_share())

    async def who_still_sees(self, turn: Turn) -> Answer | None:
        """Say who sees what was shared last; None where nothing was."""
        says = await self.database.read(lambda unit: _still_seen(unit, turn))
        return self._say(turn, says) if says else None

    async def unshare_if_shared(self, turn: Turn) -> Answer | None:
        """Take back what was shared with a worker; None where nothing ever was."""
        here = turn.conversation.id
        cases = await self.database.read(
            lambda unit: unit.handovers.of_conversation(here)
        )
        return await self.unshare(turn) if cases else None

    async def share(self, turn: Turn) -> Answer:
        """Open a case with exactly what was previewed."""
        return await self._write(turn, self._share)

    async def unshare(self, turn: Turn) -> Answer:
        """Take consent back at once; staff see that it was withdrawn."""
        return await self._write(turn, self._unshare)

    async def back_to_bot(self, turn: Turn) -> Answer:
        """End the time with a person, because the young person wants to."""
        return await self._write(turn, self.moves.leave)

    async def someone_else(self, turn: Turn) -> Answer:
        """Ask for another worker; nobody has to say why."""
        return await self._write(turn, self.moves.someone_else)

    async def same_person(self, turn: Turn) -> Answer:
        """Keep that they want the worker they talked with last, next time."""
        return await self._write(turn, self.moves.same_person)

    async def breathe(self, turn: Turn) -> Answer:
        """Say how to breathe slowly: something to do while waiting."""
        return self._say(turn, (Say("handover.breathe"),))

    def asking(self, unit: UnitOfWork, turn: Turn) -> AskForPerson:
        """Give the asking of a turn's conversation, inside one unit of work."""
        return self._asking(unit, turn.conversation, turn.organisation, turn.channel)

    def _asking(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        behind: OrganisationId,
        channel: Channel,
    ) -> AskForPerson:
        organisation = self.parts.organisations.named(behind)
        cover = self.cover.now(unit, organisation)
        stays_off = plan_stays_off(unit, conversation.young_person, channel)
        return AskForPerson(
            self.parts,
            unit,
            conversation,
            organisation,
            channel,
            cover,
            plan_stays_off=stays_off,
        )

    def begin(
        self, unit: UnitOfWork, conversation: ConversationId, channel: Channel
    ) -> Says:
        """Begin the asking when Rasa understood that they want a person."""
        now = unit.conversations.get(conversation)
        behind = organisation_of(unit, now, self.parts.organisations.home)
        return self._begin(unit, now, behind, channel)

    def _person(self, unit: UnitOfWork, turn: Turn) -> Says:
        now = unit.conversations.get(turn.conversation.id)
        return self._begin(unit, now, turn.organisation, turn.channel)

    def _of_request(self, unit: UnitOfWork, turn: Turn, asked: WhileWaiting) -> Says:
        now = unit.conversations.get(turn.conversation.id)
        if now.owner is not Owner.WAITING or now.handover_case is None:
            return self._person(unit, turn)
        case = unit.handovers.get(now.handover_case)
        organisation = self.parts.organisations.named(case.organisation)
        is_later = case.waits_from > self._clock()
        starts = self.cover.when(case.waits_from) if is_later else None
        to = handover_turns.Recipients(organisation, starts=starts)
        soon = handover_turns.reply_time(self.parts.words, turn.channel, to)
        if asked is WhileWaiting.WHAT_THEY_SEE:
            return (who_and_when(organisation, soon), Say("handover.change_sent"))
        said = while_waiting(asked, organisation, soon)
        if said.key in SAYS_WHAT_NEXT:
            return (said,)
        return (said, self.waiting.where_it_stands(unit, case.id))

    def _begin(
        self,
        unit: UnitOfWork,
        now: Conversation,
        behind: OrganisationId,
        channel: Channel,
    ) -> Says:
        if now.owner is Owner.WAITING and now.handover_case is not None:
            return (self.waiting.where_it_stands(unit, now.handover_case),)
        organisation = self.parts.organisations.named(behind)
        if not unit.agreements.in_force(behind):
            self.agreements.tell(unit, organisation)
            return handover_turns.sharing_is_off(organisation)
        says = self._asking(unit, now, behind, channel).begin()
        self.ending.promise(unit, now)
        if self.watch.has_nobody_in_hours(unit, organisation):
            self.watch.tell_lead(unit, organisation, f"asked:{self._clock():%Y%m%d%H}")
        return says

    def _share(self, unit: UnitOfWork, turn: Turn) -> Says:
        now = unit.conversations.hold(turn.conversation.id)
        if now.owner is Owner.STAFF:
            return self.moves.agree_to_next(unit, turn)
        if now.owner is Owner.WAITING and now.handover_case is not None:
            return (self.waiting.where_it_stands(unit, now.handover_case),)
        asking = self.asking(unit, turn)
        ready = asking.ready_to_share()
        if ready is None or ready.draft is None:
            return asking.early_share()
        organisation = self.parts.organisations.named(turn.organisation)
        if not unit.agreements.in_force(organisation.id):
            self.agreements.tell(unit, organisation)
            return handover_turns.sharing_is_off(organisation)
        if not ready.stands_as_shown:
            return asking.show_again(ready)
        starts = self._starts(unit, organisation)
        case = agree(
            unit.consents,
            unit.handovers,
            young_person=now.young_person,
            conversation=now.id,
            draft=ready.draft,
            also_draft=ready.also_draft,
            now=self._clock(),
            waits_from=starts,
            wanted=unit.anchors.get(now.young_person, organisation.id),
        )
        asking.settle()
        return self._sent(unit, turn, case, organisation, starts)

    def _sent(
        self,
        unit: UnitOfWork,
        turn: Turn,
        case: HandoverCaseId,
        organisation: Organisation,
        starts: datetime | None,
    ) -> Says:
        unit.conversations.set_owner(turn.conversation.id, Owner.WAITING, case)
        unit.audit.append(
            actor="young_person", action="case_opened", subject=case, at=self._clock()
        )
        self.waiting.begin(unit, case)
        if starts is None:
            return handover_turns.waiting(organisation)
        return handover_turns.waiting_for_start(organisation, self.cover.when(starts))

    def _starts(self, unit: UnitOfWork, organisation: Organisation) -> datetime | None:
        """Tell when cover starts; None when somebody is there, or nobody knows."""
        cover = self.cover.now(unit, organisation)
        return None if cover.is_covered else cover.starts

    def _unshare(self, unit: UnitOfWork, turn: Turn) -> Says:
        conversation = turn.conversation
        case = withdraw(
            unit.consents,
            unit.handovers,
            conversation=conversation.id,
            now=self._clock(),
        )
        self.asking(unit, turn).forget()
        if case is not None:
            self.waiting.end(unit, case)
            unit.conversations.set_owner(conversation.id, Owner.BOT, None)
            unit.audit.append(
                actor="young_person",
                action="consent_withdrawn",
                subject=case,
                at=self._clock(),
            )
        shares = take_back_all(
            unit.plan_shares, conversation.young_person, now=self._clock()
        )
        # A page that was given out may have been looked at; a claim is written down.
        was_read = shares > 0 or _was_claimed(unit, conversation.id)
        was_shared = case is not None or shares > 0
        return handover_turns.withdrawn(was_shared, was_read=was_read)

    async def _write(self, turn: Turn, work: Work) -> Answer:
        says = await self.database.write(lambda unit: work(unit, turn))
        return self._say(turn, says)

    def _say(self, turn: Turn, says: Says) -> Answer:
        words = self.parts.words
        return Answer(tuple(words.render(say, turn.channel) for say in says))

    @property
    def _clock(self) -> Clock:
        return self.parts.clock


def _still_seen(unit: UnitOfWork, turn: Turn) -> Says:
    """Say how it is with the last case: who handed it back still reads it."""
    cases = unit.handovers.of_conversation(turn.conversation.id)
    status = cases[0].status if cases else None
    if status is CaseStatus.HANDED_BACK:
        return (Say("handover.if_taken_back"),)
    if status not in (CaseStatus.WITHDRAWN, CaseStatus.CLOSED):
        return ()
    steps = unit.handovers.steps(cases[0].id)
    was_read = any(step.status is CaseStatus.CLAIMED for step in steps)
    was_withdrawn = status is CaseStatus.WITHDRAWN
    return handover_turns.withdrawn(was_withdrawn, was_read=was_read)


def _was_claimed(unit: UnitOfWork, conversation: ConversationId) -> bool:
    """Say whether a worker ever had what was shared in a conversation."""
    return any(
        step.status is CaseStatus.CLAIMED
        for case in unit.handovers.of_conversation(conversation)
        for step in unit.handovers.steps(case.id)
    )
