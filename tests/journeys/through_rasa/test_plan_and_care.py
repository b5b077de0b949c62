"""Being safe, a question of ours and the plan, one at a time, through the real Rasa."""

import pytest

from foundations.gsm7 import segments
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    """Someone who has just been asked how to make things safer."""
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    for said in ("make a plan", "yes", "loud music", "yes"):
        someone.young_person_says(said)
    assert heard_by(someone) == ["plan.ask_making_safer"]
    return someone


def part_2(robin: Sms | WebChat) -> str:
    robin.young_person_says("PLAN 2")
    return "\n".join(
        robin.texts[-1:]
        if isinstance(robin, Sms)
        else [said["text"] for said in robin.messages]
    )


def test_who_is_near_is_heard_and_no_line_is_made_of_it(robin: Sms | WebChat) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("no")
    robin.was_sent("escalation.not_safe")
    robin.young_person_says("i got my nan here")
    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.ask_making_safer"]
    robin.young_person_says("thx")

    assert "nan" not in part_2(robin)
    assert "nothing here yet" in part_2(robin)


def test_what_answers_neither_is_held_and_asked_about(robin: Sms | WebChat) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("sat with her from upstairs")
    assert heard_by(robin) == ["plan.unsure", "escalation.ask_safe"]
    robin.young_person_says("yh i am")
    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.held"]
    robin.young_person_says("yes")

    assert heard_by(robin) == ["plan.check_private"]


def test_a_no_to_delete_wipes_nothing_and_the_plan_goes_on(
    robin: Sms | WebChat,
) -> None:
    for asked in ("DELETE", "delete my stuff pls"):
        robin.young_person_says(asked)
        assert heard_by(robin) == ["own_data.would_go"]
        robin.young_person_says("no")

        assert heard_by(robin) == ["own_data.all_kept", "plan.ask_making_safer"]


def test_a_worry_in_the_day_after_brings_one_question(robin: Sms | WebChat) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("wat if my mum finds out")

    assert heard_by(robin) == ["about.will_you_tell", "escalation.ask_safe"]
    if isinstance(robin, Sms):
        text = robin.texts[-1]
        assert text.endswith("1 I'm safe right now\n2 I'm not safe")
        assert segments(text) <= 2


@pytest.mark.parametrize("door", ["sms", "web"])
def test_an_answer_before_the_yes_is_kept_and_asked_about_after_it(
    request: pytest.FixtureRequest, door: str
) -> None:
    someone: Sms | WebChat = request.getfixturevalue(door)
    someone.young_person_says("make a plan")
    someone.young_person_says("drawing my cat")
    assert heard_by(someone) == ["plan.kept_for_yes", "plan.permission_again"]
    someone.young_person_says("yh")
    assert heard_by(someone) == ["plan.held"]
    someone.young_person_says("yes")

    assert "- drawing my cat" in someone.was_sent("plan.check")


def test_sorry_after_crisis_words_ends_no_plan_and_is_no_line(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("i want 2 die")
    robin.young_person_says("sorry")
    assert heard_by(robin) == ["plan.no_sorry", "escalation.ask_safe"]
    robin.young_person_says("yeah im ok")

    assert heard_by(robin) == ["escalation.glad_safe_plan", "plan.ask_making_safer"]
