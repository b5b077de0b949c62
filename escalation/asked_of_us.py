"""What is asked of us about our own questions: no half of a sentence is among it."""

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
    """`whole` is a request by itself; `bare` may also end "i cant" ("carry on")."""

    WHOLE = "whole"
    BARE = "bare"


_KINDS = tuple(Asked)
_EDGES_OF_ONE_SENTENCE = 2


def _load() -> Machine:
    found = read_words(_PATH)
    if not isinstance(found, dict):
        raise PhraseError(f"{_PATH.name}: expected kinds of requests and classes")
    lexicon = Lexicon(found["classes"])
    return Machine(
        [
            (row, owner)
            for owner, kind in enumerate(_KINDS)
            for pattern in found[kind]["whole"]
            for row in lexicon.read(f"^ {pattern} $")
        ],
        lexicon,
    )


_MACHINE = _load()


def asked_of_us(text: str) -> Asked | None:
    """Tell whether a message is such a request and nothing else; total."""
    if len(text) > _LONGEST:
        return None
    said = words(text)
    if said.count(SENTENCE_EDGE) != _EDGES_OF_ONE_SENTENCE:
        return None
    row = _MACHINE.read(said)
    met = {one.owner for one in _MACHINE.patterns(row.possible) if row.ends(one)}
    return _KINDS[min(met)] if met else None
