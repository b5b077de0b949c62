"""The day after, where somebody says that they are OK, told as conversations."""

import pytest

from tests.escalation.chats import TOP, Chat

SMALL_TALK = ("what now", "its raining")


@pytest.mark.parametrize("ok", ["im ok", "im fine", "nah im good", "i'm ok now", "ok"])
def test_whether_ok_means_safe_is_asked_once_and_closes_nothing(ok: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.keys(ok, ok, ok) == [
        ("escalation.heard_ok",),
        ("escalation.offer_stays",),
        ("escalation.ok_for_now",),
    ]
    assert chat.care is not None


@pytest.mark.parametrize(
    ("answer", "brings"),
    [("yes", "glad_safe"), ("no", "not_safe"), ("idk", "not_safe")],
)
def test_the_answer_to_that_is_an_answer_to_are_you_safe(
    answer: str, brings: str
) -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im ok")
    assert chat.says(answer).before == (f"escalation.{brings}",)


def test_ok_after_an_emergency_is_asked_about_below_999_and_settles_nothing() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    assert chat.says("im ok").before == (TOP, "escalation.heard_ok_after")
    assert chat.says("i feel fine").before == (TOP, "escalation.offer_stays")
    assert chat.says("whats on tv").before == (TOP,)
    chat.says("ive took all my tablets")
    chat.says("im alright")
    assert chat.says("yes").before == (
        "escalation.get_checked",
        "escalation.glad_safe",
    )


def test_ok_after_a_denial_is_asked_about_too() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("jk lol")
    assert chat.says("im fine").before == ("escalation.heard_ok",)


def test_ok_when_asked_how_they_are_now_is_not_told_to_answer_nothing() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    assert chat.says("im ok for now").before == ("escalation.ok_for_now",)


def test_who_worries_about_a_friend_is_believed_when_they_say_that_they_are_ok() -> (
    None
):
    chat = Chat()
    chat.says("my friend says she wants to kill herself")
    chat.keys(*SMALL_TALK)
    assert chat.says("im ok").before == ("escalation.glad_safe",)


@pytest.mark.parametrize("where", ["im in a&e", "im at the hospital", "im in hospital"])
def test_whoever_is_in_hospital_is_somewhere_safe(where: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says(where).before == ("escalation.glad_safe",)


@pytest.mark.parametrize("between", ["im ok", "i dont want police", "whats on tv"])
@pytest.mark.parametrize("here", ["my mums here", "my mum is here now", "nans with me"])
def test_whoever_comes_later_after_an_emergency_is_heard_without_a_question(
    between: str, here: str
) -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    chat.says(between)
    turn = chat.says(here)
    assert turn.before == ("escalation.get_checked", "escalation.glad_safe")
    assert turn.after == ()


def test_a_yes_that_may_answer_something_else_is_nobody_there() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    chat.says("i dont want police")
    assert "escalation.glad_safe" not in chat.says("yes").before


@pytest.mark.parametrize(
    "done", ["i took all the tablets", "ive just taken all the pills"]
)
def test_whoever_took_all_of_them_hears_words_for_themselves(done: str) -> None:
    assert Chat().says(done).before == ("escalation.emergency_now",)


@pytest.mark.parametrize(
    "said",
    ["no im safe just fed up", "nah im safe only tired", "im safe im just really sad"],
)
def test_safe_and_only_fed_up_is_safe_and_is_not_asked_again(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")

    assert chat.says(said).before == ("escalation.glad_safe",)


@pytest.mark.parametrize(
    "said",
    ["naw am no safe", "am no safe", "im no safe", "a dinnae feel safe", "im nae safe"],
)
def test_no_safe_in_scots_is_not_safe(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")

    assert chat.says(said).before == ("escalation.not_safe",)


@pytest.mark.parametrize(
    ("said", "brings"),
    [
        ("aye", "glad_safe"),
        ("aye am safe", "glad_safe"),
        ("naw", "not_safe"),
        ("naw am no", "not_safe"),
        ("aye am awrite", "glad_safe"),
        ("am awrite", "heard_ok"),
    ],
)
def test_aye_and_naw_answer_are_you_safe(said: str, brings: str) -> None:
    chat = Chat()
    chat.says("i want to die")

    assert chat.says(said).before == (f"escalation.{brings}",)
