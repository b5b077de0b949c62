"""While consent is being asked for, a message is an answer first; else it is answered
as any other, and the question is asked again.
"""

from collections.abc import Sequence

from foundations.saying import Say
from gateway.commands import Command, CommandWords
from gateway.handing_over.answers import HandoverAnswers
from gateway.pipeline import Step
from gateway.turn import Answer, Turn
from handover import Heard, hear
from safety_plans.folding import plan_from
from storage import UnitOfWork

ITS_OWN = frozenset(
    {Command.PERSON, Command.SHARE, Command.UNSHARE, Command.DELETE_EVERYTHING}
)
"""Commands that belong to the asking; after any other one, the asking is put aside."""

IN_OTHER_WORDS = frozenset({Heard.ASIDE, Heard.WORDS})
"""What is no fixed answer; a command that is one too ("change") is an answer first."""


class ConsentStep:
    """Takes answers to the questions of consent, before Rasa and without it."""

    def __init__(
        self, answers: HandoverAnswers, words: CommandWords, others: Sequence[Step]
    ) -> None:
        self._answers = answers
        self._words = words
        self._others = others

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer when something is being asked; leave every other message alone."""
        if not turn.asked:
            return None
        command = self._words.read(turn.text)
        if command in ITS_OWN:
            return None
        database = self._answers.database
        if command is not None and hear(turn.text) in IN_OTHER_WORDS:
            await database.write(
                lambda unit: self._answers.asking(unit, turn).put_aside()
            )
            return None
        says = await database.write(
            lambda unit: self._answers.asking(unit, turn).take(turn.text)
        )
        if says is not None:
            return self._say(turn, says)
        return None if command is not None else await self._aside(turn)

    async def _aside(self, turn: Turn) -> Answer | None:
        """Let the others answer, then ask again, unless a plan was begun instead."""
        for step in self._others:
            answer = await step(turn)
            if answer is not None and not (answer.is_last or answer.raised):
                says = await self._answers.database.write(
                    lambda unit: self._again(unit, turn)
                )
                return Answer((*answer.replies, *self._say(turn, says).replies))
            if answer is not None:
                return answer
        return None

    def _again(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        asking = self._answers.asking(unit, turn)
        plan = plan_from(unit.plans.changes(turn.conversation.young_person))
        if plan.stage is not None and not turn.plan_open:
            asking.put_aside()
            return ()
        return asking.again()

    def _say(self, turn: Turn, says: tuple[Say, ...]) -> Answer:
        words = self._answers.parts.words
        return Answer(tuple(words.render(say, turn.channel) for say in says))
