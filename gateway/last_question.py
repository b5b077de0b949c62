"""A bare yes or no is for the last question that was asked, also in mid-plan."""

from collections.abc import Sequence
from typing import Final

from gateway.pipeline import Step
from gateway.plans.answers import PlanAnswers
from gateway.questions import questions
from gateway.turn import Answer, Turn

NEVER_MIND: Final = "never mind"
"""What a no means where there is nothing to say to it."""


class LastQuestionStep:
    """Has the owner of the question answer, then comes back to the plan in one go."""

    def __init__(self, plans: PlanAnswers, owners: Sequence[Step]) -> None:
        self._plans = plans
        self._owners = owners

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer in the middle of a plan; anywhere else the owner is found as ever."""
        if not (turn.answers_last and turn.plan_open):
            return None
        said = await self._owner(turn)
        if said is None:
            return None
        if said.is_last or any(questions().waits(reply.key) for reply in said.replies):
            return said
        again = await self._plans.question_again(turn)
        return Answer((*said.replies, *again.replies))

    async def _owner(self, turn: Turn) -> Answer | None:
        """Give the owner's answer; to "never mind" it is the plan's question alone."""
        for step in self._owners:
            answer = await step(turn)
            if answer is not None:
                return answer
        return Answer(()) if turn.text == NEVER_MIND else None
