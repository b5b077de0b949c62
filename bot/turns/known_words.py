"""The examples of every meaning, as words: what is exactly one, or a slip of one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Final

from bot.as_typed import NOTHING, text_speak
from foundations.content import read_yaml

DATA = Path(__file__).parents[1] / "data"
DOMAIN = Path(__file__).parents[1] / "domain"
NOISE: Final = "nonsense"
DELETE: Final = "delete_my_data"
SHORTEST_WORD: Final = 3  # letters
_WORDS = re.compile(r"\w+")
_DOUBLED = re.compile(r"(.)\1+")
_LINE_NUMBER = re.compile(r"\b\d{1,3} \d{1,3}\b")
_MARKED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")

MAY_BE_MISTYPED: Final = frozenset(
    {
        "plan_resume",
        "plan_pause",
        "plan_skip",
        "plan_ideas",
        "plan_what_for",
        "plan_show",
        "plan_easy",
        "plan_literal",
        "plan_dont_know",
        "swearing_at_bot",
        "thanks",
        DELETE,
    }
)
"""What loses nothing when a line was meant after all; deleting asks first."""

ONLY_DELETE: Final = frozenset({DELETE})

LONGEST_MISTYPED: Final = 6  # words

MOST_LETTERS_OUT: Final = 2

IN_A_SENTENCE: Final = {"2": "to", "4": "for", "del": "delete"}
"""Short forms that mean this only beside other words: a bare 2 picks a choice."""

SPELT_RIGHT: Final = frozenset(
    [
        "its",
        "thats",
        "theres",
        "wheres",
        "hows",
        "whos",
        "im",
        "ive",
        "hes",
        "shes",
        "theyre",
        "youre",
        "isnt",
        "arent",
    ]
)
"""Short forms that are no slips; examples have them where they are meant."""


def plain(text: str) -> str:
    """Reduce a text to its words in small letters, without marks."""
    return " ".join(_WORDS.findall(text.casefold().replace("'", "").replace("’", "")))


def names_a_line(said: str) -> bool:
    """Tell whether two numbers stand side by side, as `plain` writes 2.1."""
    return bool(_LINE_NUMBER.search(said))


def as_read(said: str) -> str:
    """Write the short forms of plain words out: "idk wat 2 put".

    One word alone stays as it is: it may be an answer that only looks like one. So
    does what names a line: "delete 2 1" is no "delete to".
    """
    if " " not in said or names_a_line(said):
        return said
    read = (_short_forms().get(word, word) for word in said.split())
    return " ".join(word for word in read if word != NOTHING)


@cache
def _short_forms() -> Mapping[str, str]:
    return {
        **{one: full for one, full in text_speak().items() if one not in SPELT_RIGHT},
        **IN_A_SENTENCE,
    }


@dataclass(frozen=True)
class Example:
    """One example of an intent, plain, and the folder of its feature."""

    words: str
    intent: str
    folder: str


@cache
def every_example() -> tuple[Example, ...]:
    """Read every example of every intent, as Rasa is trained on them."""
    found: list[Example] = []
    for file in sorted(DATA.rglob("*.yml")):
        content = read_yaml(file) or {}
        for entry in content.get("nlu") or ():
            for row in (entry.get("examples") or "").splitlines():
                words = plain(_MARKED.sub(r"\1", row.strip().removeprefix("-")))
                if words and "intent" in entry:
                    found.append(Example(words, entry["intent"], file.parent.name))
    return tuple(found)


@cache
def examples() -> Mapping[str, str]:
    """Give the meaning of each example, the first where two have it."""
    return {example.words: example.intent for example in reversed(every_example())}


@cache
def examples_as_read() -> Mapping[str, str]:
    """Give the meaning of each example with its short forms written out."""
    return {as_read(one.words): one.intent for one in reversed(every_example())}


@cache
def button_words() -> Mapping[str, str]:
    """Give the meaning of what is pressed, by its label and by what it says."""
    found: dict[str, str] = {}
    for file in sorted(DOMAIN.glob("*.yml")):
        for variations in (read_yaml(file).get("responses") or {}).values():
            for button in (one for way in variations for one in way.get("buttons", ())):
                says = plain(button["payload"])
                if intent := examples().get(says):
                    found |= {says: intent, plain(button["title"]): intent}
    return found


@cache
def folders() -> Mapping[str, str]:
    """Give the feature's folder of each meaning."""
    return {example.intent: example.folder for example in every_example()}


@cache
def vocabulary() -> Mapping[str, frozenset[str]]:
    """Give every word of each meaning's examples."""
    words: dict[str, set[str]] = {}
    for example in every_example():
        words.setdefault(example.intent, set()).update(example.words.split())
    return {intent: frozenset(known) for intent, known in words.items()}


def holds_words(text: str) -> bool:
    """Tell whether a message holds a word of ours that is more than noise.

    Understanding knows noise by how little of it is known: a few plain words that no
    example is like look the same to it.
    """
    noise = vocabulary()[NOISE]
    return any(
        word in known and word not in noise
        for word in plain(text).split()
        if len(word) >= SHORTEST_WORD
        for known in vocabulary().values()
    )


def mistyped(said: str) -> str | None:
    """Find what these few words are a slip of the keys of: "cary on", "fuk this".

    One word alone may be an answer that only looks like one: "skips".
    """
    return _slip_of(said, MAY_BE_MISTYPED)


def is_slip_for_delete(said: str) -> bool:
    """Tell a wish to have everything deleted, slips and all; "delete insta" is none."""
    return _slip_of(said, ONLY_DELETE) is not None


def _slip_of(said: str, intents: frozenset[str]) -> str | None:
    words = as_read(said).split()
    return next(
        (
            intent
            for example, intent in _few_words(intents).get(len(words), ())
            if all(map(_is_slip, words, example))
        ),
        None,
    )


def _is_slip(word: str, meant: str) -> bool:
    """A word that is one of ours is no slip of another: "can" is not "cant"."""
    if word == meant:
        return True
    if word[0] != meant[0] and word[-1] != meant[-1]:
        return False
    doubled = _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", meant)
    if doubled or word in _every_word() or len(meant) <= SHORTEST_WORD:
        return doubled
    is_swapped = word[0] == meant[0] and sorted(word) == sorted(meant)
    is_near = abs(len(meant) - len(word)) <= MOST_LETTERS_OUT
    return is_swapped or (is_near and SequenceMatcher(None, word, meant).ratio() >= 0.8)


@cache
def _every_word() -> frozenset[str]:
    return frozenset().union(*vocabulary().values())


@cache
def _few_words(
    intents: frozenset[str],
) -> Mapping[int, tuple[tuple[tuple[str, ...], str], ...]]:
    """Give the examples of a few words of these meanings, by how many words."""
    found: dict[int, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for example in (one for one in every_example() if one.intent in intents):
        words = tuple(as_read(example.words).split())
        if 1 < len(words) <= LONGEST_MISTYPED:
            found[len(words)] = (*found.get(len(words), ()), (words, example.intent))
    return found
