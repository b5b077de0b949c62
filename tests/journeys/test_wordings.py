"""What is said often comes in other words each time; a repeat brings the same."""

from itertools import pairwise

import pytest

from bot.words import Words
from foundations.saying import Channel
from safety_plans.plan import SectionId
from tests.journeys.handrail import Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue

WORDS = Words.load()


@pytest.fixture(params=["sms", "web"])
def someone(request: pytest.FixtureRequest) -> Sms | WebChat:
    door: Sms | WebChat = request.getfixturevalue(request.param)
    return door


def test_what_is_said_again_and_again_is_never_the_same_twice_in_a_row(
    someone: Sms | WebChat,
) -> None:
    someone.young_person_says("hello")
    heard = []
    for _ in range(4):
        someone.young_person_says("menu")
        heard.append(someone.was_sent("menu.main"))

    assert all(one != other for one, other in pairwise(heard))
    assert len(set(heard)) == 3


def test_a_message_that_comes_twice_is_answered_in_the_same_words(web: WebChat) -> None:
    web.young_person_says("menu")
    first = web.post("menu", id="0b7f8f0e-5a51-4c62-9a36-0a8f0b9d6f10").json()

    again = web.post("menu", id="0b7f8f0e-5a51-4c62-9a36-0a8f0b9d6f10").json()

    assert again == first


def test_exact_words_are_kept_to_outside_the_plan_until_they_are_put_back(
    dialogue: ReadableDialogue, someone: Sms | WebChat
) -> None:
    says(someone, "exact words", without=dialogue)
    dialogue.key = "feelings.lonely"
    someone.young_person_says("no one ever texts me")
    exact = someone.was_sent("feelings.lonely")
    says(someone, "normal", without=dialogue)
    someone.young_person_says("no one ever texts me")

    assert exact.startswith(WORDS.by_key["feelings.literal_lonely"][0].text)
    usual = [one.text for one in WORDS.by_key["feelings.lonely"]]
    assert someone.was_sent("feelings.lonely").startswith(tuple(usual))


def test_a_question_of_the_plan_comes_back_in_other_and_fewer_words(
    dialogue: ReadableDialogue, someone: Sms | WebChat
) -> None:
    dialogue.away = True
    for said in ("make a plan", "yes", "skip"):
        someone.young_person_says(said)
    heard = [someone.was_sent("plan.ask_making_safer")]
    for said in ("what?", "carry on"):
        someone.young_person_says(said)
        heard.append(someone.was_sent("plan.ask_making_safer"))

    assert len(set(heard)) == 3
    assert len(heard[0]) > len(heard[1]) > len(heard[2])


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("section", list(SectionId))
def test_every_question_of_the_plan_is_shorter_when_it_comes_again(
    section: SectionId, channel: Channel
) -> None:
    said = WORDS.variations(f"plan.ask_{section.value}", channel)
    first, *again = (len(one.text) for one in said)

    assert again
    assert max(again) <= first
    assert len({one.choices for one in said}) == 1


def says(someone: Sms | WebChat, text: str, *, without: ReadableDialogue) -> None:
    """Say a word that is known with the dialogue away."""
    without.away = True
    someone.young_person_says(text)
    without.away = False
