"""What somebody means who waits for a person: how it stands, or to take it back."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

from foundations.content import read_yaml
from handover.about_the_worker import LONGEST, asks_about_worker
from handover.hearing import Heard, hear

WORDS = Path(__file__).with_name("while_waiting.yml")


class WhileWaiting(str, Enum):
    """What is heard while a request waits to be picked up."""

    HOW_IT_STANDS = "how_it_stands"
    WHAT_NOW = "what_now"
    TAKE_BACK = "take_back"
    WHO_IS_TOLD = "who_is_told"
    WHO_THEY_ARE = "who_they_are"
    CHANGE_SENT = "change_sent"
    MEANWHILE = "meanwhile"
    HOW_MANY_WAIT = "how_many_wait"
    IF_TAKEN_BACK = "if_taken_back"
    RATHER_NOT_WAIT = "rather_not_wait"
    TAKE_BACK_REQUEST = "take_back_request"
    STILL_SEEN = "still_seen"
    WHAT_THEY_SEE = "what_they_see"


WHOLE: Final = (
    WhileWaiting.WHAT_NOW,
    WhileWaiting.HOW_IT_STANDS,
    WhileWaiting.STILL_SEEN,
    WhileWaiting.TAKE_BACK,
    WhileWaiting.TAKE_BACK_REQUEST,
)
"""Known by the whole message."""
BEGINS: Final = (
    WhileWaiting.HOW_MANY_WAIT,
    WhileWaiting.IF_TAKEN_BACK,
    WhileWaiting.RATHER_NOT_WAIT,
    WhileWaiting.CHANGE_SENT,
    WhileWaiting.MEANWHILE,
)
"""Known by how a short message begins; what comes first is looked for first."""
OF_THE_WORKER: Final = {
    "who_and_when": WhileWaiting.HOW_IT_STANDS,
    "who_is_told": WhileWaiting.WHO_IS_TOLD,
    "who_they_are": WhileWaiting.WHO_THEY_ARE,
}


def hear_while_waiting(text: str) -> WhileWaiting | None:
    """Hear a short message; None when it is about anything else."""
    said = _bare(text)
    if said in _known():
        return _known()[said]
    if len(said.split()) <= LONGEST:
        for kind, begins in _beginnings().items():
            if begins.match(said):
                return kind
    asked = asks_about_worker(text)
    if asked is not None:
        return OF_THE_WORKER[asked.value]
    return WhileWaiting.WHAT_THEY_SEE if hear(text) is Heard.SEE else None


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
    return {words: kind for kind in WHOLE for words in _written()[kind.value]}


@cache
def _beginnings() -> Mapping[WhileWaiting, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?:{'|'.join(_written()[kind.value]['begins'])})\b")
        for kind in BEGINS
    }
