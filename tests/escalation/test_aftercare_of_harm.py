"""The day after words of harm from others, told as conversations."""

from pathlib import Path

import pytest
import yaml

import escalation.heard
from escalation.heard import Heard, hear, says_they_come_near
from tests.escalation.chats import TOP, Chat

CASES = yaml.load(
    (Path(escalation.heard.__file__).parent / "aftercare.yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)
HARM = ["my dad hit me again", "my mums boyfriend hits me"]


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize(
    "asked",
    [
        "is it my fault",
        "is it my fault tho",
        "its all my fault",
        "did i make him do it",
        "its because of me",
        "i feel so guilty",
    ],
)
def test_whoever_is_hurt_and_asks_whose_fault_it_is_is_told(
    harm: str, asked: str
) -> None:
    chat = Chat()
    chat.says(harm)
    turn = chat.says(asked)
    assert turn.before == ("escalation.not_your_fault_hurt",)
    assert turn.after == ("escalation.ask_safe",)
    assert not turn.hands_on
    assert chat.says("no").before == ("escalation.not_safe",)


def test_it_is_told_under_999_too_where_they_came_near() -> None:
    chat = Chat()
    chat.says("my mums boyfriend hits me")
    chat.says("hes coming up the stairs")
    assert chat.says("is it my fault").before == (
        TOP,
        "escalation.not_your_fault_hurt",
    )


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize(
    "near",
    [
        "he is coming up",
        "hes coming upstairs",
        "hes outside my door",
        "he is at my door",
        "hes banging on my door",
        "shes coming in",
        "its happening now",
        "its happening right now",
    ],
)
def test_whoever_hurts_them_coming_near_is_an_emergency(harm: str, near: str) -> None:
    chat = Chat()
    chat.says(harm)
    assert chat.says(near).before == ("escalation.emergency_now",)


@pytest.mark.parametrize("near", ["my nan is coming over", "mum is coming home"])
def test_somebody_else_who_comes_is_none(near: str) -> None:
    chat = Chat()
    chat.says("my dad hit me again")
    assert "escalation.emergency_now" not in chat.says(near).before


def test_without_any_harm_before_it_nothing_is_made_of_somebody_who_comes() -> None:
    assert Chat().says("he is coming up").before == ()


@pytest.mark.parametrize(
    "away",
    [
        "hes gone out",
        "he went",
        "he left",
        "shes asleep now",
        "hes at work",
        "my dads gone to bed",
        "he woke up",
        "hes awake",
    ],
)
def test_whoever_hurts_them_being_away_brings_the_question_whether_they_are_safe(
    away: str,
) -> None:
    chat = Chat()
    chat.says("my dad hit me again")
    turn = chat.says(away)
    assert (turn.before, turn.after) == ((), ("escalation.ask_safe",))
    assert not turn.hands_on


@pytest.mark.parametrize(
    "here", ["im with my dad rn", "my boyfriend is here", "hes here with me now"]
)
def test_somebody_who_may_be_the_one_who_hurts_them_makes_nobody_safe(
    here: str,
) -> None:
    chat = Chat()
    chat.says("my dad hit me again")
    turn = chat.says(here)
    assert (turn.before, turn.after) == ((), ("escalation.ask_safe",))


@pytest.mark.parametrize("here", ["someone is with me", "my nan is with me"])
def test_somebody_else_who_is_with_them_is_heard_as_ever(here: str) -> None:
    chat = Chat()
    chat.says("my dad hit me again")
    assert chat.says(here).before == ("escalation.glad_safe",)


@pytest.mark.parametrize("text", CASES["where_they_are"]["must_match"])
def test_where_they_are_is_heard_only_of_somebody_who_hurts_them(text: str) -> None:
    assert hear(text, of_harm=True) is Heard.WHERE_THEY_ARE
    assert hear(text) is not Heard.WHERE_THEY_ARE


@pytest.mark.parametrize("text", CASES["where_they_are"]["must_not_match"])
def test_other_news_is_not_taken_for_where_they_are(text: str) -> None:
    assert hear(text, of_harm=True) is not Heard.WHERE_THEY_ARE


def test_who_comes_near_is_told_from_who_does_not() -> None:
    cases = CASES["comes_near"]
    assert all(map(says_they_come_near, cases["must_match"]))
    assert not any(map(says_they_come_near, cases["must_not_match"]))


ATTACKED = [
    "someone is breaking into my house",
    "my ex is trying to kick the door in",
    "my dad is going to kill me he has a knife",
    "my stepdad is beating my mum up right now",
    "a man is following me home",
    "they stabbed me",
]


@pytest.mark.parametrize("attack", ATTACKED)
@pytest.mark.parametrize(
    "near", ["my dad is here", "my dads here", "hes here now", "he is with me"]
)
def test_in_an_attack_whoever_is_there_may_be_the_one_who_does_it(
    attack: str, near: str
) -> None:
    chat = Chat()
    chat.says(attack)
    said = chat.says(near).before

    assert said[0].startswith(("escalation.top_999", "escalation.emergency_now"))
    assert not {"escalation.glad_safe", "escalation.they_have_help"} & set(said)


@pytest.mark.parametrize("attack", ATTACKED)
def test_in_an_attack_he_is_here_is_another_emergency(attack: str) -> None:
    chat = Chat()
    chat.says(attack)
    assert chat.says("hes here").before[0].startswith("escalation.emergency_now")


def test_an_attack_told_of_after_pills_were_taken_is_not_forgotten() -> None:
    chat = Chat()
    chat.says("ive taken all my tablets")
    chat.says("my dad hits me")
    assert "escalation.glad_safe" not in chat.says("my dad is here").before


def test_whoever_was_attacked_and_says_so_is_safe() -> None:
    chat = Chat()
    chat.says("someone is breaking into my house")
    assert "escalation.glad_safe" in chat.says("im safe now").before


@pytest.mark.parametrize("done", ["ive taken all my tablets", "ive cut too deep"])
def test_after_an_injury_of_their_own_somebody_near_is_good_news(done: str) -> None:
    chat = Chat()
    chat.says(done)
    assert "escalation.glad_safe" in chat.says("my mum is here").before


@pytest.mark.parametrize("near", ["my dad is upstairs", "my dads coming home", "yes"])
def test_in_an_attack_nobody_is_sent_to_whoever_is_near(near: str) -> None:
    chat = Chat()
    chat.says("my dad is hitting me right now")
    assert chat.says(near).before == (TOP, "escalation.someone_near_hurt")
    assert chat.says("im safe now").before[-1] == "escalation.glad_safe"


def test_who_is_here_after_an_attack_is_not_taken_for_the_ambulance() -> None:
    chat = Chat()
    chat.says("my dad is hitting me right now")
    chat.says("i called 999")
    assert chat.says("theyre here").before == ("escalation.someone_came_hurt",)


def test_whoever_hurts_them_and_found_out_may_be_the_danger() -> None:
    chat = Chat()
    chat.says("my dad hits me")
    assert chat.says("my dad found out").before == ("escalation.found_out_hurt",)
    own = Chat()
    own.says("i cut myself")
    assert own.says("my mum found out").before == ("escalation.found_out",)


def test_nobody_is_praised_for_going_to_whoever_hurts_them() -> None:
    chat = Chat()
    chat.says("he hits me")
    assert chat.says("im gonna talk to him").before == ("escalation.will_tell_hurt",)


@pytest.mark.parametrize(
    "here", ["someone is here", "someones here", "people are here"]
)
def test_in_an_attack_someone_is_here_may_be_who_broke_in(here: str) -> None:
    chat = Chat()
    chat.says("someone is breaking into my house")
    assert chat.says(here).before == (TOP,)
    hurt = Chat()
    hurt.says("my dad hits me")
    assert hurt.says(here).after == ("escalation.ask_safe",)
