"""A plan is built by talking to the real Rasa, on both channels."""

import asyncio
from typing import Any

import pytest

from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_means import Heard
from foundations.clock import utc_now
from safety_plans import editing
from safety_plans.folding import plan_from
from safety_plans.plan import SafetyPlan

pytestmark = pytest.mark.slow


def plan_of(someone: Any) -> SafetyPlan:
    def read(unit: Any) -> SafetyPlan:
        conversation = unit.conversations.get(someone.conversation)
        return plan_from(unit.plans.changes(conversation.young_person))

    return asyncio.run(someone.database.read(read))


def words_of(someone: Any) -> list[str]:
    return [line.words for line in plan_of(someone).all_lines]


@pytest.fixture(params=["young_person", "young_person_texting"])
def robin(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_seven_sections_are_built_and_the_whole_plan_is_read_back(robin: Any) -> None:
    robin.says("i wanna make a safety plan")
    robin.was_told("plan.permission")
    robin.says("yes")
    robin.was_told("plan.ask_getting_through")
    for number in range(7):
        robin.says(f"thing {number} one, thing {number} two")
        assert robin.replies[-1]["key"] in ("plan.check", "plan.check_private")
        robin.says("yes")

    assert robin.replies[0]["key"] == "plan.finished"
    assert len(words_of(robin)) == 14
    robin.says("show my plan")
    robin.was_told("plan.whole")
    assert "thing 6 two" in robin.replies[0]["text"]


def test_a_worry_mid_plan_is_answered_and_the_question_comes_again(robin: Any) -> None:
    robin.says("make a safety plan")
    robin.says("yes")

    robin.says("will you tell my mum")

    assert robin.replies[-1]["key"] == "plan.ask_getting_through"
    assert len(robin.replies) == 2
    assert words_of(robin) == []


def test_skip_back_ideas_and_pause_are_understood_in_their_own_spelling(
    robin: Any,
) -> None:
    robin.says("can we make a safety plan")
    robin.says("yeah")
    robin.says("skip this 1 pls")
    robin.was_told("plan.ask_making_safer")
    robin.says("go bk")
    robin.was_told("plan.ask_getting_through")
    robin.says("any ideas pls")
    robin.was_told("plan.ideas")
    robin.says(robin.choices[0])
    robin.was_told("plan.check")
    robin.says("gtg soz")
    robin.was_told("plan.paused")

    robin.says("carry on")

    robin.was_told("plan.welcome_back", "plan.check")
    assert len(words_of(robin)) == 1


def test_a_rasa_that_remembers_nothing_carries_on_mid_section(robin: Any) -> None:
    was_building(robin, "music")

    robin.says("my dog as well")

    robin.was_told("plan.check")
    assert words_of(robin) == ["music", "my dog as well"]


def was_building(someone: Any, answer: str) -> None:
    """Leave the plan open after one answer, as if Rasa had been started since."""

    def build(unit: Any) -> None:
        person = unit.conversations.get(someone.conversation).young_person
        building = Building(unit.plans, person, {}, utc_now())
        building.start()
        building.hear(Heard("yes"))
        building.hear(Heard(answer))

    asyncio.run(someone.database.write(build))


def test_after_a_plan_was_paused_elsewhere_the_next_message_is_answered_as_any_other(
    robin: Any,
) -> None:
    robin.says("make a safety plan")
    robin.says("yes")
    paused_elsewhere(robin)

    robin.says("who is open")
    robin.says("hello")
    robin.was_told("welcome.hello")
    assert plan_of(robin).stage is None


def paused_elsewhere(someone: Any) -> None:
    """Pause it as STOP does, and a worker who takes the talk over: Rasa is not told."""

    def pause(unit: Any) -> None:
        person = unit.conversations.get(someone.conversation).young_person
        editing.pause_building(unit.plans, person, now=utc_now())

    asyncio.run(someone.database.write(pause))
