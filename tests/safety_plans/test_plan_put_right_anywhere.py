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
