"""What each command does: read or change the records, and say so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.turns import safety_plan as plan_turns
from bot.words import Words
from escalation import replies
from foundations.clock import Clock
from foundations.saying import Channel, Say
from gateway.commands import Command, Handler
from gateway.feedback_answers import FeedbackAnswers
from gateway.fixed_words import ONE_LINE
from gateway.joining import JoiningAnswers
from gateway.plan_answers import PlanAnswers
from gateway.texting import text_body
from gateway.turn import Answer, Turn
from safety_plans.plan import SafetyPlan, plan_from
from signposting import Directory
from storage import Database, UnitOfWork
from storage.records import NewOutbound, OutboundKind


@dataclass(frozen=True)
class CommandAnswers:
    """The command words' answers, with everything they lean on."""

    database: Database
    directory: Directory
    words: Words
    clock: Clock
    plans: PlanAnswers
    joining: JoiningAnswers

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command but those about a person and about help."""
        return {
            **self.plans.handlers(),
            **self.joining.handlers(),
            **FeedbackAnswers(self.database, self.words).handlers(),
            Command.MENU: self.menu,
            Command.MY_DATA: self.my_data,
            Command.DELETE: self.delete,
            Command.DELETE_EVERYTHING: self.delete_everything,
        }

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

    def _say(self, turn: Turn, says: tuple[Say, ...]) -> Answer:
        return Answer(tuple(self.words.render(say, turn.channel) for say in says))
