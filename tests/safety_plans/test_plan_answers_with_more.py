"""An answer that holds more than one: a question beside it, or another part's line."""

import pytest
from texting import Texting

from safety_plans.plan import SectionId

FOUR = SectionId.DISTRACTIONS


def asked() -> Texting:
    """Someone who is asked the first question of a plan."""
    return Texting().starts().says("yes")


def words(robin: Texting, section: SectionId) -> list[str]:
    return [line.words for line in robin.plan.lines(section)]


def test_the_answer_beside_a_question_is_kept_and_asked_about() -> None:
    robin = asked().says("drawing and tea. who can see this?")

    assert [one.words for one in robin.plan.held] == ["drawing and tea"]
    robin.says("carry on")
    assert "drawing and tea" in robin.text
    robin.says("yes")
    assert robin.words_in_plan() == ["drawing and tea"]


def test_news_beside_a_question_is_offered_as_no_line_of_its_own() -> None:
    robin = asked().says("i feel sad. will you tell my mum?")

    assert robin.words_in_plan() == []
    assert "i feel sad" not in [one.words for one in robin.plan.held]


@pytest.mark.parametrize(
    "said",
    [
        "add swimming to part 4",
        "can u put swimming in part 4 pls",
        "swimming for part 4",
    ],
)
def test_a_line_for_another_part_goes_there(said: str) -> None:
    robin = asked().says(said)

    assert words(robin, FOUR) == ["swimming"]
    assert robin.keys == ["plan.held_added", "plan.ask_getting_through"]


@pytest.mark.parametrize(
    "said", ["music. oh and swimming for part 4", "music, oh and swimming for part 4"]
)
def test_each_goes_to_its_own_part(said: str) -> None:
    robin = asked().says(said)

    assert words(robin, SectionId.GETTING_THROUGH) == ["music"]
    assert words(robin, FOUR) == ["swimming"]
    assert robin.keys == ["plan.held_added", "plan.check"]


@pytest.mark.parametrize("said", ["add something to part 4", "add a person to part 5"])
def test_what_is_still_to_come_is_asked_for(said: str) -> None:
    robin = asked().says(said, intent="plan_add")

    assert robin.words_in_plan() == []
    assert robin.keys[0].startswith("plan.ask_")
    assert robin.plan.open_section is not SectionId.GETTING_THROUGH


def test_having_nothing_is_met_with_ideas() -> None:
    assert "plan.ideas" in asked().says("what if i dont have anything").keys


def test_numbers_beyond_a_list_pick_what_is_on_it() -> None:
    robin = Texting().starts().says("easy mode")
    first, _, third, *_ = (choice.label for choice in robin.replies[-1].choices)

    robin.says("1 3 5", intent="plan_edit")
    assert robin.words_in_plan() == [first, third]
    robin.says("7 8 9", intent="plan_edit")
    assert robin.words_in_plan() == [first, third]
