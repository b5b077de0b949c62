"""Plan histories: changes appended per person, their words sealed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select

from foundations.ids import PlanLineId, YoungPersonId
from safety_plans.plan import (
    WALKING,
    ChangeKind,
    PlanChange,
    SectionId,
    Way,
    is_being_built,
)
from storage.encryption import Sealer
from storage.tables.core import people, plan_changes

_OF_PERSON = (
    select(plan_changes)
    .where(plan_changes.c.young_person == bindparam("person"))
    .order_by(plan_changes.c.sequence)
)
_LAST = select(func.max(plan_changes.c.sequence)).where(
    plan_changes.c.young_person == bindparam("person")
)
_LAST_OF_KINDS = (
    select(plan_changes.c.kind)
    .where(
        plan_changes.c.young_person == bindparam("person"),
        # Not `in_`, which SQLAlchemy lays out anew each time (ADR 0020).
        or_(*(plan_changes.c.kind == kind.value for kind in WALKING)),
    )
    .order_by(plan_changes.c.sequence.desc())
    .limit(1)
)
_LAST_WAYS = (
    _OF_PERSON.where(plan_changes.c.kind == ChangeKind.WAYS_CHOSEN.value)
    .order_by(None)
    .order_by(plan_changes.c.sequence.desc())
    .limit(1)
)
_TURN = select(people.c.id).where(people.c.id == bindparam("person")).with_for_update()


@dataclass(frozen=True)
class Plans:
    """The history that `safety_plans` folds into a plan."""

    connection: Connection
    sealer: Sealer

    def changes(self, young_person: YoungPersonId) -> Sequence[PlanChange]:
        """Give every change of one person's plan, in the order they were appended."""
        found = self.connection.execute(_OF_PERSON, {"person": young_person})
        return [self._change(row) for row in found]

    def is_being_built(self, young_person: YoungPersonId) -> bool:
        """Tell whether a question of the plan is open, from one unsealed row."""
        found = self.connection.execute(_LAST_OF_KINDS, {"person": young_person})
        kind = found.scalar()
        return is_being_built(None if kind is None else ChangeKind(kind))

    def is_asked_in(self, young_person: YoungPersonId, way: Way) -> bool:
        """Tell whether somebody last chose to be asked in this way."""
        found = self.connection.execute(_LAST_WAYS, {"person": young_person}).first()
        chosen = "" if found is None else self._change(found).words or ""
        return way.value in chosen.split()

    def append(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes after those already kept, all of them or none."""
        if not changes:
            return
        person = {"person": young_person}
        self.connection.execute(_TURN, person)
        last = self.connection.execute(_LAST, person).scalar() or 0
        rows = [
            self._row(young_person, number, change)
            for number, change in enumerate(changes, start=last + 1)
        ]
        self.connection.execute(insert(plan_changes), rows)

    def replace(
        self, young_person: YoungPersonId, changes: Sequence[PlanChange]
    ) -> None:
        """Keep these changes and no others; what was there before is gone for good."""
        self.connection.execute(_TURN, {"person": young_person})
        self.connection.execute(
            delete(plan_changes).where(plan_changes.c.young_person == young_person)
        )
        self.append(young_person, changes)

    def _row(
        self, person: YoungPersonId, sequence: int, change: PlanChange
    ) -> dict[str, object]:
        sealed = self.sealer.seal_text(
            plan_changes.c.change, change.id, person, _written(change)
        )
        return {
            "young_person": person,
            "sequence": sequence,
            "id": change.id,
            "kind": change.kind.value,
            "change": sealed,
            "at": change.at,
        }

    def _change(self, row: Row[Any]) -> PlanChange:
        written = json.loads(
            self.sealer.open_text(
                plan_changes.c.change, row.id, row.young_person, row.change
            )
        )
        line, section = written["line"], written["section"]
        return PlanChange(
            id=row.id,
            kind=ChangeKind(row.kind),
            at=row.at,
            line=None if line is None else PlanLineId(line),
            section=None if section is None else SectionId(section),
            words=written["words"],
            position=written["position"],
            undoes=written["undoes"],
            heard=written.get("heard"),
        )


def _written(change: PlanChange) -> str:
    return json.dumps(
        {
            "line": change.line,
            "section": None if change.section is None else change.section.value,
            "words": change.words,
            "position": change.position,
            "undoes": change.undoes,
            "heard": change.heard,
        }
    )
