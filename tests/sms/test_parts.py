"""Long texts in parts: whatever order they come in, the sentence is read whole."""

from itertools import permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from channels.sms.parts import MOST_PARTS, RecentText, to_screen

FILLER = "so today was one of those days and i do not really know how to say it but "


def recent(*texts, apart=1.0):
    return [RecentText(t, apart * (len(texts) - n)) for n, t in enumerate(texts)]


def in_parts(text, room):
    return [text[i : i + room] for i in range(0, len(text), room)]


# A slow machine is not a wrong answer.
@settings(deadline=None)
@given(st.integers(60, 420), st.sampled_from(["GSM-7", "UCS-2"]))
def test_a_sentence_cut_anywhere_is_found_in_any_order(place, alphabet):
    secret = "nobody must miss this sentence"
    mark = "" if alphabet == "GSM-7" else "\u0175"
    room = 153 if alphabet == "GSM-7" else 67
    whole = (mark + FILLER * 9)[:place] + secret + " and that is all"
    parts = in_parts(whole, room)[-MOST_PARTS:]
    # A part of a UCS-2 text is sent as UCS-2 even if its own letters are plain.
    parts = [p if mark in p else mark + p[1:] for p in parts[:-1]] + parts[-1:]
    assume(secret in "".join(parts))
    for order in permutations(parts):
        readings = to_screen(order[-1], recent(*order[:-1]))

        assert any(secret in reading for reading in readings)


def test_the_newest_text_is_always_read_by_itself_first():
    assert to_screen("hello", recent("a" * 160, "b"))[0] == "hello"


def test_short_texts_in_a_row_are_read_on_as_they_came():
    readings = to_screen("anymore", recent("i cant", "do this"))

    assert readings == ("anymore", "i cant do this anymore")


def test_what_came_long_before_is_not_joined():
    old = [RecentText("i cant", 10.1), RecentText("do this", 10.0)]

    assert to_screen("anymore", old) == ("anymore", "do this anymore")


def test_a_flood_of_texts_costs_no_more_than_its_last_four():
    flood = recent(*(str(n) * 155 for n in range(9)), apart=0.1)

    assert len(to_screen("x" * 155, flood)) <= 1 + 24
