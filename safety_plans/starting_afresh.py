"""A plan's history written anew: what was before is gone, or two plans become one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from foundations.ids import PlanLineId, new_id
from safety_plans.folding import plan_from
from safety_plans.plan import ChangeKind, PlanChange, PlanLine, SafetyPlan, SectionId


def without_the_past(plan: SafetyPlan, *, now: datetime) -> tuple[PlanChange, ...]:
    """Write the shortest history that makes this very plan, and that ends the past.

    Nothing in it can be undone; where building had got to stays as it was.
    """
    writing = _Writing(now)
    writing.what_it_says(plan)
    writing.where_building_is(plan)
    writing.how_it_is_asked(plan)
    writing.what_is_held(plan)
    writing.note(ChangeKind.PAST_WIPED)
    if plan.paused:
        writing.note(ChangeKind.BUILDING_PAUSED)
    return tuple(writing.changes)


def put_together(
    first: Sequence[PlanChange], second: Sequence[PlanChange], *, now: datetime
) -> tuple[PlanChange, ...]:
    """Put one person's two histories in the order things were done.

    A line that both plans had, word for word in one section, is taken out once.
    """
    together = sorted((*first, *second), key=lambda change: change.at)
    theirs = {line.id for line in plan_from(second).all_lines}
    plan = plan_from(together)
    known = {
        (line.section, _plain(line.words))
        for line in plan.all_lines
        if line.id not in theirs
    }
    return (
        *together,
        *(
            PlanChange(new_id(), ChangeKind.LINE_REMOVED, now, line.id)
            for line in plan.all_lines
            if line.id in theirs and (line.section, _plain(line.words)) in known
        ),
    )


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


@dataclass
class _Writing:
    """A history while it is written, all of it at one moment."""

    now: datetime
    changes: list[PlanChange] = field(default_factory=list)

    def note(
        self,
        kind: ChangeKind,
        section: SectionId | None = None,
        words: str | None = None,
        line: PlanLineId | None = None,
    ) -> None:
        """Write one change."""
        self.changes.append(PlanChange(new_id(), kind, self.now, line, section, words))

    def what_it_says(self, plan: SafetyPlan) -> None:
        """Write the name, and every line that was read back as right."""
        if plan.name:
            self.note(ChangeKind.PLAN_RENAMED, words=plan.name)
        for line in plan.all_lines:
            if line not in plan.unchecked:
                self._line(line)

    def where_building_is(self, plan: SafetyPlan) -> None:
        """Write what was closed and passed over, and the section that is open."""
        if plan.offered:
            self.note(ChangeKind.BUILDING_OFFERED)
        for section in SectionId:
            if section in plan.closed:
                self.note(ChangeKind.SECTION_CLOSED, section)
            for _ in range(plan.skips.get(section, 0)):
                self.note(ChangeKind.SECTION_SKIPPED, section)
        if plan.open_section is not None:
            self.note(ChangeKind.SECTION_OPENED, plan.open_section)
            for line in plan.unchecked:
                self._line(line)

    def how_it_is_asked(self, plan: SafetyPlan) -> None:
        """Write the ways chosen, and what was turned down or asked already."""
        if plan.ways:
            words = " ".join(sorted(way.value for way in plan.ways))
            self.note(ChangeKind.WAYS_CHOSEN, words=words)
        for idea in sorted(plan.ideas_hidden):
            self.note(ChangeKind.IDEA_HIDDEN, words=idea)
        for asked in sorted(plan.asked_clearer):
            self.note(ChangeKind.CLEARER_ASKED, line=asked)

    def what_is_held(self, plan: SafetyPlan) -> None:
        """Write what may be a line; whether it is one is asked again."""
        for one in plan.held:
            self.note(ChangeKind.LINE_HELD, one.section, one.words)

    def _line(self, line: PlanLine) -> None:
        self.note(ChangeKind.LINE_ADDED, line.section, line.words, line.id)
