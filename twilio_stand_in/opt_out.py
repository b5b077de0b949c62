"""What Twilio does by itself with STOP, START and HELP on a long number.

Source: Twilio, "Support for opt-out keywords", read in November 2026.
"""

from enum import Enum
from typing import Final

_STOP: Final = frozenset(
    ["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"]
)
_START: Final = frozenset(["START", "YES", "UNSTOP"])
_HELP: Final = frozenset(["HELP", "INFO"])


class Keyword(str, Enum):
    """What a whole text means to Twilio; the value is the key of its own answer."""

    STOP = "stop"
    START = "start"
    HELP = "help"


def keyword(body: str) -> Keyword | None:
    """Tell what a text means to Twilio: the bare word, in any case, or nothing."""
    word = body.strip().upper()
    if word in _STOP:
        return Keyword.STOP
    if word in _START:
        return Keyword.START
    return Keyword.HELP if word in _HELP else None
