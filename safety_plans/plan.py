"""The safety plan as a fold over its changes: what was written, moved, taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from foundations.ids import PlanLineId


class SectionId(str, Enum):
    """A section of the plan; the values are stored, so they outlive any wording."""

    GETTING_THROUGH = "getting_through"
    MAKING_SAFER = "making_safer"
    LIFT_OR_CALM = "lift_or_calm"
    DISTRACTIONS = "distractions"
    PEOPLE_TO_SUPPORT = "people_to_support"
    PEOPLE_TO_TALK_TO = "people_to_talk_to"
    EMERGENCY_SUPPORT = "emergency_support"
    SIGNS = "signs"
    WHAT_MATTERS = "what_matters"


SEVEN: Final = tuple(SectionId)[:7]
"""The sections every plan offers, in the order of a Staying Safe style plan."""

OPTIONAL: Final = tuple(SectionId)[7:]
"""Cards a person may add: signs it is getting harder, and what matters to them."""


class ChangeKind(str, Enum):
    """Something that was done to a plan or to the building of it."""

    LINE_ADDED = "line_added"
    LINE_CHANGED = "line_changed"
    LINE_MOVED = "line_moved"
    LINE_REMOVED = "line_removed"
    CHANGE_UNDONE = "change_undone"
    PAST_WIPED = "past_wiped"
    SECTION_OPENED = "section_opened"
    SECTION_SKIPPED = "section_skipped"
    SECTION_CLOSED = "section_closed"
    PLAN_RENAMED = "plan_renamed"
    BUILDING_OFFERED = "building_offered"
    BUILDING_PAUSED = "building_paused"
    IDEAS_SHOWN = "ideas_shown"
    IDEA_HIDDEN = "idea_hidden"
    WAYS_CHOSEN = "ways_chosen"
    CLEARER_ASKED = "clearer_asked"
    FIT_ASKED = "fit_asked"


class Way(str, Enum):
    """A way to be asked that a person chose; none of them is the usual way.

    EASY: three choices to pick from instead of questions, for when it is all too much.
    LITERAL: exact words, an example, and what happens next.
    """

    EASY = "easy"
    LITERAL = "literal"


@dataclass(frozen=True)
class PlanChange:
    """One appended fact about a plan; never edited, only undone by a later one.

    `words` are the person's own (a line, a name), idea ids for ideas, or ways.
    `position` counts from 0 within a section; None means the end.
    """

    id: str
    kind: ChangeKind
    at: datetime
    line: PlanLineId | None = None
    section: SectionId | None = None
    words: str | None = None
    position: int | None = None
    undoes: str | None = None


@dataclass(frozen=True)
class PlanLine:
    """One line of a plan, word for word as the person wrote or picked it."""

    id: PlanLineId
    section: SectionId
    words: str
    changed_at: datetime


@dataclass(frozen=True)
class PlanVersion:
    """The plan as it stood after one act of the person; numbers count from 1."""

    number: int
    at: datetime


class Stage(str, Enum):
    """What the building of a plan waits for next."""

    PERMISSION = "permission"
    ANSWER = "answer"
    CHECK = "check"


@dataclass(frozen=True)
class SafetyPlan:
    """A plan now: its lines by section, and where the building of it has got to.

    `unchecked` lines were added to the open section and not yet read back as right;
    `picking` is true when ideas were the last thing shown.
    """

    sections: Mapping[SectionId, tuple[PlanLine, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    name: str | None = None
    open_section: SectionId | None = None
    unchecked: tuple[PlanLine, ...] = ()
    paused: bool = False
    offered: bool = False
    started: bool = False
    closed: frozenset[SectionId] = frozenset()
    skips: Mapping[SectionId, int] = field(default_factory=lambda: MappingProxyType({}))
    ideas_shown: tuple[str, ...] = ()
    picking: bool = False
    ideas_seen: frozenset[str] = frozenset()
    ideas_hidden: frozenset[str] = frozenset()
    ways: frozenset[Way] = frozenset()
    asked_clearer: frozenset[PlanLineId] = frozenset()
    fit_asked_at: datetime | None = None
    versions: tuple[PlanVersion, ...] = ()
    last_change_at: datetime | None = None

    def lines(self, section: SectionId) -> tuple[PlanLine, ...]:
        """Give the lines of one section, in the person's order."""
        return self.sections.get(section, ())

    @property
    def all_lines(self) -> tuple[PlanLine, ...]:
        """Give every line, section by section."""
        return tuple(line for section in SectionId for line in self.lines(section))

    @property
    def written_at(self) -> datetime | None:
        """Tell when the plan last came to say something else; None while unwritten."""
        return self.versions[-1].at if self.versions else None

    @property
    def skipped(self) -> frozenset[SectionId]:
        """Name the sections passed over and still empty."""
        return frozenset(s for s in self.skips if not self.lines(s))

    @property
    def stage(self) -> Stage | None:
        """Say what building waits for; None when nothing is being built now."""
        if self.paused:
            return None
        if self.open_section is not None:
            return Stage.CHECK if self.unchecked else Stage.ANSWER
        return Stage.PERMISSION if self.offered and not self.started else None


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


WRITING: Final = frozenset(
    {
        ChangeKind.LINE_ADDED,
        ChangeKind.LINE_CHANGED,
        ChangeKind.LINE_MOVED,
        ChangeKind.LINE_REMOVED,
        ChangeKind.PLAN_RENAMED,
    }
)
"""The changes to what a plan says, which a person may undo."""

BESIDE_THE_QUESTION: Final = frozenset({ChangeKind.CLEARER_ASKED, ChangeKind.FIT_ASKED})
"""Notes of what was asked: they leave the choices that were shown as they are."""


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
        section = change.section
        self.paused = change.kind is ChangeKind.BUILDING_PAUSED
        if change.kind is ChangeKind.BUILDING_OFFERED:
            self.offered = True
        elif change.kind is ChangeKind.SECTION_OPENED and section is not None:
            if section is not self.open:
                self.shown, self.unchecked = (), []
            self.open, self.started = section, True
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
            versions=versions,
            last_change_at=last_change_at,
        )
