"""A plan is what its history makes it, whatever order things were done in."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_in_memory import KeptInMemory

from foundations.ids import PlanLineId, YoungPersonId
from safety_plans import editing
from safety_plans.folding import plan_at, plan_from
from safety_plans.plan import (
    WALKING,
    ChangeKind,
    PlanChange,
    SectionId,
    Stage,
    is_being_built,
)
from safety_plans.repository import ReadOnce

ROBIN = YoungPersonId("robin")
NIGHT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
RIGHT_NOW = SectionId.GETTING_THROUGH
CALM = SectionId.LIFT_OR_CALM


def words_in(history: KeptInMemory, section: SectionId) -> list[str]:
    return [line.words for line in history.plan(ROBIN).lines(section)]


def test_what_was_added_is_kept_word_for_word_and_in_order() -> None:
    history = KeptInMemory()

    editing.add_lines(history, ROBIN, CALM, ["  Tea ", "ma’s music"], now=NIGHT)

    assert words_in(history, CALM) == ["  Tea ", "ma’s music"]


@pytest.mark.parametrize(
    "odd",
    [
        "🐶💜👩‍👩‍👧",
        "أختي نور",
        "\u202eturned around",
        "<script>alert(1)</script>",
        "=SUM(A1:A9)",
        "nul\x00inside",
        "{lines} {0[0]} %s",
        "x" * 10_000,
    ],
)
def test_odd_words_are_kept_exactly(odd: str) -> None:
    history = KeptInMemory()

    editing.add_lines(history, ROBIN, CALM, [odd], now=NIGHT)

    assert words_in(history, CALM) == [odd]


def test_one_undo_takes_back_one_whole_answer() -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, ["tea"], now=NIGHT)
    editing.add_lines(history, ROBIN, CALM, ["music", "my dog"], now=NIGHT)

    editing.undo(history, ROBIN, now=NIGHT)

    assert words_in(history, CALM) == ["tea"]


def test_undo_after_undo_goes_one_answer_further_back() -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, ["tea"], now=NIGHT)
    editing.add_lines(history, ROBIN, CALM, ["music"], now=NIGHT)

    editing.undo(history, ROBIN, now=NIGHT)
    editing.undo(history, ROBIN, now=NIGHT)

    assert words_in(history, CALM) == []
    assert editing.undo(history, ROBIN, now=NIGHT) == ()


def test_taking_back_an_undo_brings_the_line_back() -> None:
    added = PlanChange("1", ChangeKind.LINE_ADDED, NIGHT, PlanLineId("a"), CALM, "tea")
    undone = PlanChange("2", ChangeKind.CHANGE_UNDONE, NIGHT, undoes="1")
    back = PlanChange("3", ChangeKind.CHANGE_UNDONE, NIGHT, undoes="2")

    assert plan_from([added, undone]).all_lines == ()
    assert [line.words for line in plan_from([added, undone, back]).all_lines] == [
        "tea"
    ]


def test_a_removed_line_comes_back_where_it_was() -> None:
    history = KeptInMemory()
    _, middle, _ = editing.add_lines(history, ROBIN, CALM, ["a", "b", "c"], now=NIGHT)
    editing.remove_line(history, ROBIN, middle, now=NIGHT)

    editing.undo(history, ROBIN, now=NIGHT)

    assert words_in(history, CALM) == ["a", "b", "c"]


def test_a_line_moves_between_sections_and_keeps_its_words() -> None:
    history = KeptInMemory()
    (line,) = editing.add_lines(history, ROBIN, CALM, ["ring nan"], now=NIGHT)

    editing.move_line(history, ROBIN, line, section=RIGHT_NOW, now=NIGHT)

    assert words_in(history, CALM) == []
    assert words_in(history, RIGHT_NOW) == ["ring nan"]


def test_a_plan_can_be_looked_back_at_as_it_was() -> None:
    history = KeptInMemory()
    (line,) = editing.add_lines(history, ROBIN, CALM, ["tea"], now=NIGHT)
    later = NIGHT + timedelta(days=3)
    editing.change_line(history, ROBIN, line, "coffee", now=later)
    changes = history.changes(ROBIN)

    first, second = plan_from(changes).versions

    assert (first.number, second.number, second.at) == (1, 2, later)
    assert plan_at(changes, 1).lines(CALM)[0].words == "tea"
    assert plan_at(changes, 2).lines(CALM)[0].words == "coffee"
    with pytest.raises(ValueError, match="no such version"):
        plan_at(changes, 3)


def test_a_clock_that_goes_back_changes_nothing_of_the_order() -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, ["first"], now=NIGHT)
    editing.add_lines(history, ROBIN, CALM, ["second"], now=NIGHT - timedelta(hours=1))

    editing.undo(history, ROBIN, now=NIGHT - timedelta(hours=2))

    assert words_in(history, CALM) == ["first"]


def test_building_waits_for_permission_then_an_answer_then_a_check() -> None:
    history = KeptInMemory()
    assert history.plan(ROBIN).stage is None

    editing.offer_building(history, ROBIN, now=NIGHT)
    assert history.plan(ROBIN).stage is Stage.PERMISSION
    editing.open_section(history, ROBIN, RIGHT_NOW, now=NIGHT)
    assert history.plan(ROBIN).stage is Stage.ANSWER
    editing.add_lines(history, ROBIN, RIGHT_NOW, ["music"], now=NIGHT)
    assert history.plan(ROBIN).stage is Stage.CHECK
    editing.undo(history, ROBIN, now=NIGHT)
    assert history.plan(ROBIN).stage is Stage.ANSWER


def test_a_pause_keeps_the_place_and_what_was_not_yet_checked() -> None:
    history = KeptInMemory()
    editing.open_section(history, ROBIN, CALM, now=NIGHT)
    editing.add_lines(history, ROBIN, CALM, ["tea"], now=NIGHT)
    editing.pause_building(history, ROBIN, now=NIGHT)
    assert history.plan(ROBIN).stage is None

    editing.open_section(history, ROBIN, CALM, now=NIGHT)

    assert history.plan(ROBIN).stage is Stage.CHECK
    assert [line.words for line in history.plan(ROBIN).unchecked] == ["tea"]


def test_making_things_safer_is_offered_once_more_when_skipped() -> None:
    history = KeptInMemory()
    asked = []
    for _ in range(9):
        section = editing.next_section(history.plan(ROBIN))
        if section is None:
            break
        asked.append(section)
        editing.open_section(history, ROBIN, section, now=NIGHT)
        editing.skip_section(history, ROBIN, section, now=NIGHT)

    assert asked == [*list(SectionId)[:7], SectionId.MAKING_SAFER]


def test_a_history_read_once_stays_in_step_with_what_is_appended() -> None:
    kept = KeptInMemory()
    once = ReadOnce(kept)

    editing.add_lines(once, ROBIN, CALM, ["tea"], now=NIGHT)
    editing.add_lines(once, ROBIN, CALM, ["music"], now=NIGHT)

    assert list(once.changes(ROBIN)) == list(kept.changes(ROBIN))
    assert len(kept.changes(ROBIN)) == 2


IDS = st.sampled_from([PlanLineId(n) for n in "abcdef"])
MOMENTS = st.integers(0, 20).map(lambda minutes: NIGHT + timedelta(minutes=minutes))
CHANGES = st.builds(
    PlanChange,
    id=st.sampled_from([f"change-{n}" for n in range(30)]),
    kind=st.sampled_from(ChangeKind),
    at=MOMENTS,
    line=st.none() | IDS,
    section=st.none() | st.sampled_from(SectionId),
    words=st.none() | st.text(max_size=8),
    position=st.none() | st.integers(-3, 300),
    undoes=st.none() | st.sampled_from([f"change-{n}" for n in range(30)]),
)


@given(st.lists(CHANGES, max_size=40))
def test_any_order_of_edits_and_undos_makes_a_whole_plan(
    changes: list[PlanChange],
) -> None:
    plan = plan_from(changes)

    ids = [line.id for line in plan.all_lines]
    assert len(ids) == len(set(ids))
    assert all(
        line.section is section
        for section in plan.sections
        for line in plan.lines(section)
    )
    written = {change.words for change in changes if change.words is not None}
    assert {line.words for line in plan.all_lines} <= written
    assert set(plan.unchecked) <= set(plan.all_lines)


ACTS = ("add", "change", "move", "remove")


@given(st.lists(st.sampled_from(ACTS), max_size=25))
def test_undoing_everything_leaves_nothing_whatever_was_done(acts: list[str]) -> None:
    history = KeptInMemory()
    for number, act in enumerate(acts):
        lines = history.plan(ROBIN).all_lines
        last = lines[-1].id if lines else PlanLineId("none")
        match act:
            case "add":
                editing.add_lines(history, ROBIN, CALM, [f"{number}", "x"], now=NIGHT)
            case "change":
                editing.change_line(history, ROBIN, last, f"{number}", now=NIGHT)
            case "move":
                editing.move_line(
                    history, ROBIN, last, section=RIGHT_NOW, position=0, now=NIGHT
                )
            case "remove":
                editing.remove_line(history, ROBIN, last, now=NIGHT)

    before = [history.plan(ROBIN).sections]
    for _ in acts:
        editing.undo(history, ROBIN, now=NIGHT)
        before.append(history.plan(ROBIN).sections)

    assert history.plan(ROBIN).all_lines == ()
    assert len(before) == len(acts) + 1


def test_a_plan_of_two_hundred_lines_and_many_edits_folds_in_milliseconds() -> None:
    history = KeptInMemory()
    lines = editing.add_lines(
        history, ROBIN, CALM, [f"line {n}" for n in range(200)], now=NIGHT
    )
    for line in lines:
        editing.change_line(history, ROBIN, line, "changed", now=NIGHT)
    changes = history.changes(ROBIN)

    quickest = min(_seconds_to_fold(changes) for _ in range(5))

    assert len(changes) == 400
    assert quickest < 0.02


def _seconds_to_fold(changes: object) -> float:
    # Of its own thread's work: another process may take any amount meanwhile.
    started = time.thread_time()
    plan_from(changes)  # type: ignore[arg-type]
    return time.thread_time() - started


WALKS = st.sampled_from(("offer", "open", "skip", "close", "pause", "add"))


@given(st.lists(WALKS, max_size=25))
def test_the_last_step_alone_tells_whether_a_question_is_open(walks: list[str]) -> None:
    history = KeptInMemory()
    for walk in walks:
        plan = history.plan(ROBIN)
        here = plan.open_section
        match walk:
            case "offer" if not plan.started:
                editing.offer_building(history, ROBIN, now=NIGHT)
            case "open":
                section = editing.next_section(plan) or CALM
                editing.open_section(history, ROBIN, section, now=NIGHT)
            case "skip" if here and not plan.paused:
                editing.skip_section(history, ROBIN, here, now=NIGHT)
            case "close" if here and not plan.paused:
                editing.close_section(history, ROBIN, here, now=NIGHT)
            case "pause" if plan.stage is not None:
                editing.pause_building(history, ROBIN, now=NIGHT)
            case "add":
                editing.add_lines(history, ROBIN, CALM, ["x"], now=NIGHT)

        changes = history.changes(ROBIN)
        walked = [change.kind for change in changes if change.kind in WALKING]
        last = walked[-1] if walked else None
        assert is_being_built(last) == (history.plan(ROBIN).stage is not None)
