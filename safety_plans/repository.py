"""Where plans are kept, as this package needs it: a history per person, appended to."""

from collections.abc import Sequence
from typing import Protocol

from foundations.ids import YoungPersonId
from safety_plans.plan import PlanChange


class PlanHistory(Protocol):
    """The changes to each person's plan; nothing is edited in place."""

    def changes(self, young_person: YoungPersonId) -> Sequence[PlanChange]:
        """Give every change of one person's plan, in the order they were appended."""

    def append(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes after those already kept, all of them or none."""
