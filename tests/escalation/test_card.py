"""The crisis card is one word away, however the word is dressed."""

import pytest

from escalation import is_card_request


@pytest.mark.parametrize(
    "text",
    [
        "999",
        "HELP",
        "help",
        " Help! ",
        "now",
        "NOW.",
        "SOS",
        "sos 🙏",
        "S.O.S",
        "9 9 9",
    ],
)
def test_a_card_word_asks_for_the_card(text: str) -> None:
    assert is_card_request(text)


@pytest.mark.parametrize(
    "text", ["", "help me find a group", "not now", "what is 999 for", "🙏", "x" * 9000]
)
def test_anything_more_is_not_the_card_word(text: str) -> None:
    assert not is_card_request(text)
