"""Reads what someone says about an answer: more, not that one, remind me, and so on.

Whole messages and fixed beginnings only, so that it never takes a message that means
something else. The same reading with the dialogue up or down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from foundations.content import read_yaml
from signposting.directory import Directory
from signposting.places import plain_name
from signposting.records import Service

WORDS = Path(__file__).with_name("follow.yml")
NOT_A_PLACE = "not_a_place"
LONGEST_PLACE = 3  # words
FILLERS = ("please", "pls", "plz", "ok", "okay", "thanks", "ta", "then", "yeah", "no")


class Follow(str, Enum):
    """What is wanted next; each has its words in follow.yml."""

    MORE = "more"
    MORE_ABOUT = "more_about"
    NOT_FOR_ME = "not_for_me"
    ADD_TO_PLAN = "add_to_plan"
    REMIND = "remind"
    NO_REMINDERS = "no_reminders"
    DID_NOT_WORK = "did_not_work"
    REMEMBER = "remember"
    FORGET = "forget"
    HOW_LONG = "how_long"
    WHO_IS_TOLD = "who_is_told"
    HOW_LONG_FOR_THESE = "how_long_for_these"
    WHO_IS_TOLD_BY_THESE = "who_is_told_by_these"
    IS_IT_OPEN = "is_it_open"
    WHAT_IT_COSTS = "what_it_costs"
    NEAR_ME = "near_me"
    MY_AGE = "my_age"
    SKIP = "skip"


@dataclass(frozen=True)
class Followed:
    """What is wanted next, and of which service where one was named."""

    wants: Follow
    service: Service | None = None


def read_follow(directory: Directory, text: str) -> Followed | None:
    """Read a message as being about an answer; None when it is not clearly one."""
    plain = _without_fillers(plain_name(text))
    for wants, words in _words().items():
        if plain in words.whole:
            return Followed(wants)
    for wants, words in _words().items():
        for name in _names(plain, words):
            service = directory.named(name)
            if service is not None:
                return Followed(wants, service)
    return None


def could_be_a_place(text: str) -> bool:
    """Tell whether a short answer to "where are you?" is likely meant as a place."""
    plain = plain_name(text)
    words = plain.split()
    return 0 < len(words) <= LONGEST_PLACE and not set(words) & _no_places()


@dataclass(frozen=True)
class _Words:
    whole: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]


def _names(plain: str, words: _Words) -> Iterator[str]:
    """Give what stands between a beginning and an end, where there are such."""
    if not (words.starts or words.ends):
        return
    for start in words.starts or ("",):
        for end in words.ends or ("",):
            if plain.startswith(f"{start} ".lstrip()) and plain.endswith(
                f" {end}".rstrip()
            ):
                yield plain.removeprefix(start).removesuffix(end).strip()


def _without_fillers(plain: str) -> str:
    words = plain.split()
    while len(words) > 1 and words[-1] in FILLERS:
        words.pop()
    while len(words) > 1 and words[0] in FILLERS[:-1]:
        words.pop(0)
    return " ".join(words)


@cache
def _words() -> Mapping[Follow, _Words]:
    written = read_yaml(WORDS)
    return {
        Follow(name): _Words(
            frozenset(row.get("whole", ())),
            tuple(row.get("starts", ())),
            tuple(row.get("ends", ())),
        )
        for name, row in written.items()
        if name != NOT_A_PLACE
    }


@cache
def _no_places() -> frozenset[str]:
    return frozenset(read_yaml(WORDS)[NOT_A_PLACE])
