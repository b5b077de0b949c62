"""Text-speak, stretched words and other scripts are read for what they say."""

import pytest

from bot.as_typed import asked, parts, plainly, text_speak


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("r u a bot", "are you a bot"),
        ("SOOOOO bored", "soo bored"),
        ("i\u2019m lonely", "i am lonely"),
        ("dont wanna tbh", "dont want to"),
        ("need 2 talk", "need 2 talk"),
        ("add to 4", "add to 4"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_short_forms_are_written_out(typed: str, read: str) -> None:
    assert plainly(typed) == read


@pytest.mark.parametrize("typed", ["мне плохо", "مرحبا", "我需要帮助"])
def test_letters_of_another_script_say_so(typed: str) -> None:
    assert plainly(typed).endswith("otherscript")


@pytest.mark.parametrize("typed", ["caf\u00e9", "dw i'n drist", "\U0001f62d", "123"])
def test_everything_else_does_not(typed: str) -> None:
    assert "otherscript" not in plainly(typed)


def test_a_message_is_divided_where_it_turns_to_something_else() -> None:
    assert parts("how do i make a plan n also is childline open") == [
        "how do i make a plan",
        "is childline open",
    ]
    assert parts("r u a bot? can i talk to someone") == [
        "r u a bot",
        "can i talk to someone",
    ]
    assert parts("mum and dad") == []


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("I'd like a safety plan please. I'm 17", "i'd like a safety plan please"),
        ("hi im 15 and from leeds and i want to talk", "i want to talk"),
        ("my name is sam. can i make a plan", "can i make a plan"),
        ("im in year 9 and who is open", "who is open"),
        ("im 17", "im 17"),
        ("hi. im 15", "hi. im 15"),
        ("i live in fear. of my dad", "i live in fear. of my dad"),
        ("im in a bad way. can i talk", "im in a bad way. can i talk"),
        ("who is open near me", "who is open near me"),
    ],
)
def test_who_somebody_is_is_no_wish_beside_one(typed: str, wish: str) -> None:
    assert asked(typed) == wish


def test_every_short_form_is_text() -> None:
    assert all(
        isinstance(short, str) and isinstance(full, str)
        for short, full in text_speak().items()
    )
