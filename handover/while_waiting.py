"""What somebody means who waits for a person: how it stands, or to take it back."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path

from foundations.content import read_yaml

WORDS = Path(__file__).with_name("while_waiting.yml")


class WhileWaiting(str, Enum):
    """What is heard while a request waits to be picked up."""

    HOW_IT_STANDS = "how_it_stands"
    TAKE_BACK = "take_back"


def hear_while_waiting(text: str) -> WhileWaiting | None:
    """Hear a whole short message; None when it is about anything else."""
    return _known().get(_bare(text))


def _bare(text: str) -> str:
    said = re.sub(r"['’]", "", text.casefold())
    words = re.findall(r"\w+", said)
    small = _written()["small_words"]
    return " ".join(word for word in words if word not in small)


@cache
def _written() -> Mapping[str, frozenset[str]]:
    return {kind: frozenset(words) for kind, words in read_yaml(WORDS).items()}


@cache
def _known() -> Mapping[str, WhileWaiting]:
    return {words: kind for kind in WhileWaiting for words in _written()[kind.value]}
