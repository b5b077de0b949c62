"""The steps about finding help: before the dialogue is asked, and when it is away."""

from dataclasses import dataclass, replace
from typing import Final

from bot.as_typed import parts
from bot.turns.safety_plan_wishes import asks_to_make_one, is_about_a_plan
from bot.words import Words
from foundations.saying import Say
from gateway.commands import Handler
from gateway.finding_help.desk import HelpDesk
from gateway.turn import Answer, Turn
from signposting.asking import asks_plainly, is_refinement
from signposting.following import read_follow
from storage import Database

LONGEST_FOLLOW = 100
"""Characters; whatever is longer is no word about an answer."""

AND_A_PLAN: Final = "signposting.and_a_plan"
"""Says how to get at the plan that was asked for in the same message."""


@dataclass(frozen=True)
class HelpStep:
    """Hands a turn to the help desk, in one transaction."""

    database: Database
    desk: HelpDesk
    words: Words

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer what is about an answer of ours: more, not that one, remind me.

        And what asks for help in so many words: its own words say what is wanted.
        """
        if await self._may_be_about_an_answer(turn):
            answer = await self._follow(turn)
            if answer is not None:
                return answer
        beside = await self._beside_a_plan(turn)
        if beside is not None:
            return beside
        return await self.ask(turn) if await self._asks_plainly(turn) else None

    async def _beside_a_plan(self, turn: Turn) -> Answer | None:
        """Answer both when help and a plan are asked for in one message."""
        if turn.plan_open or turn.asked:
            return None
        divided = parts(turn.text)
        of_a_plan = [
            part for part in divided if is_about_a_plan(part) or asks_to_make_one(part)
        ]
        of_help = [
            part
            for part in divided
            if part not in of_a_plan and asks_plainly(self.desk.directory, part)
        ]
        if not (of_a_plan and of_help):
            return None
        found = await self.ask(replace(turn, text=of_help[0]))
        return Answer((*found.replies, *self._answer(turn, (Say(AND_A_PLAN),)).replies))

    async def _follow(self, turn: Turn) -> Answer | None:
        says = await self.database.write(
            lambda unit: self.desk.follow(
                unit,
                turn.conversation.id,
                turn.channel,
                turn.text,
                plan_open=turn.plan_open,
            )
        )
        return self._answer(turn, says) if says else None

    async def ask(self, turn: Turn) -> Answer:
        """Answer a message that asks for help."""
        conversation, channel = turn.conversation.id, turn.channel
        says = await self.database.write(
            lambda unit: self.desk.ask(unit, conversation, channel, turn.text)
        )
        return self._answer(turn, says)

    def more_or(self, otherwise: Handler) -> Handler:
        """Say more of a service that was just shown; else what these words mean."""

        async def more(turn: Turn) -> Answer:
            says = await self.database.write(
                lambda unit: self.desk.more_of_answer(
                    unit, turn.conversation.id, turn.channel, turn.text
                )
            )
            return self._answer(turn, says) if says else await otherwise(turn)

        return more

    async def spot(self, turn: Turn) -> Answer | None:
        """With the dialogue away: answer words that hold a wish or a service."""
        conversation, channel = turn.conversation.id, turn.channel
        says = await self.database.write(
            lambda unit: self.desk.spot(unit, conversation, channel, turn.text)
        )
        return self._answer(turn, says) if says else None

    async def _asks_plainly(self, turn: Turn) -> bool:
        """While a plan is built, or consent is asked for, bare words belong to that."""
        if turn.plan_open or turn.asked or len(turn.text) > LONGEST_FOLLOW:
            return False
        directory, conversation = self.desk.directory, turn.conversation.id
        if asks_plainly(directory, turn.text):
            return True
        service = directory.named(turn.text)
        if service is None:
            return False
        return await self.database.read(
            lambda unit: self.desk.has_just_named(unit, conversation, service.id)
        )

    async def _may_be_about_an_answer(self, turn: Turn) -> bool:
        """Tell at once what is not, so that other messages cost no writing."""
        if len(turn.text) > LONGEST_FOLLOW:
            return False
        if read_follow(self.desk.directory, turn.text) is not None:
            return True
        if not is_refinement(self.desk.directory, turn.text):
            return False
        here, plan_open = turn.conversation.id, turn.plan_open
        return await self.database.read(
            lambda unit: self.desk.may_follow(
                unit, here, turn.text, plan_open=plan_open
            )
        )

    def _answer(self, turn: Turn, says: tuple[Say, ...]) -> Answer:
        return Answer(tuple(self.words.render(say, turn.channel) for say in says))
