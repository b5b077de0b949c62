"""Patterns are followed in few steps, however long the text, and find what they say."""

import random
from itertools import combinations

import pytest

from escalation.lexicon import Lexicon
from escalation.machine import Machine
from escalation.needs import Needs, bits_set
from escalation.normalise import words
from escalation.row import stretches
from escalation.screening import explain

SEED = 20_261_126
CRISIS = (
    "i want to die kill myself my mum dad he she is going not tonight pills hurt cut "
    "me no one would care if was gone the bridge cant do this any more feel so tired"
)
NO_WORDS = Lexicon({})


def ends(pattern: str, text: str) -> list[int]:
    """Tell after which words of a text (the edge before it is the first) one ends."""
    machine = Machine(
        [(row, 0) for row in NO_WORDS.read(pattern)],
        NO_WORDS,
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


def test_a_text_twice_as_long_takes_no_more_than_twice_the_steps() -> None:
    chance = random.Random(SEED)
    said = chance.choices(CRISIS.split(), k=1600)
    took = [explain(words(" ".join(said[:n]))).steps for n in (400, 800, 1600)]
    assert took[1] <= 2 * took[0]
    assert took[2] <= 2 * took[1]
