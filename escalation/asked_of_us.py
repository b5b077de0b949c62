"""What is asked of us, or only named: no half of a sentence is among it."""

from enum import Enum
from pathlib import Path

from escalation.files import read_words
from escalation.grammar import PhraseError
from escalation.lexicon import Lexicon
from escalation.machine import Machine
from escalation.normalise import SENTENCE_EDGE, words

_PATH = Path(__file__).parent / "asked_of_us.yml"
_LONGEST = 60
"""Characters; what is longer asks for more than this."""


class Asked(str, Enum):
    """`whole` is a request by itself; `bare` may also end "i cant" ("carry on").

    `opening` is a request that may also open a sentence ("can i stop", "being alive").
    """

    WHOLE = "whole"
    OPENING = "opening"
    BARE = "bare"


_KINDS = tuple(Asked)
_NAMED = "named"
_FILED_UNDER = (*(kind.value for kind in _KINDS), _NAMED)
_EDGES_OF_ONE_SENTENCE = 2
_POINTS_AT = frozenset({"my", "the"})
_WORDS_OF_A_NAME = 2


def _load() -> Machine:
    found = read_words(_PATH)
    if not isinstance(found, dict):
        raise PhraseError(f"{_PATH.name}: expected kinds of requests and classes")
    lexicon = Lexicon(found["classes"])
    return Machine(
        [
            (row, owner)
            for owner, kind in enumerate(_FILED_UNDER)
            for pattern in found[kind]["whole"]
            for row in lexicon.read(f"^ {pattern} $")
        ],
        lexicon,
    )


_MACHINE = _load()


def asked_of_us(text: str) -> Asked | None:
    """Tell whether a message is such a request and nothing else; total."""
    asked = [one for one in _met(text) if one < len(_KINDS)]
    return _KINDS[min(asked)] if asked else None


def only_names(text: str) -> bool:
    """Tell a bare name ("my bed", "nan"): two in a row are a list and no sentence."""
    said = [word for word in words(text[:_LONGEST]) if word is not SENTENCE_EDGE]
    if len(said) == _WORDS_OF_A_NAME and not _POINTS_AT.isdisjoint(said[0]):
        return True
    return _FILED_UNDER.index(_NAMED) in _met(text)


def _met(text: str) -> set[int]:
    """List what kinds of message this is, from its first word to its last."""
    if len(text) > _LONGEST:
        return set()
    said = words(text)
    if said.count(SENTENCE_EDGE) != _EDGES_OF_ONE_SENTENCE:
        return set()
    row = _MACHINE.read(said)
    return {one.owner for one in _MACHINE.patterns(row.possible) if row.ends(one)}
