"""How far a text has got, as the network tells it: late, twice or out of order."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

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

    @property
    def final(self) -> bool:
        """Whether nothing can follow this."""
        return _RANK[self] == _LAST


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


_LAST: Final = 4
_RANK: Final = {
    DeliveryStatus.ACCEPTED: 0,
    DeliveryStatus.QUEUED: 1,
    DeliveryStatus.SENDING: 2,
    DeliveryStatus.SENT: 3,
    DeliveryStatus.DELIVERED: _LAST,
    DeliveryStatus.UNDELIVERED: _LAST,
    DeliveryStatus.FAILED: _LAST,
    DeliveryStatus.CANCELED: _LAST,
}


def forward(current: DeliveryStatus | None, new: DeliveryStatus) -> DeliveryStatus:
    """Move a text's status forward or leave it; a final status is never left."""
    if current is None or _RANK[new] > _RANK[current]:
        return new
    return current
