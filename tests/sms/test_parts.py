"""Long texts in parts: whatever order they come in, the sentence is read whole."""

from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from channels.sms.parts import MOST_PARTS, RecentText, whole_texts

FILLER = "so today was one of those days and i do not really know how to say it but "


def recent(*texts, apart=1.0):
    return [RecentText(t, apart * (len(texts) - n)) for n, t in enumerate(texts)]


def in_parts(text, room):
    return [text[i : i + room] for i in range(0, len(text), room)]


# A slow machine is not a wrong answer.
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
        readings = [order[-1], *whole_texts(order[-1], recent(*order[:-1]))]

        assert any(secret in reading for reading in readings)


def test_short_texts_are_no_parts_of_anything():
    assert whole_texts("anymore", recent("i cant", "do this")) == ()
    assert whole_texts("a" * 160, ()) == ()


def test_what_came_long_before_is_not_joined():
    old = [RecentText("a" * 153, 10.1), RecentText("b" * 153, 10.0)]

    assert set(whole_texts("c", old)) == {"b" * 153 + "c", "c " + "b" * 153}


def test_a_flood_of_texts_costs_no_more_than_its_last_four():
    flood = recent(*(str(n) * 155 for n in range(9)), apart=0.1)

    assert len(whole_texts("x" * 155, flood)) <= 24
