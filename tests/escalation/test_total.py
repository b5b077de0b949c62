"""The screen never raises, always says the same, and never works more than it may."""

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation import Recent, Route, is_card_request, screen
from escalation.heard import Heard, hear
from escalation.normalise import words
from escalation.phrasebook import load
from escalation.screening import explain

ANY_TEXT = st.text(alphabet=st.characters(), max_size=400)
LONG = os.environ.get("HANDRAIL_LONG") == "1"
FUZZED = 200_000 if LONG else 1_500
SEED = 20_261_122
PHRASES = (
    " i | want to | die | kill | myself | my mum | he | not | tonight | pills | cut"
    "| suicide | lol | homework | in fortnite | said | wants to | no one | without me"
)
BITS = [
    *"abcdeiklmnostuwy .!?*1034@$|\n\t",
    *"іеоаѕｋｉ\u200b\u0301\u0336🔪💊💀\ud800\x00\u202e\ufdfa",
    *PHRASES.split("|"),
]


def made_up(chance: random.Random) -> str:
    return "".join(chance.choices(BITS, k=chance.randrange(1, 60)))


@given(ANY_TEXT)
@settings(max_examples=300)
def test_any_text_at_all_gets_a_route_and_the_same_one_twice(text: str) -> None:
    first = screen(text)
    assert first.route in Route
    assert screen(text) == first
    assert hear(text) in Heard
    assert is_card_request(text) in (True, False)


@given(ANY_TEXT, st.lists(st.tuples(ANY_TEXT, st.floats(0, 1000)), max_size=5))
@settings(max_examples=150)
def test_any_earlier_messages_are_taken(
    text: str, earlier: list[tuple[str, float]]
) -> None:
    recent = [Recent(one, age) for one, age in earlier]
    assert screen(text, recent) == screen(text, recent)


def test_lone_surrogates_nul_and_the_last_character_are_taken() -> None:
    for text in ("\ud800", "\x00", "\udfff i want to die \ud83d", chr(0x10FFFF)):
        assert screen(text).route in Route
    assert screen("i want\x00 to die").route is Route.SUICIDE


@pytest.mark.timeout(0 if LONG else 120)
def test_no_input_breaks_it_or_makes_it_work_without_bound() -> None:
    chance = random.Random(SEED)
    phrases = len(load().phrases)
    for _ in range(FUZZED):
        text = made_up(chance)
        row = words(text)
        read = explain(row)
        assert screen(text) == screen(text)
        assert len(row) <= 3 * len(text) + 2
        assert read.steps <= len(row) * 60 + phrases * 12 + 200


@pytest.mark.parametrize(
    "bit", ["i want to die ", "k.i.l.l.", "🔪", "my mum will kill me ", "ﷺ", "d́", "a"]
)
def test_ten_thousand_characters_of_repetition_shrink_to_a_short_row(bit: str) -> None:
    text = (bit * 10_000)[:10_000]
    row = words(text)
    assert len(row) < 400
    assert explain(row).steps < 20_000


def test_reading_a_text_leaves_nothing_for_the_collector() -> None:
    # In a process of its own: other tests' threads leave things here meanwhile.
    done = subprocess.run(
        [sys.executable, "-c", LEFT_FOR_THE_COLLECTOR],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "0"


LEFT_FOR_THE_COLLECTOR = """
import gc
from escalation import Recent, screen
text = "i want to die and my mum will kill me, not tonight. he hurt me in fortnite lol"
recent = [Recent("i took all my pills", 5.0)]
screen(text, recent)
gc.collect()
gc.disable()
for _ in range(3):
    screen(text, recent)
print(gc.collect())
"""
