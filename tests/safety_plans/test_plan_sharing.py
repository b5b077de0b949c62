"""What is previewed is what is shared, and what may not be repeated is in no share."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_in_memory import KeptInMemory
from plan_services import ROBIN

from foundations.ids import YoungPersonId
from safety_plans import editing
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sharing import (
    NothingToShare,
    PlanShare,
    PlanShareId,
    Preview,
    SharedPlan,
    ShareStatus,
    is_behind,
    preview,
)

NIGHT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CALM, SAFER = SectionId.LIFT_OR_CALM, SectionId.MAKING_SAFER
PEOPLE = SectionId.PEOPLE_TO_TALK_TO


def plan_with(lines: dict[SectionId, list[str]]) -> SafetyPlan:
    history = KeptInMemory()
    for section, words in lines.items():
        editing.add_lines(history, ROBIN, section, words, now=NIGHT)
    return history.plan(ROBIN)


def for_nan(plan: SafetyPlan, *chosen: SectionId) -> Preview:
    return preview(plan, recipient="Nan", chosen=chosen, now=NIGHT)


def lines_in(made: Preview) -> list[str]:
    return [line for part in made.shown.sections for line in part.lines]


def shared(made: Preview) -> PlanShare:
    return PlanShare(
        id=PlanShareId("share"),
        young_person=YoungPersonId("robin"),
        recipient=made.recipient,
        content=made.shown.to_bytes(),
        previewed_at=NIGHT,
        agreed_at=NIGHT,
        expires_at=made.expires_at,
        taken_back_at=None,
        last_opened_at=None,
    )


def test_only_the_chosen_sections_are_in_a_preview() -> None:
    plan = plan_with({CALM: ["tea"], PEOPLE: ["Auntie Jo"]})

    assert lines_in(for_nan(plan, CALM)) == ["tea"]


def test_what_is_kept_is_what_was_previewed_byte_for_byte() -> None:
    made = for_nan(plan_with({CALM: ["tea", "nan’s 🐶"]}), CALM)

    assert shared(made).shown == made.shown
    assert SharedPlan.from_bytes(made.shown.to_bytes()).to_bytes() == (
        made.shown.to_bytes()
    )


@pytest.mark.parametrize(
    "line", ["hide the tablets", "no p1lls near me", "keep off the bridge"]
)
def test_a_line_about_harm_is_kept_back_and_counted(line: str) -> None:
    made = for_nan(plan_with({CALM: ["tea", line]}), CALM)

    assert lines_in(made) == ["tea"]
    assert made.kept_back == 1


def test_of_making_things_safer_only_reviewed_ideas_are_shared() -> None:
    plan = plan_with({SAFER: ["Keep my door open tonight", "give it to uncle Ray"]})
    made = for_nan(plan, SAFER)

    assert lines_in(made) == ["Keep my door open tonight"]
    assert made.kept_back == 1


def test_a_name_of_the_plan_that_names_a_way_of_harm_is_not_shared() -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, ["tea"], now=NIGHT)
    editing.rename_plan(history, ROBIN, "my no blades plan", now=NIGHT)

    assert for_nan(history.plan(ROBIN), CALM).shown.name is None
    editing.rename_plan(history, ROBIN, "the Robin plan", now=NIGHT)
    assert for_nan(history.plan(ROBIN), CALM).shown.name == "the Robin plan"


def test_nothing_to_share_is_said_before_anything_is_asked() -> None:
    plan = plan_with({SAFER: ["give it to uncle Ray"]})

    for chosen in ((), (CALM,), (SAFER,)):
        with pytest.raises(NothingToShare):
            for_nan(plan, *chosen)


@pytest.mark.parametrize("recipient", ["", "  ", "\u202e", "x" * 81])
def test_a_share_is_for_someone_with_a_name(recipient: str) -> None:
    plan = plan_with({CALM: ["tea"]})

    with pytest.raises(ValueError, match="name"):
        preview(plan, recipient=recipient, chosen=[CALM], now=NIGHT)


def test_a_share_ends_by_itself() -> None:
    share = shared(for_nan(plan_with({CALM: ["tea"]}), CALM))

    assert share.status(NIGHT) is ShareStatus.OPEN
    assert share.status(NIGHT + timedelta(days=30)) is ShareStatus.EXPIRED


def test_a_line_written_later_is_in_no_share_and_the_share_is_known_to_be_behind() -> (
    None
):
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, ["tea"], now=NIGHT)
    share = shared(for_nan(history.plan(ROBIN), CALM))
    assert not is_behind(share, history.plan(ROBIN))

    editing.add_lines(history, ROBIN, CALM, ["a secret"], now=NIGHT)

    assert is_behind(share, history.plan(ROBIN))
    assert share.shown is not None
    assert share.shown.sections[0].lines == ("tea",)


@given(
    st.dictionaries(st.sampled_from(SectionId), st.lists(st.text(), max_size=4)),
    st.sets(st.sampled_from(SectionId)),
)
def test_no_share_holds_a_line_of_a_section_that_was_not_chosen(
    lines: dict[SectionId, list[str]], chosen: set[SectionId]
) -> None:
    plan = plan_with(lines)
    try:
        made = preview(plan, recipient="Nan", chosen=chosen, now=NIGHT)
    except NothingToShare:
        return

    assert {part.id for part in made.shown.sections} <= chosen
    assert len(lines_in(made)) + made.kept_back == sum(
        len(plan.lines(section)) for section in chosen
    )
