"""What a person can do to their plan; each act is appended to its history."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from foundations.ids import PlanLineId, YoungPersonId, new_id
from safety_plans.folding import in_effect, plan_from
from safety_plans.plan import (
    AT_END,
    SEVEN,
    WRITING,
    ChangeKind,
    PlanChange,
    PlanLine,
    SafetyPlan,
    SectionId,
    Way,
)
from safety_plans.repository import PlanHistory
from safety_plans.starting_afresh import without_the_past

ONE_TICK = timedelta(microseconds=1)


def plan_of(history: PlanHistory, young_person: YoungPersonId) -> SafetyPlan:
    """Read a person's plan as it stands; an empty one when nothing was written."""
    return plan_from(history.changes(young_person))


def add_lines(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    words: Iterable[str],
    *,
    now: datetime,
) -> tuple[PlanLineId, ...]:
    """Add lines to the end of a section, word for word, as one act; no blank ones."""
    lines = [(PlanLineId(new_id()), text) for text in words if text.strip()]
    _keep(
        history,
        young_person,
        [
            _change(ChangeKind.LINE_ADDED, now, line=line, section=section, words=text)
            for line, text in lines
        ],
    )
    return tuple(line for line, _ in lines)


def add_line_once(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    words: str,
    *,
    line: PlanLineId | None,
    now: datetime,
) -> None:
    """Add one line, unless these very words were added under this id before.

    Other words under a used id are a new line: nothing typed is lost.
    """
    used = [change for change in history.changes(young_person) if change.line == line]
    added = [change.words for change in used if change.kind is ChangeKind.LINE_ADDED]
    if line is not None and words in added:
        return
    if line is None or used:
        add_lines(history, young_person, section, [words], now=now)
    elif words.strip():
        change = _change(
            ChangeKind.LINE_ADDED, now, line=line, section=section, words=words
        )
        _keep(history, young_person, [change])


def change_line(
    history: PlanHistory,
    young_person: YoungPersonId,
    line: PlanLineId,
    words: str,
    *,
    now: datetime,
) -> None:
    """Put new words in place of a line's old ones; the line keeps its place."""
    _keep(
        history,
        young_person,
        [_change(ChangeKind.LINE_CHANGED, now, line=line, words=words)],
    )


def move_line(
    history: PlanHistory,
    young_person: YoungPersonId,
    line: PlanLineId,
    *,
    section: SectionId | None = None,
    position: int | None = None,
    now: datetime,
) -> None:
    """Move a line within its section or to another; places count from 0."""
    moved = _change(
        ChangeKind.LINE_MOVED, now, line=line, section=section, position=position
    )
    _keep(history, young_person, [moved])


def remove_line(
    history: PlanHistory,
    young_person: YoungPersonId,
    *lines: PlanLineId,
    now: datetime,
) -> None:
    """Take a line, or several as one act, out of the plan; undo brings them back."""
    removed = [_change(ChangeKind.LINE_REMOVED, now, line=line) for line in lines]
    _keep(history, young_person, removed)


def rename_plan(
    history: PlanHistory, young_person: YoungPersonId, name: str, *, now: datetime
) -> None:
    """Call the plan what the person calls it."""
    _keep(history, young_person, [_change(ChangeKind.PLAN_RENAMED, now, words=name)])


