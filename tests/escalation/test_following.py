"""Patterns are followed in few steps, however long the text, and find what they say."""

import random
from itertools import combinations

import pytest

from escalation.guards import stands
from escalation.lexicon import Lexicon
from escalation.machine import Machine
from escalation.needs import Needs, bits_set
from escalation.normalise import words
from escalation.phrasebook import Phrase, Phrasebook
from escalation.reading import Reader
from escalation.routes import Route
from escalation.row import stretches
from escalation.screening import explain

SEED = 20_261_126
CRISIS = (
    "i want to die kill myself my mum dad he she is going not tonight pills hurt cut "
    "me no one would care if was gone the bridge cant do this any more feel so tired"
)
NO_WORDS = Lexicon({})
OTHERS = [f"z{one}{two}" for one in "bcdfg" for two in "bcdfghjklmnpqrtvwxyz"]


def ends(pattern: str, text: str, lexicon: Lexicon = NO_WORDS) -> list[int]:
    """Tell after which words of a text (the edge before it is the first) one ends."""
    machine = Machine(
        [(row, 0) for row in lexicon.read(pattern)],
        lexicon,
        stop_gaps=frozenset({"not"}),
    )
    row = machine.read(words(text))
    return [
        place
        for one in machine.patterns(row.possible)
        for place in reversed(bits_set(row.ends(one)))
    ]


@pytest.mark.parametrize("gap", range(1, 13))
def test_the_stretches_of_a_gap_make_up_every_number_of_words_to_it(gap: int) -> None:
    lengths = stretches(gap)
    made = {
        sum(some) for n in range(len(lengths) + 1) for some in combinations(lengths, n)
    }
    assert made == set(range(gap + 1))


def test_a_gap_is_up_to_so_many_words_of_one_sentence_and_no_not() -> None:
    for between in range(6):
        text = " ".join(["one", *["and"] * between, "two"])
        found = ends("one ..4 two", text)
        # What stands more than four times in a row is read as four.
        assert found == [len(words(text)) - 1], between
    assert ends("one ..4 two", "one a b c d two") == [7]
    assert ends("one ..4 two", "one a b c d e two") == []
    assert ends("one ..4 two", "here is one now. two is here") == []
    assert ends("one ..4 two", "one not two") == []
    assert ends("one ...4 two", "one not two") == [4]


def test_only_a_pattern_with_all_it_needs_is_met() -> None:
    needs = Needs()
    first, second, third = (needs.add(kinds) for kinds in ("ab", "b", "abc"))
    needs.close()

    def met(kinds: str) -> set[int]:
        return set(bits_set(needs.met_by(needs.bits(kinds))))

    assert met("") == met("a") == met("c") == met("ac") == set()
    assert met("b") == {second}
    assert met("ab") == {first, second}
    assert met("abc") == {first, second, third}


def test_words_that_lead_to_the_same_members_are_each_found() -> None:
    lexicon = Lexicon({"near": ["mum|dad is here", "mum|dad came", "nan is here"]})
    for text in ("mum is here", "dad is here", "nan is here"):
        assert ends("so {near} now", f"so {text} now", lexicon) == [6], text
    assert ends("so {near} now", "so dad came now", lexicon) == [5]
    assert ends("so {near} now", "so nan came now", lexicon) == []


@pytest.mark.parametrize("between", [0, 7, 12])
def test_a_long_match_is_found_wherever_in_a_long_text_it_stands(between: int) -> None:
    said = ["one", "two", "three", "four", "five"]
    match = (" " + " ".join(OTHERS[:between]) + " ").join(said)
    length = 4 * between + 5
    for before in range(60):
        text = " ".join([*OTHERS[between : between + before], match, *OTHERS[-30:]])
        found = ends("one ..12 two ..12 three ..12 four ..12 five", text)
        assert found == [before + length + 1], before


def test_words_too_far_apart_for_a_pattern_do_not_call_for_it() -> None:
    machine = Machine([(row, 0) for row in NO_WORDS.read("one ..4 two")], NO_WORDS)
    assert machine.read(words("one " + " ".join(OTHERS[:5]) + " two")).possible
    assert not machine.read(words("one " + " ".join(OTHERS[:60]) + " two")).possible


def test_a_text_twice_as_long_takes_no_more_than_twice_the_steps() -> None:
    chance = random.Random(SEED)
    said = chance.choices(CRISIS.split(), k=1600)
    took = [explain(words(" ".join(said[:n]))).steps for n in (400, 800, 1600)]
    # Scenes are looked for once, and only where something would be explained away.
    assert took[1] <= 2 * took[0] + 800
    assert took[2] <= 2 * took[1] + 1600


def test_a_run_of_words_is_met_inside_brackets_and_in_classes_too() -> None:
    lexicon = Lexicon({"when": ["soon|last_night"]})
    for pattern in ("he left (soon|last_night / today)", "he left {when}"):
        assert ends(pattern, "he left last night", lexicon) == [5], pattern
        assert ends(pattern, "he left soon", lexicon) == [4], pattern
    assert ends("(he|his_dad ..2 left / gone)", "his dad just left") == [5]


SMALLEST = Lexicon(
    {
        "not": ["not"],
        "kin": ["mum"],
        "the_writer": ["i"],
        "of_the_writer": ["my"],
        "someone_named": ["he"],
    }
)


def stands_in(text: str, pattern: str, *unless_after: str) -> bool:
    """Tell whether a phrase of this one pattern and guard stands in a text."""
    phrase = Phrase(
        "suicide.new",
        Route.SUICIDE,
        "wish_to_die",
        "why",
        "not reviewed",
        None,
        (pattern,),
        unless_after=unless_after,
    )
    seen = Reader(Phrasebook((phrase,), SMALLEST)).read(words(text))
    return any(stands(seen.spell_out(hit), seen) for hit in seen.hits())


@pytest.mark.parametrize("pattern", ["i am done", "i am done ..6", "i am done of? ..2"])
def test_what_may_not_come_after_is_looked_for_behind_the_words_not_behind_a_gap(
    pattern: str,
) -> None:
    assert stands_in("i am done", pattern, "my homework")
    assert not stands_in("i am done with my homework", pattern, "my homework")
    assert not stands_in(
        "i am done with my homework so there you go now", pattern, "my homework"
    )
    assert stands_in(
        "i am done and it took me a whole day and my homework too",
        pattern,
        "my homework",
    )
