"""What the SMS door asks of whoever answers behind it."""

from dataclasses import dataclass
from typing import Protocol

from channels.sms.delivery import DeliveryReport
from channels.sms.inbound import InboundSms
from foundations.ids import OutboxId


class NotRecorded(Exception):
    """The text could be neither stored nor put aside, so Twilio must bring it again."""


@dataclass(frozen=True)
class InlineText:
    """One text that leaves in the answer to the webhook itself, with no further send.

    With an outbox id its delivery is reported back under that id.
    """

    body: str
    outbox: OutboxId | None = None


@dataclass(frozen=True)
class SmsAnswer:
    """What leaves at once; nothing when the reply goes through the outbox."""

    texts: tuple[InlineText, ...] = ()


class SmsDoor(Protocol):
    """Whoever answers text messages: the gateway."""

    async def receive(self, sms: InboundSms) -> SmsAnswer:
        """Record a text once and say what leaves at once; a repeat gets the same.

        Raises:
            NotRecorded: when the text could be neither stored nor put aside.
        """

    async def delivery(self, report: DeliveryReport) -> None:
        """Record what the network says about a text of ours."""

    async def screen_only(self, text: str) -> tuple[str, ...]:
        """Give the fixed crisis words for a text, or none, leaning on nothing else.

        Asked when `receive` failed or took too long.
        """
