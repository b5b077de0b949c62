"""The letters file: which characters stand for which, and which words are crucial."""

import re
from dataclasses import dataclass
from pathlib import Path

from escalation.files import read_plain
from escalation.grammar import PhraseError

_PATH = Path(__file__).parent / "letters.yml"


@dataclass(frozen=True)
class Beside:
    """What a spelling means just after, or just before, one of these words."""

    means: tuple[str, ...]
    after: frozenset[str]
    before: frozenset[str]


@dataclass(frozen=True)
class Letters:
    """What normalising needs to know, read once from `letters.yml`."""

    look_alikes: dict[str, str]
    leet: dict[str, tuple[str, ...]]
    crucial: frozenset[str]
    real_words: frozenset[str]
    glue: frozenset[str]
    many_words: frozenset[str]
    respelt: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[Beside, ...]]
    pictures: dict[str, tuple[str, ...]]
    hidden: dict[str, str]
    dialect: dict[str, tuple[str, ...]]
    told_by: frozenset[str]
    initials: tuple[tuple[str, re.Pattern[str]], ...]
    sounds: tuple[tuple[str, re.Pattern[str]], ...]


def load(path: Path = _PATH) -> Letters:
    """Read the letters file; raise PhraseError naming it when a part is missing."""
    found = read_plain(path)
    try:
        return Letters(
            look_alikes={
                sign: letter
                for letter, signs in found["look_alikes"].items()
                for sign in signs
            },
            leet=_turned_over(found["leet"]),
            crucial=frozenset(found["crucial"]),
            real_words=frozenset(found["real_words"].split()),
            glue=frozenset(found["glue"].split()) | set(found["crucial"]),
            many_words=frozenset(
                f"{found['glue']} {found['more_words']}".split() + found["crucial"]
            ),
            respelt={
                str(short): tuple(str(meant).split())
                for short, meant in found["respelt"].items()
            },
            beside=_beside(found["only_beside"]),
            dialect={
                word: tuple(meant.split()) for word, meant in found["dialect"].items()
            },
            initials=_ways_of_writing(found["initials"]),
            sounds=_ways_of_writing(found["sounds"]),
            told_by=frozenset(found["told_by"].split()),
            pictures=_pictures(found["pictures"]),
            hidden={
                word: name
                for name, hidden in found["hidden"].items()
                for word in hidden.split()
            },
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise PhraseError(f"{path.name}: {problem!r}") from problem


def _ways_of_writing(words: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (word, re.compile("".join(way.split()))) for word, way in words.items()
    )


def _beside(readings: list[dict[str, str]]) -> dict[str, tuple[Beside, ...]]:
    """Turn the words a reading is for into word -> what it means beside which."""
    beside: dict[str, tuple[Beside, ...]] = {}
    for one in readings:
        reading = Beside(
            tuple(one["means"].split()),
            frozenset(one.get("after", "").split()),
            frozenset(one.get("before", "").split()),
        )
        for word in one["spelt"].split():
            beside[word] = (*beside.get(word, ()), reading)
    return beside


def _pictures(read_as: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Turn words -> pictures into picture -> the words it may stand for."""
    pictures: dict[str, tuple[str, ...]] = {}
    for words, signs in read_as.items():
        for sign in signs.split():
            pictures[sign] = (*pictures.get(sign, ()), *words.split())
    return pictures


def _turned_over(leet: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Turn letter -> signs into sign -> the letters it may stand for."""
    letters: dict[str, tuple[str, ...]] = {}
    for letter, signs in leet.items():
        for sign in signs:
            letters[sign] = (*letters.get(sign, ()), letter)
    return letters


LETTERS = load()
