"""Folds a plan's history, oldest change first, into the plan it makes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from foundations.ids import PlanLineId
from safety_plans.plan import (
    AT_END,
    BESIDE_THE_QUESTION,
    WRITING,
    ChangeKind,
    HeldLine,
    PlanChange,
    PlanLine,
    PlanVersion,
    SafetyPlan,
    SectionId,
    Way,
)


def in_effect(changes: Sequence[PlanChange]) -> tuple[PlanChange, ...]:
    """Leave out what was undone; undoing an undo brings the first change back."""
    undone: set[str] = set()
    for change in reversed(changes):
        if change.kind is ChangeKind.CHANGE_UNDONE and change.id not in undone:
            undone.add(change.undoes or "")
    return tuple(
        change
        for change in changes
        if change.kind is not ChangeKind.CHANGE_UNDONE and change.id not in undone
    )


def plan_from(changes: Sequence[PlanChange]) -> SafetyPlan:
    """Fold a history, oldest first, into the plan it makes.

    Total: a change to a line that is not there (removed, or its adding undone)
    does nothing, so any order of edits and undos makes a valid plan.
    """
    fold = _Fold()
    for change in in_effect(changes):
        fold.take(change)
    return fold.plan(
        versions=_versions(changes),
        last_change_at=changes[-1].at if changes else None,
    )


def plan_at(changes: Sequence[PlanChange], version: int) -> SafetyPlan:
    """Look back at one version of the plan; ValueError when there is none such."""
    found = next((v for v in _versions(changes) if v.number == version), None)
    if found is None:
        raise ValueError("no such version")
    return plan_from([change for change in changes if change.at <= found.at])


def _versions(changes: Iterable[PlanChange]) -> tuple[PlanVersion, ...]:
    writing = WRITING | {ChangeKind.CHANGE_UNDONE}
    moments = dict.fromkeys(change.at for change in changes if change.kind in writing)
    return tuple(PlanVersion(n, at) for n, at in enumerate(moments, start=1))


class _Fold:
    """The plan while its history is being read."""

    def __init__(self) -> None:
        self.lines: dict[PlanLineId, PlanLine] = {}
        self.order: dict[SectionId, list[PlanLineId]] = {s: [] for s in SectionId}
        self.name: str | None = None
        self.open: SectionId | None = None
        self.unchecked: list[PlanLineId] = []
        self.paused = self.offered = self.started = False
        self.closed: set[SectionId] = set()
        self.skips: dict[SectionId, int] = {}
        self.shown: tuple[str, ...] = ()
        self.picking = False
        self.seen: set[str] = set()
        self.hidden: set[str] = set()
        self.ways: frozenset[Way] = frozenset()
        self.clearer: set[PlanLineId] = set()
        self.fit_asked_at: datetime | None = None
        self.opened_at: datetime | None = None
        self.held: list[HeldLine] = []
        self.held_asked: SectionId | None = None
        self.ending = False

    def take(self, change: PlanChange) -> None:
        if change.kind not in BESIDE_THE_QUESTION:
            self.picking = change.kind is ChangeKind.IDEAS_SHOWN
        match change.kind:
            case ChangeKind.LINE_ADDED | ChangeKind.LINE_CHANGED:
                self._write(change)
            case ChangeKind.LINE_MOVED | ChangeKind.LINE_REMOVED:
                self._place(change)
            case ChangeKind.PLAN_RENAMED:
                self.name = change.words or None
            case ChangeKind.CHANGE_UNDONE | ChangeKind.PAST_WIPED:
                pass
            case (
                ChangeKind.IDEAS_SHOWN
                | ChangeKind.IDEA_HIDDEN
                | ChangeKind.WAYS_CHOSEN
                | ChangeKind.CLEARER_ASKED
                | ChangeKind.FIT_ASKED
                | ChangeKind.LINE_HELD
                | ChangeKind.HELD_ASKED
                | ChangeKind.HELD_PASSED_OVER
                | ChangeKind.HELD_SETTLED
            ):
                self._note(change)
            case (
                ChangeKind.SECTION_OPENED
                | ChangeKind.SECTION_SKIPPED
                | ChangeKind.SECTION_CLOSED
                | ChangeKind.BUILDING_OFFERED
                | ChangeKind.BUILDING_PAUSED
            ):
                self._walk(change)

    def _note(self, change: PlanChange) -> None:
        words = (change.words or "").split()
        if change.kind is ChangeKind.IDEAS_SHOWN:
            self.shown = tuple(words)
            self.seen.update(words)
        elif change.kind is ChangeKind.IDEA_HIDDEN:
            self.hidden.update(words)
        elif change.kind is ChangeKind.WAYS_CHOSEN:
            self.ways = frozenset(way for way in Way if way.value in words)
        elif change.kind is ChangeKind.CLEARER_ASKED and change.line:
            self.clearer.add(change.line)
        elif change.kind is ChangeKind.FIT_ASKED:
            self.fit_asked_at = change.at
        else:
            self._hold(change)

    def _hold(self, change: PlanChange) -> None:
        section = change.section
        if change.kind is ChangeKind.HELD_ASKED:
            self.ending = self.ending or change.words == AT_END
            self.held_asked = section
            self._mark_held(section, asked=True)
        elif change.kind is ChangeKind.HELD_PASSED_OVER:
            self.held_asked = None
        elif change.kind is ChangeKind.HELD_SETTLED:
            self.held = [one for one in self.held if one.section is not section]
            self.held_asked = None
        elif section is not None and change.words is not None:
            self.held.append(HeldLine(section, change.words))
            self.opened_at = change.at

    def _mark_held(self, section: SectionId | None, *, asked: bool) -> None:
        self.held = [
            replace(
                one,
                asked=asked,
                asked_at_end=one.asked_at_end or (asked and self.ending),
            )
            if one.section is section
            else one
            for one in self.held
        ]

    def _write(self, change: PlanChange) -> None:
        line, words = change.line, change.words
        if line is None or words is None:
            return
        if change.kind is ChangeKind.LINE_CHANGED:
            if (known := self.lines.get(line)) is not None:
                self.lines[line] = PlanLine(line, known.section, words, change.at)
            return
        if change.section is None or line in self.lines:
            return
        self.lines[line] = PlanLine(line, change.section, words, change.at)
        self._insert(line, change.section, change.position)
        if change.section is self.open:
            self.unchecked.append(line)

    def _place(self, change: PlanChange) -> None:
        known = self.lines.get(change.line) if change.line else None
        if known is None:
            return
        self.order[known.section].remove(known.id)
        if change.kind is ChangeKind.LINE_REMOVED:
            del self.lines[known.id]
            return
        section = change.section or known.section
        self.lines[known.id] = PlanLine(known.id, section, known.words, change.at)
        self._insert(known.id, section, change.position)

    def _insert(
        self, line: PlanLineId, section: SectionId, position: int | None
    ) -> None:
        order = self.order[section]
        order.insert(len(order) if position is None else max(0, position), line)

    def _walk(self, change: PlanChange) -> None:
        section, self.held_asked = change.section, None
        self.paused = change.kind is ChangeKind.BUILDING_PAUSED
        if change.kind is ChangeKind.BUILDING_OFFERED:
            self.offered = True
        elif change.kind is ChangeKind.SECTION_OPENED and section is not None:
            if section is not self.open:
                self.shown, self.unchecked = (), []
            self.open, self.started, self.opened_at = section, True, change.at
            self.ending = False
            self._mark_held(section, asked=False)
        elif not self.paused and section is not None:
            self.started = True
            if change.kind is ChangeKind.SECTION_CLOSED:
                self.closed.add(section)
            else:
                self.skips[section] = self.skips.get(section, 0) + 1
            if section is self.open:
                self.open, self.unchecked, self.shown = None, [], ()

    def plan(
        self, versions: tuple[PlanVersion, ...], last_change_at: datetime | None
    ) -> SafetyPlan:
        return SafetyPlan(
            sections=MappingProxyType(
                {
                    section: tuple(self.lines[line] for line in order)
                    for section, order in self.order.items()
                    if order
                }
            ),
            name=self.name,
            open_section=self.open,
            unchecked=tuple(
                line
                for line in map(self.lines.get, self.unchecked)
                if line is not None and line.section is self.open
            ),
            paused=self.paused,
            offered=self.offered,
            started=self.started,
            closed=frozenset(self.closed),
            skips=MappingProxyType(dict(self.skips)),
            ideas_shown=self.shown,
            picking=self.picking,
            ideas_seen=frozenset(self.seen),
            ideas_hidden=frozenset(self.hidden),
            ways=self.ways,
            asked_clearer=frozenset(self.clearer),
            fit_asked_at=self.fit_asked_at,
            opened_at=self.opened_at if self.open is not None else None,
            held=tuple(self.held),
            held_asked=self.held_asked,
            ending=self.ending,
            versions=versions,
            last_change_at=last_change_at,
        )
