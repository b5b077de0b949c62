"""Asked for help in their own words, through the real Rasa."""

import pytest

from tests.bot.conftest import YoungPerson

pytestmark = pytest.mark.slow

# As young people write; those after the first seven are not among Rasa's examples.
ASKED = [
    ("anyone up rn", ""),
    ("i cant talk out loud", "not by phone"),
    ("somewhere lgbt friendly in plymouth", ""),
    ("is there anything that isnt calls", "not by phone"),
    ("text one plz", "by text"),
    ("anybody still awake i can txt", "by text"),
    ("got any lines for gay ppl in leeds", ""),
    ("sum1 might hear me is there a text line", "by text"),
    ("is there a webchat thats open for a 14 yr old", ""),
]


@pytest.mark.parametrize(("asked", "how"), ASKED)
def test_help_is_found_in_their_own_words(
    young_person: YoungPerson, asked: str, how: str
) -> None:
    young_person.says(asked)
    keys = [reply["key"] for reply in young_person.replies]
    shown = [
        reply["text"]
        for reply in young_person.replies
        if reply["key"] == "signposting.choice"
    ]

    assert keys
    assert all(key.startswith("signposting.") for key in keys), keys
    if how == "by text":
        assert "by text" in shown[0]
    if how == "not by phone":
        assert not [text for text in shown if "by phone" in text]
