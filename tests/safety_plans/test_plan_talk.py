"""Talk in the part that is not read back is answered or asked about, never a line."""

import pytest
from texting import Texting

from bot.turns.safety_plan_hearing import plain
from bot.turns.safety_plan_talk import is_only_a_sound, may_be_talk
from safety_plans.plan import SectionId

TALK = (
    "wat if my mum finds out",
    "but what if mum sees this",
    "that didnt work",
    "i tried that",
    "its embarrassing",
    "my mum would go mental",
    "i feel sick",
    "whatever",
    "theres nothing",
    "do i have to",
    "why do u need that",
    "is nans an option?",
)
UNDERSTOOD = ("i dont want to", "this is hard", "im scared", "nothing works")
SOUNDS = ("lol", "haha", "hmm ok lol", "ugh", "OMG")
LINES = (
    "stay downstairs",
    "give them to nan",
    "sit w my dog",
    "im going to my nans",
    "im with my mum more",
    "i sleep in my sisters room",
    "when its bad go to jaz",
    "when i feel low go downstairs",
    "who i live with can hold it for me",
    "have a bath",
    "do colouring",
    "my mum keeps my meds",
    "ask my dad to find out when the chemist is open",
    "tell mum when im low",
    "keep my door open",
)


def making_safer() -> Texting:
    """Someone who is asked what would make things safer."""
    robin = Texting().starts().says("yes", "loud music", "yes")
    assert robin.keys == ["plan.ask_making_safer"]
    return robin


def safer(robin: Texting) -> list[str]:
    return [line.words for line in robin.plan.lines(SectionId.MAKING_SAFER)]


@pytest.mark.parametrize("said", TALK)
def test_what_may_be_talk_is_asked_about_and_never_said_back(said: str) -> None:
    robin = making_safer().says(said)

    assert robin.keys == ["plan.unsure", "plan.held"]
    assert safer(robin) == []
    assert not any(said in reply.text for reply in robin.replies)


def test_a_yes_makes_it_a_line_word_for_word() -> None:
    robin = making_safer().says("im not on my own at nans", "1")

    assert safer(robin) == ["im not on my own at nans"]
    assert robin.keys == ["plan.check_private"]


@pytest.mark.parametrize("no", ["2", "no", "nah"])
def test_a_no_leaves_it_out_and_the_same_question_comes_again(no: str) -> None:
    robin = making_safer().says("that didnt work", no)

    assert safer(robin) == []
    assert robin.keys == ["plan.ask_making_safer"]
    assert robin.says("give them to nan").keys == ["plan.check_private"]


@pytest.mark.parametrize("said", SOUNDS)
def test_a_laugh_or_a_sigh_is_no_line_and_the_plan_goes_on(said: str) -> None:
    robin = making_safer().says(said)

    assert robin.keys == ["plan.not_an_answer", "plan.ask_making_safer"]
    assert safer(robin) == []


@pytest.mark.parametrize("said", LINES)
def test_an_answer_is_kept_at_once(said: str) -> None:
    robin = making_safer().says(said)

    assert safer(robin) != []
    assert "plan.held" not in robin.keys


@pytest.mark.parametrize("said", UNDERSTOOD)
def test_what_is_known_has_its_own_answer_and_is_no_line(said: str) -> None:
    robin = making_safer().says(said)

    assert "plan.held" not in robin.keys
    assert safer(robin) == []


@pytest.mark.parametrize("said", [*TALK[:-1], *SOUNDS])
def test_where_lines_are_read_back_they_are_read_back(said: str) -> None:
    robin = Texting().starts().says("yes", said)

    assert robin.keys[-1] != "plan.held"


@pytest.mark.parametrize("said", LINES)
def test_no_answer_is_taken_for_talk(said: str) -> None:
    assert not may_be_talk(said, plain(said))
    assert not is_only_a_sound(plain(said))


def test_a_worry_that_was_understood_is_answered_and_nothing_is_asked_about_it() -> (
    None
):
    robin = making_safer().says("wat if my mum finds out", intent="will_you_tell")

    assert robin.replies == ()
    assert safer(robin) == []
    assert robin.plan.held == ()
