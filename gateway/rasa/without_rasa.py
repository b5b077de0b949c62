"""What still works when Rasa is away: building a plan, changing a line, the menu."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.rules import said_by_rule
from bot.turns.safety_plan_hearing import intent_of
from bot.turns.safety_plan_held import building_of
from bot.turns.safety_plan_parts import question_beside
from bot.turns.safety_plan_requests import heard_without_rasa
from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Say
from gateway.commands import CommandStep
from gateway.turn import Answer, Turn
from storage import Database, UnitOfWork


@dataclass(frozen=True)
class WithoutRasa:
    """The same care packages, without anyone to understand free text.

    `contacts` are the service numbers that ideas for a plan may hold.
    """

    database: Database
    commands: CommandStep
    finding_help: Callable[[Turn], Awaitable[Answer | None]]
    words: Words
    contacts: Mapping[str, str]
    clock: Clock

    async def answer(self, turn: Turn) -> Answer:
        """Carry on with an open plan, do what a word stands for, or show the menu."""
        says = await self.database.write(lambda unit: self._plan(unit, turn))
        if says:
            return Answer(tuple(self.words.render(say, turn.channel) for say in says))
        spotted = await self.commands.spot(turn)
        if spotted is not None:
            return spotted
        helped = await self.finding_help(turn)
        if helped is not None:
            return helped
        return Answer((self.words.render(Say("menu.keywords"), turn.channel),))

    def _plan(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        """Take the message as the plan's next line, a change to one, or a request.

        A question of another kind is answered where one text answers it, and the
        plan's own question comes again.
        """
        building = building_of(
            unit,
            turn.conversation.id,
            turn.conversation.young_person,
            self.contacts,
            self.clock(),
            channel=turn.channel,
            message=turn.message,
            waits=turn.asked_beside,
            unsure=turn.answers_another,
        )
        says = heard_without_rasa(building, turn.text)
        beside = question_beside(turn.text) if turn.plan_open else None
        asked = beside.question if beside else turn.text
        if says or not (answer := said_by_rule(intent_of(asked), self.words)):
            return says
        return (answer, *building.asking())
