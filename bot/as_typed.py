"""Reads a message as it was typed: text-speak, stretched words, other scripts.

Standard library and YAML only. Training and answering read through the same door.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from foundations.content import read_yaml

TEXT_SPEAK = Path(__file__).parent / "text_speak.yml"
NOTHING = "-"
OTHER_SCRIPT = "otherscript"
"""Stands in for letters that are not Latin, so that unknown words still say so."""

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_PIECES = re.compile(r"[^\W_]+|[^\w\s]+")
_JOINS = re.compile(
    r"\s+(?:and|n|also|plus|then)(?:\s+(?:also|then))?\s+|\s*[&+]\s*|[.?!;\n]+\s*"
)
FEWEST_WORDS = 2
"""A part of a message with fewer words says too little to be a request of its own."""
_ABOUT_ONESELF = re.compile(
    r"(?:(?:hi|hey|hello|btw|oh|so)[ ,]+)*"
    r"(?:(?:i'?m|i am|im only|aged?) \d\d?(?: (?:yrs?|years?)(?: old)?| yo| now| btw)?"
    r"|\d\d (?:yrs?|years?)(?: old)?"
    r"|(?:i'?m |i am )?from \S+"
    r"|i live (?:in|near|at) (?!fear|hell|a |my |the |his |her )\S+"
    r"|(?:my name(?:'?s| is)|i'?m called|call me) \S+"
    r"|(?:i'?m|i am) (?:in )?y(?:ear|r) ?\d\d?"
    r"|(?:i'?m|i am) a (?:girl|boy|lad|guy|student))"
)
"""Who somebody is, how old or from where: said beside a wish, and none of its own."""


def plainly(text: str) -> str:
    """Give the words in small Latin letters, short forms written out.

    "sooooo r u a bot" becomes "soo are you a bot". What is left empty stays as typed.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = _STRETCHED.sub(r"\1\1", folded.replace("\u2019", "'").replace("'", ""))
    words = (text_speak().get(piece, piece) for piece in _PIECES.findall(folded))
    said = " ".join(word for word in words if word != NOTHING)
    return f"{said} {OTHER_SCRIPT}" if _in_other_script(said) else said or folded


def parts(text: str) -> list[str]:
    """Divide a message where it may turn to another request, in the order typed."""
    cut = (part.strip() for part in _JOINS.split(text.lower()))
    return [part for part in cut if len(part.split()) >= FEWEST_WORDS]


def asked(text: str) -> str:
    """Give a message without what it says about its writer, if more stands beside it.

    "i want a plan. im 17" asks for a plan; "im 17" alone stays as it is.
    """
    pieces = [piece.strip() for piece in _JOINS.split(text.lower())]
    left = [each for each in pieces if not _ABOUT_ONESELF.fullmatch(each)]
    if len(left) < len(pieces) and any(len(each.split()) > 1 for each in left):
        return ". ".join(each for each in left if each)
    return text


@lru_cache(maxsize=1)
def text_speak() -> dict[str, str]:
    """Read the list of short forms once."""
    found: dict[str, str] = read_yaml(TEXT_SPEAK)
    return found


def _in_other_script(text: str) -> bool:
    letters = [mark for mark in text if mark.isalpha()]
    other = sum(not unicodedata.name(mark, "").startswith("LATIN") for mark in letters)
    return other * 2 > len(letters)
