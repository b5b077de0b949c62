"""A text on its way out, and what became of it."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from channels.sms.codes import RetryAdvice
from foundations.ids import OutboxId


class TextKind(str, Enum):
    """What a text is for, which decides how long it is worth sending."""

    ORDINARY = "ordinary"
    CRISIS = "crisis"
    STAFF_ALERT = "staff_alert"


# Seconds a text may wait in Twilio's queue (1 to 36,000 are allowed).
VALIDITY_S: Final = {
    TextKind.ORDINARY: 600,
    TextKind.CRISIS: 3600,
    TextKind.STAFF_ALERT: 300,
}


@dataclass(frozen=True)
class OutgoingText:
    """One text to send; its outbox id is how its delivery is reported back."""

    to: str = field(repr=False)
    body: str = field(repr=False)
    kind: TextKind
    outbox: OutboxId


@dataclass(frozen=True)
class Sent:
    """Twilio has the text and will say how far it gets; segments are what it costs."""

    provider_message_id: str
    segments: int


@dataclass(frozen=True)
class NotSent:
    """The text did not go, or nobody can tell; `rule_for(code)` says what next."""

    code: str
    retry: RetryAdvice


SendResult = Sent | NotSent


class CannotTell(Exception):
    """Twilio did not answer the look-up either."""