def undo(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> tuple[PlanChange, ...]:
    """Take back the latest act of writing that still stands; give what it was.

    An answer that made three lines is one act. Nothing to undo gives (), and so does
    what is left after the past was wiped.
    """
    writing: list[PlanChange] = []
    for change in in_effect(history.changes(young_person)):
        if change.kind is ChangeKind.PAST_WIPED:
            writing.clear()
        elif change.kind in WRITING:
            writing.append(change)
    last = tuple(change for change in writing if change.at == writing[-1].at)
    _keep(
        history,
        young_person,
        [_change(ChangeKind.CHANGE_UNDONE, now, undoes=change.id) for change in last],
    )
    return last


def wipe_the_past(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> None:
    """Forget how the plan was before; what it says now stays, every word of it."""
    plan = plan_of(history, young_person)
    history.replace(young_person, without_the_past(plan, now=now))


def delete_plan(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> None:
    """Forget every line, as it is and as it was; how a person is asked stays."""
    ways = plan_of(history, young_person).ways
    history.replace(young_person, ())
    if ways:
        choose_ways(history, young_person, ways, now=now)


def offer_building(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> None:
    """Note that building a plan was offered, so that the answer finds its question."""
    _keep(history, young_person, [_change(ChangeKind.BUILDING_OFFERED, now)])


def open_section(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    *,
    now: datetime,
) -> None:
    """Make a section the one being asked about, here and on every channel."""
    opened = _change(ChangeKind.SECTION_OPENED, now, section=section)
    _keep(history, young_person, [opened])


def skip_section(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    *,
    now: datetime,
) -> None:
    """Pass over a section; it stays empty and may be filled at any time."""
    skipped = _change(ChangeKind.SECTION_SKIPPED, now, section=section)
    _keep(history, young_person, [skipped])


def close_section(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    *,
    now: datetime,
) -> None:
    """Note that the person read a section back and found it right."""
    closed = _change(ChangeKind.SECTION_CLOSED, now, section=section)
    _keep(history, young_person, [closed])


def pause_building(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> None:
    """Stop asking for now; opening a section again carries on."""
    _keep(history, young_person, [_change(ChangeKind.BUILDING_PAUSED, now)])


def show_ideas(
    history: PlanHistory,
    young_person: YoungPersonId,
    ideas: Sequence[str],
    *,
    now: datetime,
) -> None:
    """Note the ids of ideas that were shown, so that the next ones differ."""
    shown = _change(ChangeKind.IDEAS_SHOWN, now, words=" ".join(ideas))
    _keep(history, young_person, [shown])


def hide_ideas(
    history: PlanHistory,
    young_person: YoungPersonId,
    ideas: Iterable[str],
    *,
    now: datetime,
) -> None:
    """Note the ids of ideas that are not for this person; they are not shown again."""
    hidden = [_change(ChangeKind.IDEA_HIDDEN, now, words=idea) for idea in ideas]
    _keep(history, young_person, hidden)


def choose_ways(
    history: PlanHistory,
    young_person: YoungPersonId,
    ways: Iterable[Way],
    *,
    now: datetime,
) -> None:
    """Be asked in these ways from now on, and in no others."""
    words = " ".join(sorted(way.value for way in ways))
    _keep(history, young_person, [_change(ChangeKind.WAYS_CHOSEN, now, words=words)])


def note_clearer_asked(
    history: PlanHistory,
    young_person: YoungPersonId,
    lines: Iterable[PlanLineId],
    *,
    now: datetime,
) -> None:
    """Note that these lines had their one gentle question."""
    asked = [_change(ChangeKind.CLEARER_ASKED, now, line=line) for line in lines]
    _keep(history, young_person, asked)


def note_fit_asked(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> None:
    """Note that the person was asked whether the plan still fits."""
    _keep(history, young_person, [_change(ChangeKind.FIT_ASKED, now)])


def hold_line(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    words: str,
    *,
    now: datetime,
) -> None:
    """Keep an answer aside until the person has said whether it is for the plan."""
    held = _change(ChangeKind.LINE_HELD, now, section=section, words=words)
    _keep(history, young_person, [held])


def note_held_asked(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    *,
    now: datetime,
) -> None:
    """Note that the person was asked about what is held in a section."""
    plan = plan_of(history, young_person)
    first_time = not any(x.asked_at_end for x in plan.held if x.section is section)
    at_end = next_section(plan) is None and first_time
    asked = _change(
        ChangeKind.HELD_ASKED, now, section=section, words=AT_END if at_end else None
    )
    _keep(history, young_person, [asked])


def pass_held_over(
    history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> None:
    """Note that the question about what is held got no answer; it stays held."""
    _keep(history, young_person, [_change(ChangeKind.HELD_PASSED_OVER, now)])


def held_to_ask_about(plan: SafetyPlan) -> SectionId | None:
    """Say which section's held lines are to be asked about before a plan is whole."""
    waiting = (one.section for one in plan.held if not one.asked_at_end)
    return next(waiting, None)


def settle_held(
    history: PlanHistory,
    young_person: YoungPersonId,
    section: SectionId,
    *,
    keep: bool,
    now: datetime,
) -> bool:
    """Add what a section holds, word for word, as one act; or let go of it.

    False when there was nothing: it was settled before.
    """
    here = plan_of(history, young_person).held
    here = tuple(one for one in here if one.section is section)
    held = here if keep else ()
    added = [
        _change(
            ChangeKind.LINE_ADDED,
            now,
            line=PlanLineId(new_id()),
            section=one.section,
            words=one.words,
        )
        for one in held
    ]
    settled = _change(ChangeKind.HELD_SETTLED, now, section=section)
    _keep(history, young_person, [settled, *added] if here else [])
    return bool(here)


def next_section(plan: SafetyPlan) -> SectionId | None:
    """Say which section to ask about next; None when all seven were asked about.

    Making things safer, when skipped, is offered once more at the end.
    """
    for section in SEVEN:
        if section not in plan.closed and section not in plan.skips:
            return section
    safer = SectionId.MAKING_SAFER
    if plan.skips.get(safer) == 1 and safer not in plan.closed:
        return safer
    return None


def section_before(section: SectionId) -> SectionId | None:
    """Say which section `back` goes to; None at the first."""
    place = tuple(SectionId).index(section)
    return tuple(SectionId)[place - 1] if place else None


def line_at(plan: SafetyPlan, section: SectionId, number: int) -> PlanLine | None:
    """Find a line by its number in its section, counted from 1."""
    lines = plan.lines(section)
    return lines[number - 1] if 1 <= number <= len(lines) else None


def _keep(
    history: PlanHistory, young_person: YoungPersonId, changes: Sequence[PlanChange]
) -> None:
    """Append one act, at a moment later than any before, whatever the clock says.

    Changes that share a moment are one act: one version, one undo.
    """
    if not changes:
        return
    before = history.changes(young_person)
    moment = changes[0].at
    if before and before[-1].at >= moment:
        moment = before[-1].at + ONE_TICK
    history.append(young_person, [replace(change, at=moment) for change in changes])


def _change(
    kind: ChangeKind,
    now: datetime,
    *,
    line: PlanLineId | None = None,
    section: SectionId | None = None,
    words: str | None = None,
    position: int | None = None,
    undoes: str | None = None,
) -> PlanChange:
    return PlanChange(new_id(), kind, now, line, section, words, position, undoes)
