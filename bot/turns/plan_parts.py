"""Which parts of a plan a message names: by number, by name, or all of them.

Whoever names parts must never share another one: where a single word is left over, or
could be meant in two ways, nothing is read and they are asked again.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from bot.turns.known_words import plain
from foundations.content import read_yaml
from safety_plans.sections import sections

EVERYTHING: Final = (0,)
"""What stands for all parts, in place of their numbers."""

_FILE: Final = Path(__file__).with_name("plan_sharing_words.yml")
_SPELT: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_PART_SPELT: Final = re.compile(rf"\b(part|number|section)s? ({'|'.join(_SPELT)})\b")
_MANY: Final = re.compile(r"\d (?:parts?|sections?|bits?|things?)\b")
_OTHER_THAN_A_PART: Final = re.compile(r"\d\s*[-–—]\s*\d|\d[.:/]\d")
"""From one to another, or a line: 1-3, 1.3."""

_OF_MY_PLAN: Final = re.compile(r" (?:of|from|in) (?:my|the) (?:safety )?plan\W*", re.I)


def parts_named(text: str) -> tuple[int, ...] | None:
    """Read a whole message as parts of the plan; None when anything else is in it."""
    whole = plain(text)
    said = plain(_OF_MY_PLAN.sub("", text))
    if _OTHER_THAN_A_PART.search(text) or _MANY.search(said):
        return None
    if sharing_words("all") & {whole, said, _without_what_is_around(said)}:
        return EVERYTHING
    rest, by_name = _names_in(
        _PART_SPELT.sub(lambda found: f"{found[1]} {_SPELT[found[2]]}", said)
    )
    words = _without_what_is_around(rest).split()
    numbers = [int(word) for word in words if re.fullmatch("[1-9]", word)]
    if len(numbers) < len(words):
        return None
    if numbers and by_name and set(numbers) != set(by_name):
        return None  # "3 right now": the part of that name, or the third at once?
    return tuple(dict.fromkeys((*numbers, *by_name))) or None


def speaks_of_parts(text: str) -> bool:
    """Tell whether a message that names no part clearly was still meant to."""
    said = plain(text)
    known = sharing_words("speaks_of_parts") & set(said.split())
    return bool(re.search(r"\d", said) or known or _names_in(said)[1])


@cache
def sharing_words(kind: str) -> frozenset[str]:
    """Give the words of one kind that people write while they share."""
    return frozenset(read_yaml(_FILE)[kind])


def _without_what_is_around(said: str) -> str:
    around = sharing_words("around")
    return " ".join(word for word in said.split() if word not in around)


def _names_in(said: str) -> tuple[str, tuple[int, ...]]:
    """Give what is left without the names of parts, and the numbers of these."""
    named: list[int] = []
    for name, number in _names().items():
        said, times = re.subn(rf"\b{re.escape(name)}\b", " ", said)
        named += [number] * (times > 0)
    return said, tuple(named)


@cache
def _names() -> Mapping[str, int]:
    """Give the number of each name, the longest first: "people" is in two of them."""
    named = {
        plain(name): about.number
        for about in sections().by_id.values()
        for name in (about.title, about.literal_title, about.sms_title)
    }
    return dict(sorted(named.items(), key=lambda one: -len(one[0])))
