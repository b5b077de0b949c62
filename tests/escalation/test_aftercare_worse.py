"""What could be an emergency getting worse brings 999 again, whatever came between."""

import pytest

from tests.escalation.chats import TOP, Chat

OVERDOSE = "ive took all my tablets"
GOODBYE = "goodbye everyone i love you"


def all_of(turn) -> tuple[str, ...]:
    return tuple(key.removeprefix("escalation.") for key in turn.before + turn.after)


@pytest.mark.parametrize("between", ["my mums here", "im safe", "im with my mate"])
@pytest.mark.parametrize(
    "worse",
    [
        "i feel sleepy",
        "i cant stay awake",
        "i threw up",
        "everything is spinning",
        "i feel really dizzy",
        "its going dark",
        "my vision is going",
        "i passed out",
        "i cant breathe",
        "i cant keep my eyes open",
        "my chest hurts",
    ],
)
def test_whoever_feels_worse_after_they_said_safe_is_sent_to_999_again(
    between: str, worse: str
) -> None:
    chat = Chat()
    chat.says(OVERDOSE)
    chat.says(between)
    turn = chat.says(worse)
    assert "signs_of_danger" in all_of(turn)
    assert not turn.hands_on
    assert chat.says("lol").before[:1] == (TOP,)


@pytest.mark.parametrize(
    "worse", ["i threw up", "everything is spinning", "its getting dark"]
)
def test_whoever_feels_worse_after_an_overdose_is_told_not_to_wait(worse: str) -> None:
    chat = Chat()
    chat.says(OVERDOSE)
    turn = chat.says(worse)
    assert all_of(turn) == ("top_999", "do_not_wait")


@pytest.mark.parametrize(
    "first",
    [
        "ive been stabbed",
        "my bf is strangling me",
        "my friend has a knife and is coming for me",
    ],
)
@pytest.mark.parametrize("worse", ["i feel sleepy", "i cant breathe", "its going dark"])
def test_whoever_was_attacked_and_feels_worse_is_told_to_say_so_to_999(
    first: str, worse: str
) -> None:
    chat = Chat()
    chat.says(first)
    turn = chat.says(worse)
    assert "signs_of_danger" in all_of(turn)
    assert not turn.hands_on


@pytest.mark.parametrize(
    "first", [GOODBYE, "i cut myself", "i want to die", "my bf hits me"]
)
@pytest.mark.parametrize(
    "worse", ["i cant breathe", "i passed out", "everything is spinning"]
)
def test_a_sign_of_danger_after_any_crisis_words_brings_999(
    first: str, worse: str
) -> None:
    chat = Chat()
    chat.says(first)
    assert all_of(chat.says(worse)) == ("signs_of_danger", "ask_safe")


@pytest.mark.parametrize("first", [GOODBYE, "i cut myself", "i want to die"])
@pytest.mark.parametrize(
    "night", ["im going to sleep now", "i feel sleepy", "night", "goodnight"]
)
def test_whoever_goes_to_sleep_after_a_goodbye_is_asked_about_safe_first(
    first: str, night: str
) -> None:
    chat = Chat()
    chat.says(first)
    assert all_of(chat.says(night)) == ("before_sleep", "ask_safe")


def test_whoever_is_safe_after_such_words_may_just_go_to_sleep() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    assert "before_sleep" not in all_of(chat.says("night"))


def test_whoever_is_looked_after_in_hospital_may_be_tired() -> None:
    chat = Chat()
    chat.says(OVERDOSE)
    chat.says("im at a&e")
    assert "do_not_wait" not in all_of(chat.says("im so tired"))


def test_night_after_an_emergency_brings_what_could_still_be() -> None:
    chat = Chat()
    chat.says(OVERDOSE)
    chat.says("my mums here")
    turn = chat.says("night")
    assert all_of(turn)[0] == "before_sleep"


def test_whoever_may_have_taken_it_themselves_is_sent_to_999_again() -> None:
    chat = Chat()
    chat.says("my friend and me took loads of pills")
    chat.says("my mums here")
    assert all_of(chat.says("i feel sleepy")) == ("signs_of_danger",)


def test_whoever_is_only_tired_after_it_is_over_has_999_named_and_not_put_first() -> (
    None
):
    chat = Chat()
    chat.says("im stood on the edge of the roof")
    chat.says("im safe")
    assert all_of(chat.says("im so tired")) == ("signs_of_danger",)
    assert TOP not in chat.says("lol").before


@pytest.mark.parametrize("worse", ["she threw up", "shes really sleepy"])
def test_a_friend_who_seemed_better_and_gets_worse_needs_999_again(worse: str) -> None:
    chat = Chat()
    chat.says("my friend has taken an overdose shes with me")
    chat.says("she woke up")
    assert all_of(chat.says(worse)) == ("do_not_wait_of_them",)
    assert chat.says("lol").before[0] == f"{TOP}_you_or_them"


def test_999_keeps_its_place_where_somebody_else_gets_worse() -> None:
    chat = Chat()
    chat.says("my bf is strangling me")
    turn = chat.says("shes breathing funny")
    assert all_of(turn) == ("emergency_now",)
    assert chat.says("he left").before[0].startswith(TOP)
