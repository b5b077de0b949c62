"""What every text must be: safe, plain, short enough for a phone.

The build, the preview page and an organisation's own words are held to the same rules.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from bot.words import Variation, Words
from foundations.content import read_yaml
from foundations.gsm7 import encoding, segments
from foundations.saying import Channel

NEVER_SAID: Final = Path(__file__).parent / "never_said.yml"

MOST_PARTS: Final = 2
MOST_PARTS_WITH_CHOICES: Final = 3
"""A text of two parts, and a third at most once the choices are listed below it."""

OLDEST_READER: Final = 11
"""Years. Single texts are short, so it is a ceiling and not a mark."""

TOO_SHORT_TO_MEASURE: Final = 12
"""Words; below this one long word decides, and the figure says nothing."""

LONGEST_SENTENCE: Final = 22
"""Words. The guide asks for fifteen; a list in a sentence may run a little over."""

_GAP: Final = re.compile(r"\{[a-z_]+\}")
_LIKE_A_VALUE: Final = "x" * 12
_SENTENCE: Final = re.compile(r"[.?:]+(?:\s|$)|\n")


def problems(words: Words, key: str) -> Iterator[str]:
    """Say what is wrong with any way to say a key, rule by rule; nothing when fine."""
    for said in words.by_key[key]:
        yield from (rule for rule in wording(said) if rule not in _allowed(key))
        yield from reading(said)
    for said in words.variations(key, Channel.SMS):
        yield from room(said)


def _allowed(key: str) -> frozenset[str]:
    """A meaning is the young person's own voice: "I feel lonely"."""
    return frozenset({"claims to feel"} if key.startswith("meaning.") else ())


def wording(said: Variation) -> Iterator[str]:
    """Name each rule of `never_said.yml` that a text or a label of a choice breaks."""
    whole = "\n".join([said.text, *(choice.label for choice in said.choices)])
    yield from (rule for rule, wrong in never_said().items() if wrong.search(whole))


def reading(said: Variation) -> Iterator[str]:
    """Say when a text asks too much of a reader of eleven."""
    age = reading_age(said.text)
    if age is not None and age > OLDEST_READER:
        yield f"reading age {age:.0f}"
    longest = longest_sentence(said.text)
    if longest > LONGEST_SENTENCE:
        yield f"a sentence of {longest} words"


def room(said: Variation) -> Iterator[str]:
    """Say when a text message would be too long, or twice as dear by one letter."""
    alone, listed = as_texted(said)
    if encoding(listed) != "GSM-7":
        yield "a letter that halves the room of a text"
    if segments(alone) > MOST_PARTS or segments(listed) > MOST_PARTS_WITH_CHOICES:
        yield "too long for a text"


def as_texted(said: Variation) -> tuple[str, str]:
    """Give a text as a phone gets it, gaps filled: without and with its choices."""
    alone = _GAP.sub(_LIKE_A_VALUE, said.text)
    rows = [f"{n} {choice.label}" for n, choice in enumerate(said.choices, 1)]
    return alone, "\n".join([alone, *rows])


def reading_age(text: str) -> float | None:
    """Give the age in years that can read a text; None when it is too short to tell.

    The Automated Readability Index counts letters, words and sentences, and needs no
    dictionary: a US school year, to which five is added.
    """
    import textstat

    plain = re.sub(r"\n+", ". ", _GAP.sub("it", text))
    if textstat.lexicon_count(plain) < TOO_SHORT_TO_MEASURE:
        return None
    return float(textstat.automated_readability_index(plain)) + 5


def longest_sentence(text: str) -> int:
    """Count the words of the longest sentence, gaps as one word."""
    return max(len(part.split()) for part in _SENTENCE.split(_GAP.sub("it", text)))


@cache
def never_said() -> dict[str, re.Pattern[str]]:
    """Read the rules once."""
    written = read_yaml(NEVER_SAID)
    return {
        **{
            rule: re.compile(pattern, re.IGNORECASE)
            for rule, pattern in written["in_any_case"].items()
        },
        **{
            rule: re.compile(pattern) for rule, pattern in written["as_written"].items()
        },
    }
