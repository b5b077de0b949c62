"""Which lines may be repeated in a message, and which only the plan page shows."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from foundations.content import read_yaml
from safety_plans.plan import HeldLine, PlanLine
from safety_plans.sections import sections, with_numbers

LONG, VERY_LONG = 8, 10
"""Letters from which one, and two, may be wrong in a name."""

_LOOK_ALIKES = str.maketrans("013457@$!", "oieastasi")
_FOREIGN = str.maketrans("аеорсухіѕјԁһԛѡαεορτυικνβ", "aeopcyxisjdhqwaeoptuiknb")


def may_be_repeated(line: PlanLine | HeldLine) -> bool:
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
    kept = _kept()
    if not kept.pictures.isdisjoint(words):
        return True
    plain = _plain(words)
    spellings = (
        plain,
        re.sub(r"[^\w\s]", "", plain),
        re.sub(r"(?<=\b\w)\s+(?=\w\b)", "", plain),
    )
    ways = {*spellings, *(spelling.translate(_LOOK_ALIKES) for spelling in spellings)}
    return any(kept.pattern.search(way) or _nearly_a_name(way) for way in ways)


def _nearly_a_name(plain: str) -> bool:
    """Find a long name written nearly right, or split in two."""
    pieces = re.findall(r"\w+", plain)
    pairs = (first + second for first, second in pairwise(pieces))
    shapes, everyday = _kept().shapes, _kept().everyday
    return any(
        word not in everyday and not shapes.isdisjoint(_with_letters_left_out(word))
        for word in pieces
    ) or any(pair in _kept().names for pair in pairs)


def _with_letters_left_out(word: str) -> frozenset[str]:
    """Give a long word, and it with a letter or two left out; nothing for a short one.

    Two spellings of a word that differ by a letter or two have one of these in common.
    """
    if len(word) < LONG:
        return frozenset()
    once = {word[:n] + word[n + 1 :] for n in range(len(word))}
    if len(word) < VERY_LONG:
        return frozenset({word, *once})
    twice = {each[:n] + each[n + 1 :] for each in once for n in range(len(each))}
    return frozenset({word, *once, *twice})


def _plain(words: str) -> str:
    """Take away capitals, accents, marks, stretched and foreign look-alike letters."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", words).casefold()
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    ).translate(_FOREIGN)
    joined = re.sub(r"(?<=\w)['’*._-](?=\w)", "", bare)
    return re.sub(r"(\w)\1{2,}", r"\1", re.sub(r"\s+", " ", joined))


@dataclass(frozen=True)
class _Kept:
    """What is looked for: patterns, long names with their near spellings, pictures."""

    pattern: re.Pattern[str]
    names: frozenset[str]
    shapes: frozenset[str]
    everyday: frozenset[str]
    pictures: frozenset[str]


@cache
def _kept() -> _Kept:
    path = Path(__file__).with_name("kept_private.yml")
    content = read_yaml(path)
    patterns = "|".join(f"(?:{pattern})" for pattern in content["patterns"])
    names = frozenset(content["names"])
    return _Kept(
        pattern=re.compile(rf"\b(?:{patterns})\b"),
        names=names,
        shapes=frozenset().union(*map(_with_letters_left_out, names)),
        everyday=frozenset(content["everyday"]),
        pictures=frozenset(content["pictures"]),
    )
