"""Carrier words: what Twilio does with each, what we do, and what is not one."""

import pytest

from channels.sms.carrier_words import (
    TABLE,
    CarrierWord,
    TwilioDefault,
    carrier_word,
)
from twilio_stand_in.opt_out import keyword

STOP, START, HELP = CarrierWord.STOP, CarrierWord.START, CarrierWord.HELP
BLOCKS, UNBLOCKS = TwilioDefault.BLOCKS_US, TwilioDefault.UNBLOCKS_US
ANSWERS, NOTHING = TwilioDefault.ANSWERS_FOR_US, TwilioDefault.NOTHING

WHOLE_TABLE = [
    ("STOP", BLOCKS, STOP),
    ("STOPALL", BLOCKS, STOP),
    ("UNSUBSCRIBE", BLOCKS, STOP),
    ("REVOKE", BLOCKS, STOP),
    ("OPTOUT", BLOCKS, STOP),
    ("END", BLOCKS, None),
    ("QUIT", BLOCKS, None),
    ("CANCEL", BLOCKS, None),
    ("START", UNBLOCKS, START),
    ("UNSTOP", UNBLOCKS, START),
    ("YES", UNBLOCKS, None),
    ("HELP", ANSWERS, HELP),
    ("INFO", ANSWERS, HELP),
]


def test_the_table_is_whole():
    rows = [(row.word, row.twilio, row.handrail) for row in TABLE.values()]

    assert rows == WHOLE_TABLE


def twilio_default(text):
    """Tell what Twilio does with a text: it wants the bare word, in any case."""
    row = TABLE.get(text.strip().upper())
    return row.twilio if row else NOTHING


@pytest.mark.parametrize(("word", "twilio", "handrail"), WHOLE_TABLE)
def test_a_word_alone_means_the_same_however_it_is_typed(word, twilio, handrail):
    for typed in (
        word,
        word.lower(),
        word.title(),
        f"  {word}\n",
        f"{word}.",
        f"{word}!!!",
        f"{word} \U0001f62d\U0001f62d",
        f"{word}\u2764\ufe0f",
        f"\u201c{word}\u201d",
        f"\u200b{word}\u00a0",
        f"...{word}?",
        "".join(chr(ord(c) + 0xFEE0) for c in word),
    ):
        assert carrier_word(typed) is handrail, typed
    assert twilio_default(word.lower() + " ") is twilio


@pytest.mark.parametrize("word", [row[0] for row in WHOLE_TABLE])
def test_a_word_among_others_is_conversation(word):
    for typed in (
        f"{word} please",
        f"please {word}",
        f"{word}, {word}",
        f"i want it to {word}",
        f"{word}ping",
        f"{word}1",
    ):
        assert carrier_word(typed) is None, typed
        assert twilio_default(typed) is NOTHING


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("stop all", STOP),
        ("Stop  All.", STOP),
        ("opt out", STOP),
        ("Opt-Out", STOP),
        ("un-stop", START),
        ("unsubscribe me", STOP),
        ("stop it", None),
        ("help me", None),
        ("h e l p", None),
        ("", None),
        ("!!!", None),
        ("\U0001f6d1", None),
    ],
)
def test_people_type_words_in_their_own_way(typed, meaning):
    assert carrier_word(typed) is meaning


def test_twilio_wants_the_bare_word_and_the_stand_in_agrees_with_our_table():
    for word, twilio, _ in WHOLE_TABLE:
        stands_in = keyword(word.lower())
        assert stands_in is not None
        assert twilio_default(f"{word}.") is NOTHING
        assert keyword(f"{word}.") is None
        assert {"stop": BLOCKS, "start": UNBLOCKS, "help": ANSWERS}[
            stands_in.value
        ] is twilio
