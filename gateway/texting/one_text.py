"""Shape replies into one text: a turn is one message, because order is not promised."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from foundations.content import read_yaml
from foundations.gsm7 import fold
from foundations.saying import Choice, Reply

CHOICE_WORDS: Final = Path(__file__).parent / "choice_words.yml"
MOST_WORDS: Final = 8
"""Longer than this and it is a sentence, not a pick from a list."""

LAST: Final = -1
"""The place of "the last one", however many there are."""

_WORD: Final = re.compile(r"[a-z0-9']+")
_SENTENCE: Final = re.compile(r"(?<=[.?!]) ")


def text_body(replies: Sequence[Reply]) -> str:
    """Join a turn's replies into one text, each with its choices right below it.

    They are numbered through: "reply a number" is followed by what it speaks of.
    """
    numbers = {choice: at for at, choice in enumerate(all_choices(replies), 1)}
    parts = [_numbered(reply, numbers) for reply in reversed(replies)]
    return fold("\n\n".join(reversed(parts)))


def all_choices(replies: Sequence[Reply]) -> tuple[Choice, ...]:
    """Gather a turn's choices in order; what reads or means the same, once.

    It stands with the last reply that has it: nearest to where they answer.
    """
    gathered: list[Choice] = []
    for choice in (
        choice for reply in reversed(replies) for choice in reversed(reply.choices)
    ):
        if all(
            choice.value != one.value and choice.label != one.label for one in gathered
        ):
            gathered.append(choice)
    return tuple(reversed(gathered))


def choice_meant(text: str, offered: Callable[[], Sequence[Choice]]) -> str | None:
    """Read a bare number, or "the second one", as a choice; None when it is neither.

    What was offered is only looked up for a place: it is a look into the records.
    """
    place = _place_in_list(text)
    if place is None:
        return None
    choices = offered()
    at = len(choices) if place == LAST else place
    return choices[at - 1].value if 1 <= at <= len(choices) else None


def without_invitation(text: str) -> str:
    """Leave out the last sentences that ask for a choice; a question alone stays."""
    sentences = _SENTENCE.split(text)
    invites = _spoken().invites
    while len(sentences) > 1 and any(word in sentences[-1].lower() for word in invites):
        sentences.pop()
    return " ".join(sentences)


def _place_in_list(text: str) -> int | None:
    said = text.strip().rstrip(".)").strip()
    if said.isascii() and said.isdigit():
        return int(said) if len(said) <= 2 else None
    spoken = _spoken()
    words = _WORD.findall(said.lower())
    if len(words) > MOST_WORDS:
        return None
    counted = [at for at, word in enumerate(words[:-1]) if word in spoken.counts]
    if counted:
        at = counted[0]
        place, rest = spoken.number(words[at + 1]), words[:at] + words[at + 2 :]
    else:
        found = [word for word in words if word in spoken.places or word.isdigit()]
        place = spoken.place(found[0]) if len(found) == 1 else None
        rest = [word for word in words if word not in found]
    is_spelt = not counted and spoken.places.keys() >= set(words) - set(rest)
    around = spoken.around | spoken.around_spelt if is_spelt else spoken.around
    return place if around.issuperset(rest) else None


@dataclass(frozen=True)
class _Spoken:
    """The words of `choice_words.yml`."""

    places: Mapping[str, int]
    numbers: Mapping[str, int]
    counts: frozenset[str]
    around: frozenset[str]
    around_spelt: frozenset[str]
    invites: tuple[str, ...]

    def place(self, word: str) -> int | None:
        return self.places[word] if word in self.places else self.number(word)

    def number(self, word: str) -> int | None:
        if word.isascii() and word.isdigit() and len(word) <= 2:
            return int(word)
        return self.numbers.get(word)


@cache
def _spoken() -> _Spoken:
    written = read_yaml(CHOICE_WORDS)
    return _Spoken(
        places=written["places"],
        numbers=written["numbers"],
        counts=frozenset(written["counts"]),
        around=frozenset(written["around"]),
        around_spelt=frozenset(written["around_spelt"]),
        invites=tuple(written["invites"]),
    )


def _numbered(reply: Reply, numbers: dict[Choice, int]) -> str:
    """Write a reply with its choices, and take these out of what is left."""
    its_own = dict.fromkeys(one for one in reply.choices if one in numbers)
    numbered = [f"{numbers.pop(choice)} {choice.label}" for choice in its_own]
    return "\n".join([reply.text, *numbered])
