"""One answer may list several things; a sentence stays a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safety_plans.splitting import items_in


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("music, my dog, ringing nan", ["music", "my dog", "ringing nan"]),
        ("music, my dog and ringing nan", ["music", "my dog", "ringing nan"]),
        ("music, my dog, and nan", ["music", "my dog", "nan"]),
        ("music; my dog; nan", ["music", "my dog", "nan"]),
        ("- music\n- my dog\n\n- nan", ["music", "my dog", "nan"]),
        ("1. music 2. my dog 3. nan", ["music", "my dog", "nan"]),
        ("1) music\n2) my dog", ["music", "my dog"]),
        ("💜, 🎵", ["💜", "🎵"]),
        ("موسيقى، أختي", ["موسيقى", "أختي"]),
        ("music,", ["music"]),
        ("music, my dog n ringing nan", ["music", "my dog", "ringing nan"]),
        ("musik, n my dog", ["musik", "my dog"]),
        ("xbox n musik n my dog", ["xbox", "musik", "my dog"]),
        ("Mum & Dad n nan", ["Mum", "Dad", "nan"]),
    ],
)
def test_a_list_becomes_its_items(answer: str, items: list[str]) -> None:
    assert list(items_in(answer)) == items


@pytest.mark.parametrize(
    "answer",
    [
        "fish and chips",
        "music and my dog",
        "musik n my dog",
        "fish n chips",
        "Ant n Dec",
        "me n my sister n her dog",
        "Nan n Bryn-Anne",
        "go round and round and round",
        "i lie down n cry n sleep",
        "say 'no n no way n never'",
        "walk to the shops n get a big drink n come back home slowly",
        "When it gets bad, I go to my room",
        "ring nan, she gets it",
        "go for a walk, but only if it's light",
        "I lie on the floor in the dark, and I listen to every track of my best album",
        "Nan 07700 900123",
        "no. 4 bus to town",
        "10,000 steps",
        'say "not today, thanks" out loud',
        "Mo (not mornings, he sleeps)",
    ],
)
def test_what_is_one_thing_stays_one_thing(answer: str) -> None:
    assert items_in(answer) == (answer,)


def test_a_number_stays_with_its_name() -> None:
    assert items_in("Auntie Jo, 07700 900123, and nan") == (
        "Auntie Jo, 07700 900123",
        "nan",
    )


def test_food_with_and_in_it_stays_whole_in_a_list() -> None:
    assert items_in("music, fish and chips") == ("music", "fish and chips")


@pytest.mark.parametrize("nothing", ["", "  ", "\n\n", ",", " , ,", "-"])
def test_nothing_is_no_item(nothing: str) -> None:
    assert items_in(nothing) == ()


@given(st.text(max_size=200))
def test_every_item_is_word_for_word_from_the_answer(answer: str) -> None:
    for item in items_in(answer):
        assert item in answer
        assert item.strip() == item != ""


@given(st.lists(st.from_regex(r"[a-z]{4,9}", fullmatch=True), min_size=1, max_size=200))
def test_two_hundred_short_items_are_all_found(words: list[str]) -> None:
    assert " ".join(items_in("\n".join(words))) == " ".join(words)


def test_ten_thousand_characters_are_split_at_once() -> None:
    assert items_in("(" * 10_000) == ("(" * 10_000,)
