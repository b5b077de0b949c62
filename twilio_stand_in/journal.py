"""What was called and what came of it: ids and results, never numbers or words."""

from collections import deque
from dataclasses import dataclass
from enum import Enum

MOST_ENTRIES = 500


class Kind(str, Enum):
    """What kind of call an entry is about."""

    INBOUND = "text in"
    FALLBACK = "fallback"
    SEND = "send"
    STATUS = "status"


@dataclass(frozen=True)
class Entry:
    """One call, its text's id, and its result, such as `200` or `ct, 200`."""

    kind: Kind
    sid: str
    result: str


class Journal:
    """The latest calls, oldest first, and how many there have ever been."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=MOST_ENTRIES)

    def note(self, kind: Kind, sid: str, result: str) -> None:
        """Add one call."""
        self._entries.append(Entry(kind, sid, result))

    def entries(self, kind: Kind | None = None) -> list[Entry]:
        """Give the calls, of one kind or all."""
        return [e for e in self._entries if kind in (None, e.kind)]
