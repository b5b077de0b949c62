"""Talk in the part that is not read back is answered or asked about, never a line."""

from datetime import timedelta

import pytest
from plan_services import ROBIN
from texting import Texting

from bot.turns.known_words import plain
from bot.turns.safety_plan import plan_words
from bot.turns.safety_plan_hearing import meaning
from bot.turns.safety_plan_means import Heard, Means
from bot.turns.safety_plan_talk import is_only_a_sound, is_question, may_be_talk
from foundations.saying import Channel, Say
from safety_plans.editing import wipe_the_past
from safety_plans.plan import SectionId

TALK = (
    "wat if my mum finds out",
    "but what if mum sees this",
    "that didnt work",
    "i tried that",
    "its embarrassing",
    "my mum would go mental",
    "i feel sick",
    "theres nothing",
    "will it go on my record",
    "can they make me",
    "is nans an option?",
    "nobody cares so no",
    "they would never let me",
)
QUESTIONS = (
    "wat if my mum finds out",
    "but what if mum sees this",
    "will it go on my record",
    "can they make me",
    "is nans an option?",
)
SHOWS = (
    "how i met your mother",
    "how to train your dragon",
    "what makes me laugh videos",
    "when i feel low ring nan",
    "do it slowly",
    "why i carry on",
)
CALLED = {True: "cannot_answer", False: "unsure"}
UNDERSTOOD = ("i dont want to", "this is hard", "im scared", "nothing works")
SOUNDS = ("lol", "haha", "hmm ok lol", "ugh", "OMG", "blah blah", "lalala")
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

    asks = is_question(said, plain(said))
    assert robin.keys == [f"plan.{CALLED[asks]}", "plan.held"]
    assert safer(robin) == []
    assert not any(said in reply.text for reply in robin.replies)


def test_a_yes_makes_it_a_line_word_for_word() -> None:
    robin = making_safer().says("im not on my own at nans", "1")

    assert safer(robin) == ["im not on my own at nans"]
    assert robin.keys == ["plan.check_private"]


@pytest.mark.parametrize("no", ["2", "no", "nah", "leave it out", "no leave it"])
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


@pytest.mark.parametrize("said", [*(s for s in TALK if s not in QUESTIONS), *SOUNDS])
def test_where_lines_are_read_back_they_are_read_back(said: str) -> None:
    robin = Texting().starts().says("yes", said)

    assert robin.keys[-1] != "plan.held"


@pytest.mark.parametrize(
    "said", [*QUESTIONS, "hw long does this take", "who will see it"]
)
def test_a_question_nobody_knows_is_no_line_where_lines_are_read_back_either(
    said: str,
) -> None:
    robin = Texting().starts().says("yes", said)

    assert robin.keys == ["plan.cannot_answer", "plan.held"]
    assert robin.plan.all_lines == ()
    assert robin.says("no").keys == ["plan.ask_getting_through"]


@pytest.mark.parametrize("said", [*LINES, *SHOWS])
def test_what_only_begins_like_a_question_is_kept_at_once(said: str) -> None:
    robin = Texting().starts().says("yes", said)

    assert [line.words for line in robin.plan.all_lines] == [said]


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


def test_what_got_no_answer_stays_held_and_is_not_asked_about_with_every_message() -> (
    None
):
    robin = making_safer().says("that didnt work", "stay at nans")
    assert robin.keys == ["plan.check_private"]
    for said in ("sit downstairs", "what's this for?", "give them to nan"):
        robin.says(said)
        assert "plan.held" not in robin.keys

    assert [one.words for one in robin.plan.held] == ["that didnt work"]


def test_it_is_asked_about_again_when_its_part_comes_back() -> None:
    robin = making_safer().says("that didnt work", "stay at nans", "yes", "back")
    assert robin.keys == ["plan.held"]
    robin.says("yes")

    assert safer(robin) == ["stay at nans", "that didnt work"]
    assert robin.plan.held == ()


