"""What somebody asks of the worker: who, when, what they are like, who is told."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

from foundations.content import read_yaml

WORDS = Path(__file__).with_name("about_the_worker.yml")
LONGEST: Final = 10
"""Words of such a question; a longer message tells of more."""


class AboutWorker(str, Enum):
    """What is asked; the charity's own words answer it."""

    WHO_AND_WHEN = "who_and_when"
    WHO_IS_TOLD = "who_is_told"
    WHO_THEY_ARE = "who_they_are"


def asks_about_worker(text: str) -> AboutWorker | None:
    """Hear a question about the worker; None when it is about anything else."""
    said = _bare(text)
    if len(said.split()) > LONGEST:
        return None
    if said in _written()["who_is_told"] or _others_told().match(said):
        return AboutWorker.WHO_IS_TOLD
    if said in _written()["is_only"] or _begins("who_and_when").match(said):
        return AboutWorker.WHO_AND_WHEN
    if _begins("who_they_are").match(said):
        return AboutWorker.WHO_THEY_ARE
    return None


def _bare(text: str) -> str:
    words = re.findall(r"\w+", re.sub(r"['\u2019]", "", text.casefold()))
    small, short = _written()["small_words"], _written()["short_forms"]
    return " ".join(short.get(word, word) for word in words if word not in small)


@cache
def _written() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(WORDS)
    return found


@cache
def _begins(kind: str) -> re.Pattern[str]:
    return re.compile(rf"{_any(_written()[kind])}\b")


@cache
def _others_told() -> re.Pattern[str]:
    written = _written()
    nobody, others = _any(written["not_somebody"]), _any(written["others"])
    theirs = rf"my (?!{nobody}\b)\w+(?: \w+)?"
    asks, more = _any(written["asks"]), _any(written["more"])
    told = (
        rf"{asks} {_any(written['they'])} (?:{more} )*{_any(written['tells'])}"
        rf" (?:{others}|{theirs})\b"
    )
    finds_out = rf"{asks} {theirs} (?:{more} )*{_any(written['finds_out'])}\b"
    back = rf"{asks} (?:it|this) (?:{more} )*(?:get back|go) to (?:{others}|{theirs})\b"
    return re.compile(rf"(?:{told}|{finds_out}|{back})")


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"
