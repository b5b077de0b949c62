"""Reads the conversations, and has a young person hold one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foundations.content import read_yaml
from tests.journeys.handrail import Sms, WebChat

FOLDER = Path(__file__).parent / "held"
YoungPerson = Sms | WebChat


@dataclass(frozen=True)
class Exchange:
    """One message, and the responses that must be among those it brings."""

    says: str
    hears: tuple[str, ...]


@dataclass(frozen=True)
class Conversation:
    """A name that is a sentence, and what is said."""

    name: str
    exchanges: tuple[Exchange, ...]


def conversations() -> list[Conversation]:
    """Read every conversation of the folder."""
    return [
        Conversation(name, tuple(_exchange(turn) for turn in turns))
        for file in sorted(FOLDER.glob("*.yml"))
        for name, turns in read_yaml(file).items()
    ]


def hold(someone: Sms | WebChat, conversation: Conversation) -> None:
    """Say each message in turn; fail where a response is missing."""
    for turn in conversation.exchanges:
        someone.young_person_says(turn.says)
        heard = heard_by(someone)
        if heard == ["welcome.sms"]:
            # A first hello by text is answered by the greeting, which says all of it.
            heard = ["welcome.hello"]

        missing = [key for key in turn.hears if not _among(key, heard)]
        assert missing == [], f"after {turn.says!r} came {heard}"


def says(someone: YoungPerson, *texts: str) -> list[str]:
    """Say messages in turn; give the response names that the last one brought."""
    for text in texts:
        someone.young_person_says(text)
    return heard_by(someone)


def heard_by(someone: Sms | WebChat) -> list[str]:
    """Give the response names that the last message brought."""
    if isinstance(someone, WebChat):
        return someone.keys
    return [message.key for message in someone.new()]


def _exchange(turn: dict[str, str | list[str]]) -> Exchange:
    ((says, hears),) = turn.items()
    return Exchange(str(says), tuple([hears] if isinstance(hears, str) else hears))


def _among(key: str, heard: Sequence[str]) -> bool:
    if key.endswith("*"):
        return any(each.startswith(key[:-1]) for each in heard)
    return key in heard
