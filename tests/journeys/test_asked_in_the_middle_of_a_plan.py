"""What is asked for in the middle of a plan is answered alone, and is no line of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safety_plans.editing import plan_of
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest, handrail: Handrail) -> Sms | WebChat:
    """Someone who has just been asked the first question of a plan."""
    someone = handrail.sms() if request.param == "sms" else handrail.web_chat()
    for said in ("make a plan", "yes"):
        someone.young_person_says(said)
    assert heard_by(someone) == ["plan.ask_getting_through"]
    return someone


def lines(robin: Sms | WebChat) -> list[str]:
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()
    plan = robin.handrail.record(
        lambda unit: plan_of(unit.plans, unit.conversations.get(here).young_person)
    )
    return [line.words for line in (*plan.all_lines, *plan.held)]


@pytest.mark.parametrize("asked", ["handover.ask_reach", "own_data.would_go"])
@pytest.mark.parametrize("plans", ["plan.ask_getting_through", "plan.check"])
def test_a_question_that_was_called_for_is_asked_without_the_plans(
    robin: Sms | WebChat, dialogue: ReadableDialogue, asked: str, plans: str
) -> None:
    dialogue.away, dialogue.key, dialogue.then = False, asked, (plans,)
    robin.young_person_says("can i speak to somebody real")

    assert heard_by(robin) == [asked]


def test_another_answer_still_brings_the_plans_question_back(
    robin: Sms | WebChat, dialogue: ReadableDialogue
) -> None:
    dialogue.away, dialogue.key = False, "about.will_you_tell"
    dialogue.then = ("plan.held",)
    robin.young_person_says("will you tell my mum")

    assert heard_by(robin) == ["about.will_you_tell", "plan.held"]
