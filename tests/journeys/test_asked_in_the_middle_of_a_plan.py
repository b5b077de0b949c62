"""What is asked for in the middle of a plan is answered alone, and is no line of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foundations.saying import Choice
from safety_plans.editing import plan_of
from safety_plans.plan import SafetyPlan
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


def the_plan(robin: Sms | WebChat) -> SafetyPlan:
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()
    return robin.handrail.record(
        lambda unit: plan_of(unit.plans, unit.conversations.get(here).young_person)
    )


def lines(robin: Sms | WebChat) -> list[str]:
    """Every line, and what is held."""
    plan = the_plan(robin)
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


@pytest.mark.parametrize("up", [True, False])
def test_what_is_said_to_the_asking_for_a_person_is_no_line_unasked(
    robin: Sms | WebChat, dialogue: ReadableDialogue, up: bool
) -> None:
    robin.young_person_says("PERSON")
    assert heard_by(robin) == ["handover.ask_reach"]
    dialogue.away, dialogue.key = not up, "about.will_you_tell"
    dialogue.then = ("plan.ask_getting_through",)
    robin.young_person_says("sumone called bob or that")

    assert heard_by(robin)[-1].startswith("handover.ask_reach")
    assert "plan.ask_getting_through" not in heard_by(robin)
    assert "plan.held" not in heard_by(robin)
    assert the_plan(robin).all_lines == ()
    assert not up or dialogue.asked[-1].answers_care


@pytest.mark.parametrize(
    ("wish", "asks"),
    [
        ("back to my plan", "plan.ask_getting_through"),
        ("actually no i wanna finish my plan", "plan.ask_getting_through"),
        ("go to part 3", "plan.ask_lift_or_calm"),
    ],
)
def test_a_wish_for_the_plan_puts_it_aside_and_an_answer_is_a_line_again(
    robin: Sms | WebChat, wish: str, asks: str
) -> None:
    for said in ("PERSON", wish):
        robin.young_person_says(said)
    assert heard_by(robin) == [asks]
    robin.young_person_says("loud music")

    assert heard_by(robin) == ["plan.check"]
    assert lines(robin) == ["loud music"]


@pytest.mark.parametrize("said", ["don't share", "dont share"])
def test_a_preview_is_turned_down_in_its_own_words_whatever_was_said_since(
    robin: Sms | WebChat, said: str
) -> None:
    for before in ("loud music", "share all with nan", "thanks", said):
        robin.young_person_says(before)

    assert heard_by(robin)[0] == "plan.share_not_now"
    assert lines(robin) == ["loud music"]


@pytest.mark.parametrize("said", ["who can see my plan now", "who sees my plan"])
def test_who_can_see_it_is_answered_in_other_words(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin)[0] == "plan.shared_with_nobody"
    assert lines(robin) == []


@pytest.mark.parametrize("said", ["can i lock it", "how do i hide it"])
def test_a_lock_is_told_of_in_the_middle_of_a_plan(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin) == ["texting.how_to_lock"]
    assert lines(robin) == []


def test_a_lock_alone_may_be_a_line_while_a_plan_is_made(robin: Sms | WebChat) -> None:
    robin.young_person_says("lock it")
    assert heard_by(robin) == ["plan.check"]
    for said in ("pause", "lock it"):
        robin.young_person_says(said)

    assert heard_by(robin) == ["texting.how_to_lock"]


@pytest.mark.parametrize("said", ["all", "just 1", "part 1"])
def test_other_parts_after_a_preview_are_previewed_and_nothing_is_shared(
    robin: Sms | WebChat, said: str
) -> None:
    for before in ("loud music", "share 1 with nan", said):
        robin.young_person_says(before)

    assert heard_by(robin) == ["plan.share_preview"]
    assert lines(robin) == ["loud music"]


def test_a_number_is_a_yes_to_a_preview_only_where_it_was_shown(
    robin: Sms | WebChat,
) -> None:
    for before in ("loud music", "share 1 with nan", "1"):
        robin.young_person_says(before)

    shared = isinstance(robin, Sms)
    assert heard_by(robin)[0] == ("plan.share_link" if shared else "plan.share_preview")


def test_what_is_asked_about_a_preview_is_no_line_unasked(robin: Sms | WebChat) -> None:
    for before in ("loud music", "share 1 with nan", "nan gets a text then"):
        robin.young_person_says(before)

    assert [line.words for line in the_plan(robin).all_lines] == ["loud music"]


def test_who_can_see_it_names_whoever_it_is_shared_with(robin: Sms | WebChat) -> None:
    for before in ("loud music", "share 1 with nan", "share now", "who can see it"):
        robin.young_person_says(before)

    assert heard_by(robin)[0] == "plan.shared_with"


def test_what_an_answer_asks_at_its_end_is_left_out_before_the_plans_question(
    robin: Sms | WebChat, dialogue: ReadableDialogue
) -> None:
    dialogue.away, dialogue.key = False, "feelings.bored"
    dialogue.then = ("plan.ask_getting_through",)
    dialogue.choices = (
        Choice("Make a plan", "make a plan"),
        Choice("It's more than bored", "i'm having a hard time"),
    )
    robin.young_person_says("im so bored rn")
    here = robin.conversation if isinstance(robin, WebChat) else robin.conversation()
    said = robin.handrail.record(lambda unit: unit.messages.last_answer(here))
    asides, asks = said

    assert heard_by(robin) == ["feelings.bored", "plan.ask_getting_through"]
    assert "?" not in asides.text
    assert "?" in asks.text
    assert [one.label for one in asides.choices] == ["It's more than bored"]
