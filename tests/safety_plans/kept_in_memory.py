"""A plan history kept in memory, to read in a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from foundations.ids import YoungPersonId
from safety_plans.folding import plan_from
from safety_plans.plan import PlanChange, SafetyPlan


@dataclass
class KeptInMemory:
    """What every young person changed, in order."""

    kept: dict[YoungPersonId, list[PlanChange]] = field(default_factory=dict)

    def changes(self, young_person: YoungPersonId) -> Sequence[PlanChange]:
        """Give a copy, so that nobody edits history in place."""
        return tuple(self.kept.get(young_person, ()))

    def append(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these after the others."""
        self.kept.setdefault(young_person, []).extend(changes)

    def replace(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these and no others."""
        self.kept[young_person] = list(changes)

    def plan(self, young_person: YoungPersonId) -> SafetyPlan:
        """Fold what is kept."""
        return plan_from(self.changes(young_person))
