"""Which lines may be repeated in a message, and which only the plan page shows."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

from safety_plans.plan import PlanLine
from safety_plans.sections import sections, with_numbers

_LOOK_ALIKES = str.maketrans("013457@$!", "oieastasi")


def may_be_repeated(line: PlanLine) -> bool:
    """Tell whether a message may hold this line's words.

    In a private section only reviewed ideas are repeated; elsewhere every line is,
    unless it holds a word that may name a way of coming to harm.
    """
    section = sections()[line.section]
    if section.private:
        reviewed = {idea.words for idea in with_numbers(section.ideas, {})}
        return line.words in reviewed
    return not names_a_way_of_harm(line.words)


def names_a_way_of_harm(words: str) -> bool:
    """Tell whether words may name a way of coming to harm; leans towards yes."""
    plain = _plain(words)
    spellings = (
        plain,
        re.sub(r"[^\w\s]", "", plain),
        re.sub(r"(?<=\b\w)\s+(?=\w\b)", "", plain),
    )
    ways = {*spellings, *(spelling.translate(_LOOK_ALIKES) for spelling in spellings)}
    return any(_pattern().search(way) for way in ways)


def _plain(words: str) -> str:
    """Take away capitals, accents, marks and stretched letters."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", words).casefold()
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    joined = re.sub(r"(?<=\w)['’*._](?=\w)", "", bare)
    return re.sub(r"(\w)\1{2,}", r"\1", re.sub(r"\s+", " ", joined))


@cache
def _pattern() -> re.Pattern[str]:
    path = Path(__file__).with_name("kept_private.yml")
    patterns = yaml.safe_load(path.read_text(encoding="utf-8"))["patterns"]
    return re.compile(r"\b(?:" + "|".join(f"(?:{p})" for p in patterns) + r")\b")
