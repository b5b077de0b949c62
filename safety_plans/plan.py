"""The safety plan: its sections and lines, and the changes that it is made of."""

from collections.abc import Mapping
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
    LINE_HELD = "line_held"
    HELD_ASKED = "held_asked"
    HELD_PASSED_OVER = "held_passed_over"
    HELD_SETTLED = "held_settled"


AT_END: Final = "at_end"
"""The words of HELD_ASKED when every section had been asked about already."""


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
    `position` counts from 0 within a section; None means the end. `heard` is the
    message that led to it, so that one message is taken once however often it comes.
    """

    id: str
    kind: ChangeKind
    at: datetime
    line: PlanLineId | None = None
    section: SectionId | None = None
    words: str | None = None
    position: int | None = None
    undoes: str | None = None
    heard: str | None = None


@dataclass(frozen=True)
class PlanLine:
    """One line of a plan, word for word as the person wrote or picked it."""

    id: PlanLineId
    section: SectionId
    words: str
    changed_at: datetime


@dataclass(frozen=True)
class HeldLine:
    """What was written in a section and may be a line of it: nobody has said yet.

    It is kept until the person says; `asked` since the section was last opened,
    `asked_at_end` when every section had been asked about.
    """

    section: SectionId
    words: str
    asked: bool = False
    asked_at_end: bool = False


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
    `picking` is true when ideas were the last thing shown. `opened_at` is when the
    open section was opened, or when words were last held back from it. `held_asked` is
    the section whose held lines the question now open is about; `ending`, that every
    section had been asked about when its question came.
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
    opened_at: datetime | None = None
    held: tuple[HeldLine, ...] = ()
    held_asked: SectionId | None = None
    ending: bool = False
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

BESIDE_THE_QUESTION: Final = frozenset(
    {ChangeKind.CLEARER_ASKED, ChangeKind.FIT_ASKED, ChangeKind.LINE_HELD}
)
"""Notes of what was asked: they leave the choices that were shown as they are."""

WALKING: Final = frozenset(
    {
        ChangeKind.SECTION_OPENED,
        ChangeKind.SECTION_SKIPPED,
        ChangeKind.SECTION_CLOSED,
        ChangeKind.BUILDING_OFFERED,
        ChangeKind.BUILDING_PAUSED,
    }
)
"""The changes that move the building of a plan on."""


def is_being_built(last_walked: ChangeKind | None) -> bool:
    """Tell from the last change of `WALKING` whether a question is open.

    The same as `plan_from(...).stage is not None`, without reading the plan.
    """
    return last_walked in (ChangeKind.SECTION_OPENED, ChangeKind.BUILDING_OFFERED)
