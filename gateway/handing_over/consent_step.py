"""While consent is being asked for, a message is an answer first; else it is answered
as any other, and the question is asked again.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.turns.safety_plan_requests import goes_back_to_the_plan
from foundations.saying import Reply, Say
from gateway.commands import Command, CommandWords
from gateway.handing_over.answers import HandoverAnswers
from gateway.pipeline import Step
from gateway.questions import questions
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


OF_A_PLAN = frozenset({Command.PLAN_EDIT, Command.HOW_TO_EDIT})
"""Commands that change a plan; right after the preview they mean that."""

MAY_CHANGE = frozenset({*OF_A_PLAN, Command.DELETE})
"""Commands that may have meant what was shown, wherever they went."""


BESIDE_NOTHING: Final = (
    "not_understood.",
    "answers.affirm",
    "menu.main",
    "welcome.hello",
)
"""How the keys begin of what only asks what they would like: ours is asked instead."""


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
        says = await self._answers.database.write(
            lambda unit: self._take(unit, turn, command)
        )
        if says is not None:
            return self._say(turn, says)
        return None if command is not None else await self._aside(turn)

    def _take(
        self, unit: UnitOfWork, turn: Turn, command: Command | None
    ) -> tuple[Say, ...] | None:
        asking = self._answers.asking(unit, turn)
        says = None
        if command is None or command in OF_A_PLAN:
            says = asking.change(turn.text)
        if says is None and (command is None or hear(turn.text) not in IN_OTHER_WORDS):
            says = asking.take(turn.text)
        if says is None and command is not None:
            asking.put_aside(doubted=command in MAY_CHANGE)
        return says

    async def _aside(self, turn: Turn) -> Answer | None:
        """Let the others answer, then ask again, unless a plan is wanted instead."""
        for step in self._others:
            answer = await step(turn)
            if answer is None:
                continue
            if _stands_alone(answer):
                return answer
            return await self._and_again(turn, answer)
        return None

    async def _and_again(self, turn: Turn, answer: Answer) -> Answer:
        """Put our question after an answer, whose own choices would be a second one."""
        missed = any(reply.key.startswith(BESIDE_NOTHING) for reply in answer.replies)
        says = await self._answers.database.write(
            lambda unit: self._again(unit, turn, missed=missed)
        )
        if not says:
            return answer
        said = () if missed else tuple(map(_without_choices, answer.replies))
        asked = (*said, *self._say(turn, says).replies)
        return Answer(questions().asking_one_thing(asked))

    def _again(self, unit: UnitOfWork, turn: Turn, *, missed: bool) -> tuple[Say, ...]:
        asking = self._answers.asking(unit, turn)
        plan = plan_from(unit.plans.changes(turn.conversation.young_person))
        wants_it = not turn.plan_open or goes_back_to_the_plan(turn.text)
        if plan.stage is not None and wants_it:
            asking.put_aside()
            return ()
        return asking.again(missed=missed)

    def _say(self, turn: Turn, says: tuple[Say, ...]) -> Answer:
        words = self._answers.parts.words
        return Answer(tuple(words.render(say, turn.channel) for say in says))


def _stands_alone(answer: Answer) -> bool:
    """Tell what is not followed by our question: it may be that very question."""
    asks_it = any(reply.key.startswith("handover.") for reply in answer.replies)
    return answer.is_last or answer.raised is not None or asks_it


def _without_choices(reply: Reply) -> Reply:
    """Leave the numbers of a list: they are the answer itself."""
    return reply if reply.key.startswith("signposting.") else replace(reply, choices=())
