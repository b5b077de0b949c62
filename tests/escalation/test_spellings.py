"""Words in disguise are read as what they say, and look-alikes stay what they are."""

import pytest

from escalation.normalise import words
from escalation.spelling import meant


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("mslf", "myself"),
        ("kllng", "killing"),
        ("tblts", "tablets"),
        ("unalv", "unalive"),
        ("kilign", "killing"),
        ("suicidal", None),
        ("abs", None),
        ("ding", None),
        ("relaxed", None),
    ],
)
def test_dropped_vowels_and_jumbled_letters_are_read_as_a_crucial_word(
    written: str, means: str | None
) -> None:
    assert meant(written) == means


@pytest.mark.parametrize(
    "written",
    [
        "Every. Single. Day. I. Want. To. Die.",
        "im going to end. my. life.",
        "cut. ting. my. legs.",
    ],
)
def test_sentences_of_one_word_each_are_read_in_one_breath(written: str) -> None:
    assert [word[0] for word in words(written)].count("|") == 2


def test_two_ordinary_sentences_stay_two() -> None:
    assert [word[0] for word in words("I came home. It was late.")].count("|") == 3


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("k. i. l. l. myself", "kill"),
        ("#wanttodie", "die"),
        ("nobodywouldcareifidied", "died"),
        ("ki ll myself", "kill"),
        ("s£lf", "self"),
        ("svicide", "suicide"),
    ],
)
def test_a_word_in_disguise_is_found(written: str, means: str) -> None:
    assert means in {way for word in words(written) for way in word}


def test_a_live_gig_is_not_joined_into_one_word() -> None:
    assert "alive" not in {way for word in words("a live gig") for way in word}
