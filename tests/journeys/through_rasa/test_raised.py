"""What no phrase found and Rasa's second look raises, on both doors."""

import pytest

from escalation import Route, screen
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

RATHER_A_MEMORY = "id rather be a memory than whatever this is"


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    someone.young_person_says("hiya")
    heard_by(someone)
    return someone


def test_what_no_phrase_finds_has_crisis_words_and_the_talk_goes_on(
    robin: Sms | WebChat,
) -> None:
    assert screen(RATHER_A_MEMORY).route is Route.NONE
    robin.young_person_says(RATHER_A_MEMORY)
    assert heard_by(robin) == ["escalation.suicide_perhaps"]
    robin.young_person_says("im safe right now")
    assert heard_by(robin)[0] == "escalation.glad_safe"
    robin.young_person_says("who is open")

    assert any(key.startswith("signposting.") for key in heard_by(robin))


def test_whoever_says_that_it_was_meant_has_the_words_for_that(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says(RATHER_A_MEMORY)
    heard_by(robin)
    robin.young_person_says("yeah i want to die")

    assert heard_by(robin) == ["escalation.suicide"]


def test_in_the_middle_of_a_plan_it_is_a_line(robin: Sms | WebChat) -> None:
    for said in ("make a plan", "yes"):
        robin.young_person_says(said)
        heard_by(robin)

    robin.young_person_says(RATHER_A_MEMORY)

    heard = heard_by(robin)
    assert heard
    assert all(key.startswith("plan.") for key in heard)
