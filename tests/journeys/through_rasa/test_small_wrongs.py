"""Small wrongs that real talk showed, held on both doors through the real Rasa."""

import pytest

from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    someone.young_person_says("hello")
    return someone


def choices(robin: Sms | WebChat) -> list[str]:
    if isinstance(robin, WebChat):
        return [one["value"] for said in robin.messages for one in said["choices"]]
    return [choice.value for said in robin.new() for choice in said.choices]


@pytest.mark.parametrize("said", ["no the other one", "other one pls", "wrong one"])
def test_the_other_one_than_a_plan_is_offered_and_the_plan_put_away(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says("make a plan")
    robin.young_person_says(said)
    assert heard_by(robin) == ["answers.the_other_than_a_plan"]
    assert choices(robin)[:2] == ["who is open now", "talk to a person"]
    robin.young_person_says("who is open now")
    assert heard_by(robin)[0] == "signposting.open_now"
    robin.young_person_says("make a plan")

    assert heard_by(robin)[-1].startswith("plan.permission")


def test_the_other_one_in_the_middle_of_a_plan_leaves_it_open(
    robin: Sms | WebChat,
) -> None:
    for said in ("make a plan", "yes", "no the other one"):
        robin.young_person_says(said)

    assert heard_by(robin)[-1] == "plan.ask_getting_through"


@pytest.mark.parametrize(
    "said", ["cary on", "carrry on", "carry onn", "cary on pls", "shw me ideas"]
)
def test_a_command_with_a_slip_is_no_line(robin: Sms | WebChat, said: str) -> None:
    for before in ("make a plan", "yes", "loud music", said):
        robin.young_person_says(before)

    robin.young_person_says("PLAN 1")
    shown = robin.texts[-1] if isinstance(robin, Sms) else robin.messages[0]["text"]
    assert "loud music" in shown
    assert said not in shown


@pytest.mark.parametrize(
    "said",
    [
        "i need help wit my plan n also is childline open",
        "is childline open and can i make a plan",
        "how do i make a plan n also is childline open",
    ],
)
def test_help_and_a_plan_asked_for_in_one_message_are_both_answered(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)
    first, *_, last = heard_by(robin)

    assert first.startswith("signposting.one_")
    assert last == "signposting.and_a_plan"


def test_two_questions_of_another_kind_are_answered_in_turn(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("will you tell my mum and can i talk to a real person")
    assert heard_by(robin) == ["about.will_you_tell", "not_understood.the_rest"]
    assert "talk to a person" in choices(robin)
    robin.young_person_says("talk to a person")

    assert heard_by(robin)[0].startswith("handover.")


def test_an_oath_that_is_mistyped_is_heard_in_a_plan_and_out_of_one(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("fuk this")
    assert heard_by(robin) == ["about.swearing"]
    robin.young_person_says("make a plan")
    robin.young_person_says("yes")
    robin.young_person_says("fck this")

    assert heard_by(robin) == ["plan.fed_up", "plan.ask_getting_through"]


def test_a_mistyped_wish_to_delete_is_asked_about_in_a_plan(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("make a plan")
    robin.young_person_says("yes")
    robin.young_person_says("delt evrything pls")
    assert heard_by(robin) == ["own_data.would_go"]
    robin.young_person_says("no")

    assert heard_by(robin) == ["own_data.all_kept", "plan.ask_getting_through"]


@pytest.mark.parametrize("said", ["sum1 help me", "help me pls"])
def test_a_cry_for_help_in_a_plan_is_no_line_of_it(
    robin: Sms | WebChat, said: str
) -> None:
    for before in ("make a plan", "yes", said):
        robin.young_person_says(before)

    assert "plan.check" not in heard_by(robin)


@pytest.mark.parametrize("said", ["it was only a scratch", "scratch that idea"])
def test_how_a_plan_is_changed_is_not_said_where_none_is_spoken_of(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)

    assert "plan.how_to_edit" not in heard_by(robin)


@pytest.mark.parametrize("said", ["change a line in my plan", "how do i change 4.1"])
def test_how_a_plan_is_changed_is_said_to_whoever_names_one(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin) == ["plan.how_to_edit"]


def test_next_is_no_no_in_exact_words(robin: Sms | WebChat) -> None:
    robin.young_person_says("exact words")
    robin.young_person_says("i like trains")
    assert heard_by(robin) == ["feelings.something_i_like"]
    for said in ("done", "finished", "skip"):
        robin.young_person_says(said)
        assert heard_by(robin) == ["answers.nothing_to_skip"]


@pytest.mark.parametrize("said", ["im hungry", "im starving lol", "im so hungry rn"])
def test_hunger_is_an_everyday_word(robin: Sms | WebChat, said: str) -> None:
    robin.young_person_says(said)

    assert heard_by(robin) == ["feelings.hungry"]


def test_no_food_in_the_house_is_more_than_hunger(robin: Sms | WebChat) -> None:
    robin.young_person_says("theres no food in the house")

    assert heard_by(robin) == ["escalation.harm_from_others"]


@pytest.mark.parametrize(
    "said", ["will she die", "she didnt die", "what do i say to her", "shes alive"]
)
def test_grief_is_for_somebody_who_died_and_not_for_a_friend_in_danger(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin)[0] in (
        "my_world.worried_about_friend",
        "escalation.concern_for_other_perhaps",
    )


@pytest.mark.parametrize("said", ["she died", "my nan died", "my friend didnt make it"])
def test_somebody_who_died_is_met_with_words_of_grief(
    robin: Sms | WebChat, said: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin) == ["my_world.someone_died"]
