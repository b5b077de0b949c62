"""Segment counting, held against a second counter that was written apart from it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foundations.gsm7 import encoding, fold, segments, units

# 3GPP TS 23.038, section 6.2.1, row by row as the table prints it (0x1B is escape).
TABLE = [
    "@£$¥èéùìòÇ\nØø\rÅå",
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ",
    " !\"#¤%&'()*+,-./",
    "0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNO",
    "PQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmno",
    "pqrstuvwxyzäöñüà",
]
ESCAPED = {"\f": 0x0A, "^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2F}
ESCAPED |= {"[": 0x3C, "~": 0x3D, "]": 0x3E, "|": 0x40, "€": 0x65}
CODES = {c: row * 16 + i for row, line in enumerate(TABLE) for i, c in enumerate(line)}
del CODES["\x1b"]

gsm_text = st.text(alphabet=st.sampled_from([*CODES, *ESCAPED]), max_size=700)
any_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def as_septets(text: str) -> list[list[int]] | None:
    """Encode character by character, as a handset would, or say it cannot be done."""
    encoded = []
    for character in text:
        if character in CODES:
            encoded.append([CODES[character]])
        elif character in ESCAPED:
            encoded.append([0x1B, ESCAPED[character]])
        else:
            return None
    return encoded


def as_code_units(text: str) -> list[list[int]]:
    pairs = [c.encode("utf-16-be") for c in text]
    return [[int.from_bytes(p[i : i + 2]) for i in range(0, len(p), 2)] for p in pairs]


def counted_apart(text: str) -> int:
    """Fill parts one after another, looking only at bytes that would go on the air."""
    septets = as_septets(text)
    units = as_code_units(text) if septets is None else septets
    alone, joined = (70, 67) if septets is None else (160, 153)
    if sum(len(u) for u in units) <= alone:
        return 1 if units else 0
    parts: list[list[int]] = [[]]
    for unit in units:
        if len(parts[-1]) + len(unit) > joined:
            parts.append([])
        parts[-1].extend(unit)
    return len(parts)


@given(gsm_text)
@example("a" * 160)
@example("a" * 161)
@example("a" * 152 + "€" + "a" * 10)
@example("€" * 80)
@example("€" * 153)
def test_plain_texts_are_counted_as_a_handset_would_pack_them(text: str) -> None:
    assert encoding(text) == "GSM-7"
    assert segments(text) == counted_apart(text)


@given(any_text)
@example("😀" * 35)
@example("a" * 66 + "😀" * 3)
@example("ŵ" * 67 + "a" * 3)
@example("ŵ" * 71)
def test_any_text_is_counted_as_a_handset_would_pack_it(text: str) -> None:
    assert segments(text) == counted_apart(text)
    assert units(text) == sum(map(len, as_septets(text) or as_code_units(text)))
    assert (encoding(text) == "GSM-7") == (as_septets(text) is not None)


@pytest.mark.parametrize(
    ("text", "alphabet", "parts"),
    [
        ("", "GSM-7", 0),
        ("£5 €5", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        # 152 letters, then a euro that will not fit in the one place left.
        ("a" * 152 + "€" + "a" * 153, "GSM-7", 3),
        ("ŵ" + "a" * 69, "UCS-2", 1),
        ("ŵ" + "a" * 70, "UCS-2", 2),
        ("a" * 66 + "😀" + "a" * 66, "UCS-2", 3),
        ("ç", "UCS-2", 1),
        ("`", "UCS-2", 1),
        ("\u2026", "UCS-2", 1),
    ],
)
def test_known_texts_have_known_lengths(text: str, alphabet: str, parts: int) -> None:
    assert (encoding(text), segments(text)) == (alphabet, parts)


def test_one_curly_apostrophe_costs_a_segment_until_it_is_folded() -> None:
    straight = (
        "You're not in trouble. " + "Ring or text someone who can be with you. " * 4
    )
    curly = straight.replace("'", "\u2019", 1)

    assert (segments(straight), segments(curly)) == (2, 3)
    assert fold(curly) == straight


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("\u2018I\u2019m \u201cok\u201d\u2019", "'I'm \"ok\"'"),
        ("10\u201312 \u2014 maybe\u2212", "10-12 - maybe-"),
        ("so\u2026", "so..."),
        ("a\u00a0b\u202fc\u2009d", "a b c d"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("cafe\u0301", "café"),
        ("one\u2028two\r\nthree", "one\ntwo\nthree"),
    ],
)
def test_typed_marks_fold_to_plain_equals(typed: str, plain: str) -> None:
    assert fold(typed) == plain
    assert encoding(fold(typed)) == "GSM-7"


@pytest.mark.parametrize(
    "kept", ["Llŷr a'r tŷ", "çok iyi", "👩‍👩‍👧 ❤️", "مرحبا", "Łukasz"]
)
def test_letters_and_emoji_are_never_folded_away(kept: str) -> None:
    assert fold(kept) == kept


@given(any_text)
@example("e\u200b\u0301")
def test_folding_twice_changes_nothing_more_and_never_costs_a_segment_more(
    text: str,
) -> None:
    folded = fold(text)

    assert fold(folded) == folded
    if encoding(text) == "GSM-7":
        assert segments(folded) <= segments(text)
