"""What somebody is doing while they write: it explains away nothing outside of it.

"Film" beside "she wants to die" is a story. "Im watching a film and i want to die" is
not: the film is where the writer is, and what they say stands for itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from escalation.files import read_words
from escalation.grammar import EDGE, PhraseError
from escalation.lexicon import Lexicon
from escalation.machine import Machine
from escalation.normalise import Word
from escalation.row import Row, last_first

_PATH: Final = Path(__file__).parent / "scenes.yml"
_MOST: Final = 20
"""Scenes of each pattern that are looked at, from the end of the text."""
_LONGEST: Final = 4
"""Words that a scene goes on for after its pattern, at most."""


class Kind(str, Enum):
    """In a `story` people die; `everyday` things explain nobody's dying away."""

    STORY = "story"
    EVERYDAY = "everyday"


_KINDS: Final = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Scene:
    """From which word to before which word; where a guard in it ends, as bits."""

    kind: Kind
    start: int
    end: int

    @property
    def ends(self) -> int:
        """The places in a row where what lies in the scene may end."""
        return (2 << self.end) - (2 << self.start)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether some of these words are the scene's own."""
        return self.start < end and start < self.end


def _load() -> tuple[Machine, frozenset[str], frozenset[str]]:
    found = read_words(_PATH)
    if not isinstance(found, dict):
        raise PhraseError(f"{_PATH.name}: expected kinds of scenes and classes")
    lexicon = Lexicon(found["classes"])
    machine = Machine(
        [
            (row, owner)
            for owner, kind in enumerate(_KINDS)
            for pattern in found[kind]["begins"]
            for row in lexicon.read(pattern)
        ],
        lexicon,
    )
    ends, never_after = lexicon.named("ends"), lexicon.named("never_after")
    return machine, ends.words | {EDGE}, never_after.words


_MACHINE, _ENDS, _NEVER_AFTER = _load()


@dataclass(frozen=True, slots=True)
class Scenes:
    """Every scene in a row of words, and how many steps it took to find them."""

    found: tuple[Scene, ...]
    steps: int


def scenes(words: Sequence[Word]) -> Scenes:
    """Find every scene in a row of words; total."""
    row = _MACHINE.read(words)
    found = tuple(_found(words, row))
    return Scenes(found, row.taken + len(found))


def _found(words: Sequence[Word], row: Row) -> Iterator[Scene]:
    for pattern in _MACHINE.patterns(row.possible):
        for end in last_first(row.ends(pattern), _MOST):
            start = row.start(pattern, end)
            if start and not _NEVER_AFTER.isdisjoint(words[start - 1]):
                continue
            yield Scene(_KINDS[pattern.owner], start, _end_of_clause(words, end))


def _end_of_clause(words: Sequence[Word], end: int) -> int:
    furthest = min(end + _LONGEST, len(words))
    while end < furthest and _ENDS.isdisjoint(words[end]):
        end += 1
    return end
