"""What is said: a key and its values, before and after the words are put in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Channel(str, Enum):
    """A door that a young person comes through; the value is the name Rasa sees."""

    SMS = "sms"
    WEB = "web"


class Speaker(str, Enum):
    """Who a message is from, as the young person is told."""

    YOUNG_PERSON = "young_person"
    BOT = "bot"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Choice:
    """One thing to press on the web or to answer by number in a text.

    `value` is sent back as if it had been typed, so it is plain words. `number` is what
    picks it where that is its own, such as a plan's part has, and not its place.
    """

    label: str
    value: str
    number: int | None = None


@dataclass(frozen=True)
class Say:
    """A response to speak, named by key, with values for its gaps and extra choices.

    Words are content: they live in `bot/domain/`, never beside this.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()


class Again(str, Enum):
    """How the last answer was asked for again; the value is what Rasa sends."""

    SAME_WORDS = "same_words"
    OTHER_WORDS = "other_words"
    FEWER_WORDS = "fewer_words"


@dataclass(frozen=True)
class Reply:
    """A response with its words, ready to be recorded and sent.

    `values` are what fills its gaps, for whoever says it in other words or another
    language. `again`: it stands for what was said last, which the records know.
    """

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    speaker: Speaker = Speaker.BOT
    values: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)
    again: Again | None = None
