"""A young person picks from a list in a text: by number, or as they would say it."""

import pytest

from foundations.saying import Choice
from gateway.texting.one_text import choice_meant, choice_named

OFFERED = (
    Choice("A plan", "plan"),
    Choice("Who is open", "who"),
    Choice("A", "person"),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2", "who"),
        ("2.", "who"),
        ("the second one", "who"),
        ("2nd one pls", "who"),
        ("ok the first one", "plan"),
        ("option 3", "person"),
        ("number one please", "plan"),
        ("no 3", "person"),
        ("go for the third", "person"),
        ("ok 2", "who"),
        ("2 pls", "who"),
        ("yh 3 then", "person"),
        ("the last one", "person"),
        ("bottom one pls", "person"),
        ("tell me more about the second one", "who"),
        ("whats the first one?", "plan"),
    ],
)
def test_a_place_in_the_list_is_the_choice(said: str, meant: str) -> None:
    assert choice_meant(said, lambda: OFFERED) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("3", "share 3"), ("2", None), ("10", "all"), ("the third one", None)],
)
def test_a_choice_with_a_number_of_its_own_is_picked_by_no_other(
    said: str, meant: str | None
) -> None:
    parts = (
        Choice("Right now", "share 1", 1),
        Choice("Lift or calm", "share 3", 3),
        Choice("All of these", "all"),
    )

    assert choice_meant(said, lambda: parts) == meant


@pytest.mark.parametrize(
    "said",
    [
        "9",
        "the fourth one",
        "one",
        "the one",
        "no",
        "first i want to say im sad",
        "on second thoughts no",
        "my first day at school",
        "second and third",
        "2 people",
        "me 2",
        "tell me more about 2",
        "what is the first thing you do",
        "2 or 3",
        "ok 9",
        "no one",
        "the last time",
        "at last",
        "",
    ],
)
def test_anything_else_is_what_they_wrote(said: str) -> None:
    assert choice_meant(said, lambda: OFFERED) is None


@pytest.mark.parametrize("said", ["Who is open", "WHO IS OPEN?", " who is open.. "])
def test_the_words_of_a_choice_are_that_choice(said: str) -> None:
    assert choice_named(said, lambda: OFFERED) == "who"


@pytest.mark.parametrize("said", ["who is open now", "open", "plan", "?", ""])
def test_other_words_are_no_choice(said: str) -> None:
    assert choice_named(said, lambda: OFFERED) is None
