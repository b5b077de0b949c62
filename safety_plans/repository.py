"""Where plans are kept, as this package needs it: a history per person, appended to."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from foundations.ids import YoungPersonId
from safety_plans.plan import BESIDE_THE_QUESTION, PlanChange


class PlanHistory(Protocol):
    """The changes to each person's plan; nothing is edited in place."""

    def changes(self, young_person: YoungPersonId) -> Sequence[PlanChange]:
        """Give every change of one person's plan, in the order they were appended."""

    def append(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes after those already kept, all of them or none."""

    def replace(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes and no others; what was there before is gone for good."""


@dataclass(frozen=True)
class ReadOnce:
    """A history that is read once per person and kept in step with what is appended."""

    kept: PlanHistory
    _read: dict[YoungPersonId, list[PlanChange]] = field(default_factory=dict)

    def changes(self, young_person: YoungPersonId) -> Sequence[PlanChange]:
        """Give every change, those just appended among them."""
        if young_person not in self._read:
            self._read[young_person] = list(self.kept.changes(young_person))
        return self._read[young_person]

    def append(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes, and remember them."""
        self.changes(young_person)
        self.kept.append(young_person, changes)
        self._read[young_person].extend(changes)

    def replace(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes and no others, and remember them."""
        self.kept.replace(young_person, changes)
        self._read[young_person] = list(changes)


@dataclass(frozen=True)
class Because:
    """A history in which what is appended says which message led to it.

    Without a message it is the history itself.
    """

    kept: PlanHistory
    message: str | None = None

    def is_taken(self, young_person: YoungPersonId) -> bool:
        """Tell whether this very message has been taken before."""
        if self.message is None:
            return False
        changes = self.kept.changes(young_person)
        return any(change.heard == self.message for change in changes)

    def changes(self, young_person: YoungPersonId) -> Sequence[PlanChange]:
        """Give every change."""
        return self.kept.changes(young_person)

    def append(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes; notes beside a question are due to no message."""
        stamped = [
            change
            if change.kind in BESIDE_THE_QUESTION
            else replace(change, heard=self.message)
            for change in changes
        ]
        self.kept.append(young_person, stamped)

    def replace(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes and no others."""
        self.kept.replace(young_person, changes)
