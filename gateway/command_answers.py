"""What each command does: read or change the records, and say so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.turns import handover as handover_turns
from bot.turns import safety_plan as plan_turns
from bot.turns.signposting import answer_in_words
from bot.words import Words
from escalation import replies
from foundations.clock import Clock
from foundations.saying import Channel, Say
from gateway.commands import Command, Handler
from gateway.fixed_words import ONE_LINE
from gateway.joining import JoiningAnswers
from gateway.plan_answers import PlanAnswers
from gateway.texting import text_body
from gateway.turn import Answer, Turn
from handover import Organisations, agree, propose, withdraw
from safety_plans.plan import SafetyPlan, plan_from
from signposting import Directory
from storage import Database, UnitOfWork
from storage.records import NewOutbound, OutboundKind, Owner


@dataclass(frozen=True)
class CommandAnswers:
    """The command words' answers, with everything they lean on."""

    database: Database
    directory: Directory
    organisations: Organisations
    words: Words
    clock: Clock
    plans: PlanAnswers
    joining: JoiningAnswers

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command."""
        return {
            **self.plans.handlers(),
            **self.joining.handlers(),
            Command.WHO_IS_OPEN: self.who_is_open,
            Command.PERSON: self.person,
            Command.SHARE: self.share,
            Command.UNSHARE: self.unshare,
            Command.MENU: self.menu,
            Command.MY_DATA: self.my_data,
            Command.DELETE: self.delete,
            Command.DELETE_EVERYTHING: self.delete_everything,
        }

    async def who_is_open(self, turn: Turn) -> Answer:
        """Name who can be reached this minute, or what to expect from one of them."""
        says = answer_in_words(self.directory, turn.text, self.clock(), turn.channel)
        return self._say(turn, says)

    async def person(self, turn: Turn) -> Answer:
        """Preview a handover with nothing in it but how to reach them."""
        organisation = self.organisations.named(turn.organisation)
        if turn.conversation.owner is Owner.WAITING:
            return self._say(turn, handover_turns.waiting(organisation))
        shown = handover_turns.information(self.words, turn.channel, None)
        await self.database.write(
            lambda unit: propose(
                unit.consents,
                young_person=turn.conversation.young_person,
                conversation=turn.conversation.id,
                organisation=organisation.id,
                information=shown,
            )
        )
        return self._say(turn, handover_turns.preview(shown, organisation))

    async def share(self, turn: Turn) -> Answer:
        """Open a case with exactly what was previewed."""
        opened = await self.database.write(lambda unit: self._agree(unit, turn))
        if not opened:
            return self._say(turn, handover_turns.nothing_to_share())
        organisation = self.organisations.named(turn.organisation)
        return self._say(turn, handover_turns.waiting(organisation))

    async def unshare(self, turn: Turn) -> Answer:
        """Take consent back at once; staff see that it was withdrawn."""
        shared = await self.database.write(lambda unit: self._withdraw(unit, turn))
        return self._say(turn, handover_turns.withdrawn(shared))

    async def menu(self, turn: Turn) -> Answer:
        """Show what Handrail can do."""
        return self._say(turn, (Say("menu.main"),))

    async def my_data(self, turn: Turn) -> Answer:
        """Say what is kept, and show the plan; the chat itself is before them."""
        plan = await self._plan_of(turn)
        shown = plan_turns.whole(plan) if plan.all_lines else ()
        return self._say(turn, (Say("about.my_data"), *shown))

    async def delete(self, turn: Turn) -> Answer:
        """Say what would go, and which words would do it; nothing goes yet."""
        return self._say(turn, (Say("about.delete_my_data"),))

    async def delete_everything(self, turn: Turn) -> Answer:
        """Forget the person: keys first, then rows. The last words are not kept."""
        crisis = replies.say(ONE_LINE, turn.channel.value).text
        last = self._say(turn, (Say("forgetting.done", {"crisis": crisis}),))
        await self.database.write(lambda unit: self._forget(unit, turn, last))
        return replace(last, is_last=True)

    def _forget(self, unit: UnitOfWork, turn: Turn, last: Answer) -> None:
        person = turn.conversation.young_person
        number = unit.people.phone_of(person)
        unit.people.forget(person)
        if turn.channel is Channel.SMS and number is not None:
            unit.outbox.add(
                NewOutbound(
                    dedup_key=f"last:{turn.message}",
                    kind=OutboundKind.SYSTEM,
                    body=text_body(last.replies),
                    not_before=self.clock(),
                    recipient=number,
                )
            )

    async def _plan_of(self, turn: Turn) -> SafetyPlan:
        person = turn.conversation.young_person
        return await self.database.read(
            lambda unit: plan_from(unit.plans.changes(person))
        )

    def _agree(self, unit: UnitOfWork, turn: Turn) -> bool:
        conversation = turn.conversation
        case = agree(
            unit.consents,
            unit.handovers,
            young_person=conversation.young_person,
            conversation=conversation.id,
            now=self.clock(),
        )
        if case is not None:
            unit.conversations.set_owner(conversation.id, Owner.WAITING, case)
        return case is not None

    def _withdraw(self, unit: UnitOfWork, turn: Turn) -> bool:
        conversation = turn.conversation
        case = withdraw(
            unit.consents,
            unit.handovers,
            conversation=conversation.id,
            now=self.clock(),
        )
        if case is not None:
            unit.conversations.set_owner(conversation.id, Owner.BOT, None)
        return case is not None

    def _say(self, turn: Turn, says: tuple[Say, ...]) -> Answer:
        return Answer(tuple(self.words.render(say, turn.channel) for say in says))
