"""STOP, START and HELP: words that mean something to carriers when they stand alone."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from foundations.content import read_yaml


class CarrierWord(str, Enum):
    """What a carrier word asks of us; the other reserved words are conversation."""

    STOP = "stop"
    START = "start"
    HELP = "help"


class TwilioDefault(str, Enum):
    """What Twilio does with a word by itself unless it has been switched off."""

    BLOCKS_US = "blocks_us"
    UNBLOCKS_US = "unblocks_us"
    ANSWERS_FOR_US = "answers_for_us"
    NOTHING = "nothing"


@dataclass(frozen=True)
class CarrierRow:
    """One reserved word, by Twilio's rules and by ours (None: conversation)."""

    word: str
    twilio: TwilioDefault
    handrail: CarrierWord | None
    typed: tuple[str, ...]


def carrier_word(text: str) -> CarrierWord | None:
    """Tell what a text asks for when a carrier word is all it holds.

    Case, and any marks, emoji and spaces around the word, make no difference;
    anything else in the text does ("stop please" is conversation).
    """
    return _MEANINGS.get(_bare(text))


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold()
    first, last = 0, len(letters)
    while first < last and not letters[first].isalnum():
        first += 1
    while last > first and not letters[last - 1].isalnum():
        last -= 1
    return " ".join(letters[first:last].split())


def _load(path: Path) -> Mapping[str, CarrierRow]:
    rows = read_yaml(path)
    return {
        word: CarrierRow(
            word=word,
            twilio=TwilioDefault(row["twilio"]),
            handrail=_meaning(row["handrail"]),
            typed=tuple(row["typed"]),
        )
        for word, row in rows.items()
    }


def _meaning(handrail: str) -> CarrierWord | None:
    return None if handrail == "conversation" else CarrierWord(handrail)


TABLE: Final = _load(Path(__file__).with_name("carrier_words.yml"))
_MEANINGS: Final = {
    _bare(typed): row.handrail
    for row in TABLE.values()
    for typed in (row.word, *row.typed)
    if row.handrail
}
