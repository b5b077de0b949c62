"""What answers a question about what a finished plan lacks goes into that part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.plans.answers import PlanAnswers
from gateway.turn import Answer, Turn
from safety_plans.gaps import FILLED_IN
from safety_plans.plan import SectionId

ASKED: Final[Mapping[str, SectionId]] = {
    f"plan.gap_{gap.value}": section for gap, section in FILLED_IN.items()
}


@dataclass(frozen=True)
class PlanGapStep:
    """Takes "my cat" for the part that was just asked about, and reads it back."""

    plans: PlanAnswers

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer what names a thing or a person; leave anything else to the next."""
        section = ASKED.get(turn.last_key or "")
        if section is None or turn.plan_open or turn.answers_last:
            return None
        answer = await self.plans.fill(turn, section)
        return answer if answer.replies else None
