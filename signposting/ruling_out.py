"""Reads names that are ruled out: "not samaritans or shout", "dont like childline"."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundations.content import read_yaml
from signposting.directory import Directory
from signposting.records import ServiceId

WORDS = Path(__file__).with_name("asked.yml")
LONGEST_NAME = 6  # words


@dataclass(frozen=True)
class RuledOut:
    """The services ruled out, and the words without them."""

    services: tuple[ServiceId, ...]
    left: str


def rule_out(directory: Directory, plain: str) -> RuledOut:
    """Take the names that are ruled out from words in lower case without marks."""
    words, left = plain.split(), list[str]()
    found: list[ServiceId] = []
    at = 0
    while at < len(words):
        begins = _beginning(words, at)
        names, end = _names(directory, words, at + begins) if begins else ([], at)
        found += names
        # A mark stays, so that what stood around a name makes no new phrase.
        left.append("|" if names else words[at])
        at = end if names else at + 1
    return RuledOut(tuple(dict.fromkeys(found)), " ".join(left) if found else plain)


def _beginning(words: list[str], at: int) -> int:
    """Count the words that rule out what comes next; 0 when these do not."""
    if at and words[at - 1] in _lists()["is_no_ruling_out_after"]:
        return 0
    lengths = (
        len(begins)
        for begins in _beginnings()
        if tuple(words[at : at + len(begins)]) == begins
    )
    return max(lengths, default=0)


def _names(
    directory: Directory, words: list[str], at: int
) -> tuple[list[ServiceId], int]:
    """Read one name or several with "or" between; give them, and where they end."""
    between = _lists()["between_names"]
    found: list[ServiceId] = []
    end = start = at
    while start < len(words):
        length, service = _one_name(directory, words, start)
        if service is not None:
            found.append(service)
            start = end = start + length
        elif words[start] in between:
            start += 1
        else:
            break
    return found, end


def _one_name(
    directory: Directory, words: list[str], at: int
) -> tuple[int, ServiceId | None]:
    for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        name = " ".join(words[at : at + length])
        service = directory.named(name)
        if service is not None and _is_meant(name, words[at + length :]):
            return length, service.id
    return 0, None


def _is_meant(name: str, after: list[str]) -> bool:
    """Tell a name from a word of every day: "dont mind waiting" is no service."""
    lists = _lists()
    return name not in lists["also_words"] or not after or after[0] in lists["may_end"]


@cache
def _beginnings() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(begins.split()) for begins in read_yaml(WORDS)["rules_out"])


@cache
def _lists() -> dict[str, frozenset[str]]:
    written = read_yaml(WORDS)
    lists = {name: frozenset(each) for name, each in written["ruling_out"].items()}
    lists["may_end"] |= lists["between_names"]
    return lists | {"also_words": frozenset(written["also_words"])}
