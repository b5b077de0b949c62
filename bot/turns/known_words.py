"""The examples of every meaning, as words: what is exactly one, or a slip of one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Final

from foundations.content import read_yaml

DATA = Path(__file__).parents[1] / "data"
NOISE: Final = "nonsense"
SHORTEST_WORD: Final = 3  # letters
_WORDS = re.compile(r"\w+")
_DOUBLED = re.compile(r"(.)\1+")
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
    }
)
"""Commands that lose nothing when a line was meant after all."""

LONGEST_MISTYPED: Final = 4  # words


def plain(text: str) -> str:
    """Reduce a text to its words in small letters, without marks."""
    return " ".join(_WORDS.findall(text.casefold().replace("'", "").replace("’", "")))


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
    """Find a command of a few words of which this is a slip of the keys: "cary on".

    One word alone may be an answer that only looks like one: "skips".
    """
    words = said.split()
    return next(
        (
            intent
            for example, intent in _commands().get(len(words), ())
            if set(words) & set(example) and all(map(_is_slip, words, example))
        ),
        None,
    )


def _is_slip(word: str, meant: str) -> bool:
    doubled = _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", meant)
    return doubled or (
        len(meant) > 3
        and abs(len(meant) - len(word)) <= 1
        and SequenceMatcher(None, word, meant).ratio() >= 0.8
    )


@cache
def _commands() -> Mapping[int, tuple[tuple[tuple[str, ...], str], ...]]:
    """Give the commands of a few words that change nothing, by how many words."""
    found: dict[int, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for example in every_example():
        words = tuple(example.words.split())
        if example.intent in MAY_BE_MISTYPED and 1 < len(words) <= LONGEST_MISTYPED:
            found[len(words)] = (*found.get(len(words), ()), (words, example.intent))
    return found
