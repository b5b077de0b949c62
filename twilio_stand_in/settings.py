"""Whose account the stand-in plays, and how well or badly it behaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class SendFault(str, Enum):
    """What goes wrong with one request to send a text."""

    NONE = "none"
    TOO_MANY = "too_many"
    BROKEN = "broken"
    UNAVAILABLE = "unavailable"
    SILENT = "silent"
    ACCEPTED_THEN_SILENT = "accepted_then_silent"
    ACCEPTED_THEN_DROPPED = "accepted_then_dropped"
    ACCEPTED_UNREADABLY = "accepted_unreadably"


class CallbackOrder(str, Enum):
    """In which order the delivery reports of one text arrive."""

    AS_IT_HAPPENED = "as_it_happened"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"


class OptOut(str, Enum):
    """Whether Twilio handles STOP, START and HELP itself, as it does unless asked."""

    TWILIO = "twilio"
    OURS = "ours"


class LongTexts(str, Enum):
    """How a long text from a phone reaches us."""

    JOINED = "joined"
    PARTS = "parts"
    PARTS_REVERSED = "parts_reversed"
    LAST_PART_LOST = "last_part_lost"


@dataclass(frozen=True)
class Behaviour:
    """How Twilio and the networks behave from now on; the default is: well.

    `faults` befall the next sends, one each; `every_send` befalls all those after.
    `refused` and `undelivered` map numbers to error codes: the first are refused when
    they are sent, the second accepted and never delivered. Pauses are in seconds.
    """

    faults: tuple[SendFault, ...] = ()
    every_send: SendFault = SendFault.NONE
    refused: Mapping[str, str] = field(default_factory=dict)
    undelivered: Mapping[str, str] = field(default_factory=dict)
    last_status: str = "delivered"
    webhook_copies: int = 1
    callback_copies: int = 1
    callback_order: CallbackOrder = CallbackOrder.AS_IT_HAPPENED
    long_texts: LongTexts = LongTexts.JOINED
    opt_out: OptOut = OptOut.OURS
    pause_before_webhook: float = 0.0
    pause_between_callbacks: float = 0.0


@dataclass(frozen=True)
class StandInSettings:
    """The account, its numbers, and the addresses set in its console.

    `webhook` and `fallback` may carry connection overrides (`#rc=3&rp=all`), which
    are signed over only when `sign_fragment` says so. `fallback_twiml` plays a TwiML
    Bin: an answer that needs no server of ours.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    numbers: tuple[str, ...]
    webhook: str
    fallback: str | None = None
    fallback_twiml: str | None = None
    messaging_service_sid: str | None = None
    sign_fragment: bool = False
