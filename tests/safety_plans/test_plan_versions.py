"""How a plan was can be looked at, and wiped for good, and nothing of it is lost."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from kept_in_memory import KeptInMemory
from plan_services import ROBIN
from test_plan_history import CHANGES
from texting import WORDS, Texting

from bot.turns.safety_plan_versions import old_versions, version_shown
from foundations.saying import Channel
from safety_plans import editing
from safety_plans.folding import plan_from
from safety_plans.plan import PlanChange, SectionId, Way
from safety_plans.starting_afresh import put_together, without_the_past

CALM = SectionId.LIFT_OR_CALM
MONDAY = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def written_over_three_days() -> KeptInMemory:
    history = KeptInMemory()
    (tea,) = editing.add_lines(history, ROBIN, CALM, ["tea"], now=MONDAY)
    editing.add_lines(history, ROBIN, CALM, ["music"], now=MONDAY)
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
    editing.change_line(history, ROBIN, tea, "give nan the tablets", now=tuesday)
    editing.add_lines(history, ROBIN, CALM, ["my dog"], now=friday)
    return history


def texts(says: object) -> str:
    return "\n".join(WORDS.render(say, Channel.SMS).text for say in says)


def test_old_versions_are_listed_by_day_newest_first() -> None:
    (said,) = old_versions(written_over_three_days().changes(ROBIN))

    assert [choice.label for choice in said.choices] == [
        "Tue 3 November 2026",
        "Mon 2 November 2026",
    ]


def test_a_version_is_shown_as_it_was_and_says_that_it_is_old() -> None:
    changes = written_over_three_days().changes(ROBIN)

    shown = texts(version_shown("plan version 2", changes))

    assert "Mon 2 November 2026" in shown
    assert "- tea\n- music" in shown
    assert "my dog" not in shown


def test_an_old_version_repeats_no_words_about_harm_either() -> None:
    shown = texts(
        version_shown("plan version 3", written_over_three_days().changes(ROBIN))
    )

    assert "tablets" not in shown
    assert "1 line kept private" in shown


def test_a_version_that_is_not_there_is_answered() -> None:
    changes = written_over_three_days().changes(ROBIN)

    for text in ("plan version 0", "plan version 99", "plan version"):
        assert [say.key for say in version_shown(text, changes)] == [
            "plan.no_such_version"
        ]


def test_wiping_leaves_the_plan_and_nothing_of_how_it_was() -> None:
    history = written_over_three_days()
    before = history.plan(ROBIN)

    editing.wipe_the_past(history, ROBIN, now=MONDAY + timedelta(days=5))

    changes = history.changes(ROBIN)
    assert [line.words for line in plan_from(changes).all_lines] == [
        line.words for line in before.all_lines
    ]
    assert "tea" not in {change.words for change in changes}
    assert [say.key for say in old_versions(changes)] == ["plan.no_old_versions"]


def test_undo_after_wiping_takes_nothing_away() -> None:
    history = written_over_three_days()
    editing.wipe_the_past(history, ROBIN, now=MONDAY)

    assert editing.undo(history, ROBIN, now=MONDAY) == ()
    editing.add_lines(history, ROBIN, CALM, ["new"], now=MONDAY)
    assert len(editing.undo(history, ROBIN, now=MONDAY)) == 1
    assert len(history.plan(ROBIN).all_lines) == 3


def test_wiping_in_the_middle_of_building_leaves_the_question_where_it_was() -> None:
    robin = Texting().starts().says("easy mode", "1", "skip", "my own song")
    before = robin.plan

    editing.wipe_the_past(robin.history, ROBIN, now=MONDAY)

    after = robin.plan
    assert (after.open_section, after.stage, after.ways) == (
        before.open_section,
        before.stage,
        before.ways,
    )
    assert [line.id for line in after.unchecked] == [
        line.id for line in before.unchecked
    ]
    assert editing.next_section(after) == editing.next_section(before)


@given(st.lists(CHANGES, max_size=30))
def test_whatever_was_done_wiping_changes_nothing_the_plan_says(
    changes: list[PlanChange],
) -> None:
    before = plan_from(changes)
    after = plan_from(without_the_past(before, now=MONDAY))

    assert [(line.id, line.words) for line in after.all_lines] == [
        (line.id, line.words) for line in before.all_lines
    ]
    assert after.name == before.name
    assert after.paused == before.paused
    assert after.open_section == before.open_section
    assert after.skips == before.skips
    assert after.ways == before.ways


def by_one(*words: str, at: datetime) -> list[PlanChange]:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, words, now=at)
    return list(history.changes(ROBIN))


def test_two_plans_become_one_with_every_line_of_both_and_none_twice() -> None:
    phone = by_one("tea", "my dog", at=MONDAY)
    web = by_one("Tea ", "drawing", at=MONDAY + timedelta(hours=1))

    together = plan_from(put_together(phone, web, now=MONDAY + timedelta(hours=2)))

    assert [line.words for line in together.all_lines] == ["tea", "my dog", "drawing"]


def test_a_plan_that_is_deleted_leaves_nothing_but_how_somebody_is_asked() -> None:
    history = KeptInMemory()
    editing.add_lines(history, ROBIN, CALM, ["tea"], now=MONDAY)
    editing.hold_line(history, ROBIN, CALM, "is it ok", now=MONDAY)
    editing.choose_ways(history, ROBIN, [Way.LITERAL], now=MONDAY)
    editing.delete_plan(history, ROBIN, now=MONDAY + timedelta(hours=1))

    assert history.plan(ROBIN).ways == {Way.LITERAL}
    assert "tea" not in str(history.changes(ROBIN))
    assert "is it ok" not in str(history.changes(ROBIN))
