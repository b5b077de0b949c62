"""Words about an answer are read; words about anything else are left alone."""

import pytest

from bot.turns.finding_help import FindingHelp
from foundations.saying import Channel
from signposting.following import Follow, could_be_a_place, read_follow
from signposting.home import NO_HOME
from signposting.search import Search


@pytest.mark.parametrize(
    ("said", "wants", "service"),
    [
        ("More", Follow.MORE, None),
        ("more plz", Follow.MORE, None),
        ("anyone else?", Follow.MORE, None),
        ("no the other one", Follow.MORE, None),
        ("more about it", Follow.MORE_ABOUT, None),
        ("tell me more about shout", Follow.MORE_ABOUT, "shout-85258"),
        ("not for me", Follow.NOT_FOR_ME, None),
        ("not childline", Follow.NOT_FOR_ME, "childline"),
        ("add to my plan please", Follow.ADD_TO_PLAN, None),
        ("add Winston's Wish to my plan", Follow.ADD_TO_PLAN, "winstons-wish-text"),
        ("remind me when it opens", Follow.REMIND, None),
        ("remind me when Kooth opens", Follow.REMIND, "kooth"),
        ("no reminders", Follow.NO_REMINDERS, None),
        ("that didn't work", Follow.DID_NOT_WORK, None),
        ("samaritans didn't answer", Follow.DID_NOT_WORK, "samaritans"),
        ("how long is the wait", Follow.HOW_LONG, None),
        ("will they tell my mum?", Follow.WHO_IS_TOLD, None),
        ("will samaritans tell my mum", Follow.WHO_IS_TOLD, "samaritans"),
        ("when does it open", Follow.IS_IT_OPEN, None),
        ("is it free", Follow.WHAT_IT_COSTS, None),
        ("does it show on the bill", Follow.WHAT_IT_COSTS, None),
        ("remember this", Follow.REMEMBER, None),
        ("forget what i like", Follow.FORGET, None),
        ("near me", Follow.NEAR_ME, None),
        ("skip", Follow.SKIP, None),
    ],
)
def test_what_is_wanted_next_is_read(directory, said, wants, service):
    read = read_follow(directory, said)

    assert read is not None
    assert read.wants is wants
    assert (read.service.id if read.service else None) == service


@pytest.mark.parametrize(
    "said",
    [
        "",
        "more than anything i want to sleep",
        "not good",
        "it didnt work out with my boyfriend",
        "add music to my plan",
        "remind me when mum gets home",
        "will you tell my mum",
        "remember when we were little",
        "i want to forget everything",
        "how long have you been a bot",
        "next week is my birthday",
    ],
)
def test_other_words_are_left_alone(directory, said):
    assert read_follow(directory, said) is None


@pytest.mark.parametrize("said", list(Follow))
def test_everything_that_can_be_wanted_is_answered_or_left_on_purpose(directory, said):
    finding = FindingHelp(directory, NO_HOME, Search(), _at(), Channel.SMS)

    assert said in finding._steps


def _at():
    from foundations.clock import utc_now

    return utc_now()


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("swindon", True),
        ("near swindon", True),
        ("thanks", False),
        ("im sad", False),
        ("i hate all of this so much", False),
        ("", False),
    ],
)
def test_a_short_answer_that_could_be_a_place_is_told_from_one_that_is_not(
    said, is_one
):
    assert could_be_a_place(said) is is_one