def test_it_is_asked_about_once_more_when_a_day_later_they_carry_on() -> None:
    robin = making_safer().says("that didnt work", "pause")
    robin.now += timedelta(days=1)
    robin.starts()

    assert robin.keys == ["plan.welcome_back", "plan.held"]


def test_before_a_plan_is_whole_it_is_asked_about_and_a_no_ends_the_plan() -> None:
    robin = at_the_last_part("that didnt work").says("skip")
    assert robin.keys == ["plan.held"]
    robin.says("no")

    assert robin.keys[0] == "plan.finished"
    assert robin.plan.stage is None
    assert safer(robin) == ["stay at nans"]
    assert robin.plan.held == ()


def test_a_plan_that_ended_with_a_no_takes_nothing_more_for_a_line() -> None:
    robin = Texting().starts().says("yes", "is nans an option?", *["skip"] * 6)
    robin.says("999", "yes", "skip", "no")
    assert robin.keys[0] == "plan.finished"
    robin.says("who gets a text now")

    assert robin.plan.stage is None
    assert robin.words_in_plan() == ["999"]


def test_before_a_plan_is_whole_a_yes_adds_it_and_the_plan_then_ends() -> None:
    robin = at_the_last_part("that didnt work").says("skip", "1")
    assert robin.keys == ["plan.check_private"]
    robin.says("yes")

    assert robin.keys[0] == "plan.finished"
    assert safer(robin) == ["stay at nans", "that didnt work"]


def test_a_plan_ends_though_nobody_says_whether_it_is_a_line() -> None:
    robin = at_the_last_part("that didnt work").says("skip", "skip")

    assert robin.keys[0] == "plan.finished"
    assert [one.words for one in robin.plan.held] == ["that didnt work"]


@pytest.mark.parametrize("asked", ["PLAN ALL", "plan 2"])
def test_reading_the_plan_asks_about_it_and_never_says_it(asked: str) -> None:
    robin = at_the_last_part("that didnt work").says("skip", "skip")
    said = plan_words(asked, robin.plan, Channel.SMS)

    assert said[-1].key == "plan.held"
    assert "work" not in str(said[-1].values)


@pytest.mark.parametrize(
    ("picked", "kept"),
    [
        ("add what I wrote in part 2", ["stay at nans", "that didnt work"]),
        ("leave out what I wrote in part 2", ["stay at nans"]),
    ],
)
def test_it_is_settled_in_words_when_no_plan_is_being_made(
    picked: str, kept: list[str]
) -> None:
    robin = at_the_last_part("that didnt work").says("skip", "skip")
    assert robin.plan.stage is None
    building = robin.building()
    said = building.edit(picked)

    assert said is not None
    assert safer(robin) == kept
    assert robin.plan.held == ()
    assert building.edit(picked) == (Say("plan.held_none", {"number": "2"}),)


def test_wiping_the_past_keeps_what_is_held() -> None:
    robin = making_safer().says("that didnt work", "stay at nans")
    wipe_the_past(robin.history, ROBIN, now=robin.now)

    assert [one.words for one in robin.plan.held] == ["that didnt work"]
    robin.says("back", "next")
    assert robin.keys == ["plan.held"]


def at_the_last_part(said: str) -> Texting:
    """Someone who said something that may be talk, and got to the last part."""
    robin = making_safer().says(said, "stay at nans", "yes")
    for _ in range(4):
        robin.says("skip")
    assert robin.keys[-1] == "plan.ask_emergency_support"
    return robin


@pytest.mark.parametrize(("sure", "means"), [(0.53, Means.WORDS), (0.7, Means.ASIDE)])
def test_a_line_that_only_sounds_sad_is_a_line(sure: float, means: Means) -> None:
    plan = Texting().starts().says("yes").plan
    heard = Heard("my dog and sad songs", "having_a_hard_time", sure)

    assert meaning(heard, plan) is means
