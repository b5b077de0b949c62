"""What is said past a held line, of another part, or of who is here at all."""

import pytest
from texting import Texting

PARTS = ("getting_through", "making_safer", "people_to_support", "emergency_support")


def asked(part: str) -> Texting:
    """Someone who is asked for a part's first line."""
    robin = Texting().starts().says("yes")
    while robin.keys != [f"plan.ask_{part}"]:
        robin.says("skip")
        robin.replies = robin.replies[-1:]
    return robin


@pytest.mark.parametrize("said", ["next", "nah thats it", "nothing else", "no more"])
def test_what_goes_on_past_a_held_line_adds_nothing(said: str) -> None:
    robin = asked("people_to_talk_to").says("my nan", "i dont like ringing people")
    assert robin.keys[-1] == "plan.held"
    robin.says(said)

    assert robin.words_in_plan() == ["my nan"]
    assert [one.words for one in robin.plan.held] == ["i dont like ringing people"]
    assert robin.keys[-1] == "plan.ask_emergency_support"


@pytest.mark.parametrize(
    "said",
    [
        "i just said i dont know why u keep asking",
        "why do you keep asking me",
        "i just told u idk",
    ],
)
def test_whoever_said_so_before_is_heard(said: str) -> None:
    robin = asked("getting_through").says(said)

    assert robin.keys == ["plan.fed_up", "plan.ask_getting_through"]
    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("thats private right", "about.what_happens"),
        ("so this is all private yeah?", "about.what_happens"),
        ("will u remember this tomorrow", "about.what_happens"),
        ("is there anyone on here", "about.are_you_real"),
        ("is anybody reading this", "about.are_you_real"),
    ],
)
@pytest.mark.parametrize("part", PARTS)
def test_what_is_kept_and_who_is_here_is_answered(
    part: str, said: str, hears: str
) -> None:
    robin = asked(part).says(said)

    assert robin.keys == [hears, f"plan.ask_{part}"]
    assert robin.plan.held == ()


@pytest.mark.parametrize("said", ["yes but not now", "maybe but not tonight"])
def test_a_yes_for_another_day_pauses(said: str) -> None:
    assert asked("making_safer").says(said).keys == ["plan.paused"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("change hot choc to tea", ["tea", "i hate my mum", "my nan"]),
        ("can u change hot choc to tea", ["tea", "i hate my mum", "my nan"]),
        ("delete hot choc", ["i hate my mum", "my nan"]),
        ("no take out the mum bit", ["hot choc", "my nan"]),
    ],
)
def test_a_line_of_another_part_is_put_right_by_its_words(
    said: str, left: list[str]
) -> None:
    robin = asked("lift_or_calm").says("hot choc, i hate my mum", "yes")
    robin.says("skip", "my nan", said)

    assert robin.words_in_plan() == left
    assert robin.keys[0] in ("plan.line_changed", "plan.line_removed")
    assert "part 3" in robin.replies[0].text or "PLAN 3" in robin.replies[0].text


@pytest.mark.parametrize("said", ["sorry", "soz", "omg sorry", "im sorry"])
def test_whoever_says_sorry_need_not(said: str) -> None:
    robin = asked("lift_or_calm").says(said)

    assert robin.keys == ["plan.no_sorry", "plan.ask_lift_or_calm"]


@pytest.mark.parametrize(
    "said", ["my mum is here brb", "gotta go", "hold on 1 sec brb", "gtg dinner"]
)
def test_whoever_has_to_go_is_let_go(said: str) -> None:
    robin = asked("lift_or_calm").says("music", said)

    assert robin.keys == ["plan.paused"]
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize("said", ["hey im back", "im back", "ok back now"])
def test_whoever_is_back_is_asked_again(said: str) -> None:
    robin = asked("lift_or_calm").says("music", said)

    assert robin.keys[-1] == "plan.check"
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "said",
    ["r u gonna judge me", "will you think im weird", "are you going to laugh at me"],
)
def test_nobody_is_judged(said: str) -> None:
    robin = asked("people_to_support").says(said)

    assert robin.keys == ["plan.no_test", "plan.ask_people_to_support"]


def test_one_letter_is_no_line_but_may_be_somebody() -> None:
    assert asked("lift_or_calm").says("x").words_in_plan() == []
    assert asked("people_to_support").says("J").words_in_plan() == ["J"]


@pytest.mark.parametrize(
    "said",
    [
        "i dont trust adults",
        "adults never listen",
        "i cant trust anyone",
        "i hate adults",
    ],
)
def test_whoever_trusts_no_adult_is_met_kindly(said: str) -> None:
    robin = asked("people_to_talk_to").says(said)

    assert robin.keys == ["plan.nobody_yet", "plan.ideas"]
    assert robin.plan.held == ()


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("why does it have to be an adult", "plan.what_for"),
        ("why cant it be my mate", "plan.what_for"),
        ("can it be a teacher", "plan.you_choose"),
    ],
)
def test_who_it_may_be_is_answered(said: str, hears: str) -> None:
    assert asked("people_to_talk_to").says(said).keys[0] == hears


@pytest.mark.parametrize("said", ["who answers 111", "who reads it", "who made this"])
def test_who_does_what_is_a_question(said: str) -> None:
    assert asked("emergency_support").says(said).words_in_plan() == []


@pytest.mark.parametrize("said", ["is there a time limit", "whats the time limit"])
def test_there_is_no_hurry(said: str) -> None:
    assert asked("making_safer").says(said).keys[0] == "plan.how_far"


@pytest.mark.parametrize("said", ["can i do part 6 first", "lets do part 6"])
def test_a_part_may_come_first(said: str) -> None:
    assert asked("lift_or_calm").says(said).keys == ["plan.ask_people_to_talk_to"]


@pytest.mark.parametrize("said", ["i said done", "i just said next"])
def test_whoever_said_that_it_is_done_goes_on(said: str) -> None:
    robin = asked("lift_or_calm").says("music", said)

    assert robin.keys == ["plan.ask_distractions"]
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "said", ["he's not an adult tho is he", "she counts doesnt she"]
)
def test_a_question_at_the_end_of_a_statement_is_one(said: str) -> None:
    assert asked("people_to_support").says(said).words_in_plan() == []
