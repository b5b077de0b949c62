"""How far a text has got, as the network tells it: late, twice or out of order.

`storage/deliveries.py` makes an order of it.
"""

from dataclasses import dataclass
from enum import Enum

from foundations.ids import OutboxId


class DeliveryStatus(str, Enum):
    """How far a text has got; the values are Twilio's own words."""

    ACCEPTED = "accepted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True)
class DeliveryReport:
    """One thing the network said about one text.

    `outbox` is known when the text was sent with an address of its own, which is how
    a report finds its text before, or without, the answer to the send.
    """

    provider_message_id: str
    status: DeliveryStatus
    outbox: OutboxId | None = None
    code: str | None = None
