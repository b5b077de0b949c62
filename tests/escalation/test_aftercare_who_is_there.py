"""Who is there after an emergency: a help to them, or the one it is about."""

import pytest

from tests.escalation.chats import TOP, Chat

FRIEND = "my friend has taken an overdose shes with me"
FAR = "my friend in america says shes gonna end it"
BREAK_IN = "someone is breaking into my house"
TOP_BOTH = f"{TOP}_you_or_them"


@pytest.mark.parametrize("here", ["shes here", "im with my mate", "shes with me"])
def test_a_friend_who_took_something_and_is_here_is_not_somebody_safe(
    here: str,
) -> None:
    chat = Chat()
    chat.says(FRIEND)
    turn = chat.says(here)
    assert turn.before == (TOP_BOTH, "escalation.with_them")
    assert not turn.aftercare.says_safe


@pytest.mark.parametrize("here", ["my mums here", "someone is with me", "im safe"])
def test_whoever_is_safe_beside_a_friend_in_danger_is_told_what_the_friend_needs(
    here: str,
) -> None:
    chat = Chat()
    chat.says(FRIEND)
    turn = chat.says(here)
    assert turn.before == ("escalation.get_checked_of_them", "escalation.glad_safe")


@pytest.mark.parametrize("said", ["she woke up", "hes ok now", "her mum is with her"])
def test_a_friend_who_seems_better_after_an_overdose_still_gets_checked(
    said: str,
) -> None:
    chat = Chat()
    chat.says(FRIEND)
    turn = chat.says(said)
    assert turn.before == (
        "escalation.get_checked_of_them",
        "escalation.they_have_help",
    )


@pytest.mark.parametrize("said", ["shes in hospital", "the paramedics are with her"])
def test_a_friend_who_is_looked_after_needs_no_999(said: str) -> None:
    chat = Chat()
    chat.says(FRIEND)
    assert chat.says(said).before == ("escalation.they_have_help",)


@pytest.mark.parametrize("here", ["my mums here", "my dad is here"])
def test_an_adult_beside_whoever_worries_is_to_be_told_and_is_no_help_to_the_friend(
    here: str,
) -> None:
    chat = Chat()
    chat.says(FAR)
    assert chat.says(here).before == ("escalation.tell_who_is_here",)


@pytest.mark.parametrize(
    "near", ["someones coming", "he got in", "theres someone inside"]
)
def test_somebody_near_in_a_break_in_is_not_somebody_to_call_out_to(near: str) -> None:
    chat = Chat()
    chat.says(BREAK_IN)
    turn = chat.says(near)
    assert turn.before == (TOP,)
    assert not turn.hands_on


@pytest.mark.parametrize("yes", ["yes", "my sister is upstairs", "my nan"])
def test_whoever_hides_is_not_told_to_call_out(yes: str) -> None:
    chat = Chat()
    chat.says("a man is following me" if yes == "my nan" else BREAK_IN)
    turn = chat.says(yes)
    assert "escalation.someone_near" not in turn.before
    assert TOP in turn.before


@pytest.mark.parametrize(
    "with_me", ["im with my mate", "my nan is with me", "someone is with me"]
)
def test_company_in_a_break_in_is_not_safety_until_they_say_so(with_me: str) -> None:
    chat = Chat()
    chat.says(BREAK_IN)
    assert chat.says(with_me).before == (TOP, "escalation.heard_ok_after")
    assert chat.says("yes").before == ("escalation.get_checked", "escalation.glad_safe")


def test_a_mate_with_a_knife_is_no_company() -> None:
    chat = Chat()
    chat.says("my mate has a knife he says hes gonna stab someone")
    turn = chat.says("im with my mate")
    assert turn.before == (TOP_BOTH, "escalation.them_beside_harm")
    assert not turn.aftercare.says_safe
    assert chat.says("ok").before == (TOP_BOTH, "escalation.heard_ok_after")


def test_whoever_is_asleep_beside_them_is_not_with_them() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    turn = chat.says("mum is with me but shes asleep")
    assert turn.before[0] == TOP
    assert not turn.aftercare.says_safe


@pytest.mark.parametrize(
    "said",
    [
        "i climbed down",
        "i got away",
        "im home now",
        "i flushed them",
        "i changed my mind",
    ],
)
@pytest.mark.parametrize(
    "first", ["im stood on the edge of the roof", "a man is following me"]
)
def test_whoever_got_away_is_heard_and_asked_if_that_is_safe(
    first: str, said: str
) -> None:
    chat = Chat()
    chat.says(first)
    assert chat.says(said).before == (TOP, "escalation.heard_ok_after")
    assert chat.says("yes").before == ("escalation.get_checked", "escalation.glad_safe")


@pytest.mark.parametrize("said", ["shes ok now", "mum woke up", "hes fine"])
def test_word_of_somebody_else_is_no_word_of_whoever_took_something(said: str) -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    turn = chat.says(said)
    assert turn.before[0] == TOP
    assert not turn.aftercare.says_safe


@pytest.mark.parametrize("said", ["someones coming", "hes back", "he found me"])
def test_whoever_was_safe_and_is_come_after_again_is_asked_again(said: str) -> None:
    chat = Chat()
    chat.says("a man is following me")
    chat.says("im safe")
    turn = chat.says(said)
    assert turn.after == ("escalation.ask_safe",)
    assert chat.says("no").before == ("escalation.not_safe",)


def test_they_who_come_after_999_was_called_are_help_where_nobody_hurts_them() -> None:
    chat = Chat()
    chat.says("my friend has taken an overdose shes with me")
    chat.says("i called 999")
    assert chat.says("they are here").before == ("escalation.help_is_here",)
    chat = Chat()
    chat.says("someone is breaking into my house")
    chat.says("i called 999")
    assert "escalation.help_is_here" not in chat.says("theyre here").before


def test_whoever_is_safe_after_a_break_in_may_go_to_sleep() -> None:
    chat = Chat()
    chat.says("someone is breaking into my house")
    chat.says("police are here")
    chat.says("we are safe now")
    assert "escalation.wait_for_help" not in chat.says("night").before


def test_a_sister_in_the_house_is_no_danger_in_a_break_in() -> None:
    chat = Chat()
    chat.says("someone is breaking into my house")
    assert "escalation.them_beside_harm" not in chat.says("im with my sister").before
