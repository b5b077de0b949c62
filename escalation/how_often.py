"""How common words are, as far as the phrases' own examples tell."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from escalation.lexicon import WordClass
from escalation.normalise import words
from escalation.phrasebook import Phrasebook


@dataclass(frozen=True)
class HowOften:
    """How often each word, and anything of each class, is met in the examples."""

    words: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)


def by_examples(book: Phrasebook, classes: Iterable[str]) -> HowOften:
    """Count the words of every example, whichever way they may be meant."""
    met = Counter(
        way
        for phrase in book.phrases
        for example in (*phrase.must_match, *phrase.must_not_match)
        for word in words(example)
        for way in word
    )
    return HowOften(
        met, {name: _times(book.lexicon.named(name), met) for name in classes}
    )


def _times(members: WordClass, met: Mapping[str, int]) -> int:
    """Add its members up; one of several words is as common as its rarest is."""
    several = (min(_met(place, met) for place in member) for member in members.phrases)
    return _met(members.words, met) + sum(several)


def _met(any_of: Iterable[str], met: Mapping[str, int]) -> int:
    return sum(met.get(word, 0) for word in any_of)
