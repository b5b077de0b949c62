"""What somebody means who waits for a person: how it stands, or to take it back."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from foundations.content import read_yaml
from handover.about_the_worker import AboutWorker, asks_about_worker

WORDS = Path(__file__).with_name("while_waiting.yml")


class WhileWaiting(str, Enum):
    """What is heard while a request waits to be picked up."""

    HOW_IT_STANDS = "how_it_stands"
    WHAT_NOW = "what_now"
    TAKE_BACK = "take_back"
    WHO_IS_TOLD = "who_is_told"


def hear_while_waiting(text: str) -> WhileWaiting | None:
    """Hear a whole short message; None when it is about anything else."""
    known = _known().get(_bare(text))
    if known is not None:
        return known
    match asks_about_worker(text):
        case AboutWorker.WHO_AND_WHEN:
            return WhileWaiting.HOW_IT_STANDS
        case AboutWorker.WHO_IS_TOLD:
            return WhileWaiting.WHO_IS_TOLD
        case None:
            return None


def _bare(text: str) -> str:
    """Leave small words out, unless there is nothing else: "hello", "ok then"."""
    said = re.sub(r"['\u2019]", "", text.casefold())
    short, small = _written()["short_forms"], _written()["small_words"]
    words = [short.get(word, word) for word in re.findall(r"\w+", said)]
    return " ".join([word for word in words if word not in small] or words)


@cache
def _written() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(WORDS)
    return found


@cache
def _known() -> Mapping[str, WhileWaiting]:
    kinds = [kind for kind in WhileWaiting if kind.value in _written()]
    return {words: kind for kind in kinds for words in _written()[kind.value]}
