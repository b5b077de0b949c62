"""Text-speak, stretched words and other scripts are read for what they say."""

import pytest

from bot.as_typed import parts, plainly, text_speak


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


def test_every_short_form_is_text() -> None:
    assert all(
        isinstance(short, str) and isinstance(full, str)
        for short, full in text_speak().items()
    )
