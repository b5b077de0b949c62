"""Shape replies into one text: a turn is one message, because order is not promised."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from bot.turns.known_words import plain
from bot.turns.plan_sharing import SHARE_NOW
from foundations.content import read_yaml
from foundations.gsm7 import fold
from foundations.saying import Choice, Reply

CHOICE_WORDS: Final = Path(__file__).parent / "choice_words.yml"
MOST_WORDS: Final = 8
"""Longer than this and it is a sentence, not a pick from a list."""

LARGEST_OF_THEIR_OWN: Final = 9
"""The parts of a plan, which go by their own numbers."""

NOBODY: Final = ["no", "one"]
"""Says that there is nobody, where "no 1" says the first."""

LAST: Final = -1
"""The place of "the last one", however many there are."""

SHARES: Final = frozenset({SHARE_NOW, "share"})
"""What opens something to somebody: never picked by words that may mean another."""

_WORD: Final = re.compile(r"[a-z0-9']+")
_SENTENCE: Final = re.compile(r"(?<=[.?!]) ")


def text_body(replies: Sequence[Reply]) -> str:
    """Join a turn's replies into one text, each with its choices right below it.

    They are numbered through: "reply a number" is followed by what it speaks of.
    """
    shaped = each_once(replies)
    numbers = iter(_by_number([one for reply in shaped for one in reply.choices]))
    return fold("\n\n".join(_numbered(reply, numbers) for reply in shaped))


def each_once(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Leave each choice with the last reply that has it, nearest to the answer.

    What reads or means the same is one choice, so that a number means one thing.
    """
    labels: set[str] = set()
    values: set[str] = set()
    kept: list[Reply] = []
    for reply in reversed(replies):
        choices: list[Choice] = []
        for choice in reversed(reply.choices):
            if choice.label not in labels and choice.value not in values:
                choices.append(choice)
                labels.add(choice.label)
                values.add(choice.value)
        kept.append(replace(reply, choices=tuple(reversed(choices))))
    return tuple(reversed(kept))


def choice_meant(
    text: str, offered: Callable[[], Sequence[Choice]], *, numbered: bool = True
) -> str | None:
    """Read a bare number, or "the second one", as a choice; None when it is neither.

    What was offered is only looked up for a place: it is a look into the records. Where
    choices have numbers of their own, "the second one" could mean two of them: none.
    """
    place = _place_in_list(text)
    if place is None:
        return None
    choices = offered()
    if _have_their_own(choices) and not _bare(text).isdigit():
        return None
    at = len(choices) if place == LAST else place
    picked = _by_number(choices).get(at)
    if picked is None or _is_for_parts(text, picked, numbered=numbered):
        return None
    return picked.value


def _is_for_parts(text: str, picked: Choice, *, numbered: bool) -> bool:
    """Tell "just 1" below a preview from a yes to it: it may name a part.

    So may "the first one"; and on a page no number stands beside what shares.
    """
    is_its_number = numbered and _bare(text).isdigit()
    return picked.value in SHARES and not is_its_number


def choice_named(text: str, offered: Callable[[], Sequence[Choice]]) -> str | None:
    """Read the very words of a choice, in any case and marks, as that choice.

    It comes after a bare yes or no, which is for the question and not for its words.
    """
    said = plain(text)
    if not 1 <= len(said.split()) <= MOST_WORDS:
        return None
    named = (one.value for one in reversed(offered()) if plain(one.label) == said)
    return next(named, None)


def without_invitation(text: str) -> str:
    """Leave out the last sentences that ask for a choice; a question alone stays."""
    sentences = _SENTENCE.split(text)
    invites = _spoken().invites
    while len(sentences) > 1 and any(word in sentences[-1].lower() for word in invites):
        sentences.pop()
    return " ".join(sentences)


def _by_number(choices: Sequence[Choice]) -> Mapping[int, Choice]:
    """Give what each number picks: its own, or its place.

    Beside numbers of their own, places would be taken for them: they begin above.
    """
    start = LARGEST_OF_THEIR_OWN + 1 if _have_their_own(choices) else 1
    places = count(start)
    return {choice.number or next(places): choice for choice in choices}


def _have_their_own(choices: Sequence[Choice]) -> bool:
    return any(choice.number is not None for choice in choices)


def _bare(text: str) -> str:
    return text.strip().rstrip(".)").strip()


def _place_in_list(text: str) -> int | None:
    said = _bare(text)
    if said.isascii() and said.isdigit():
        return int(said) if len(said) <= 2 else None
    spoken = _spoken()
    words = _WORD.findall(said.lower())
    if len(words) > MOST_WORDS:
        return None
    counted = [
        at
        for at, word in enumerate(words[:-1])
        if word in spoken.counts and words[at : at + 2] != NOBODY
    ]
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


def _numbered(reply: Reply, numbers: Iterator[int]) -> str:
    listed = [f"{next(numbers)} {choice.label}" for choice in reply.choices]
    return "\n".join([reply.text, *listed])
