"""The texts the stand-in has seen, as Twilio keeps and shows them."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from enum import Enum
from uuid import uuid4

from foundations.gsm7 import segments

API_VERSION = "2010-04-01"


class Direction(str, Enum):
    """Which way a text went, in Twilio's words."""

    INBOUND = "inbound"
    OUTBOUND_API = "outbound-api"
    OUTBOUND_REPLY = "outbound-reply"


def new_sid(prefix: str = "SM") -> str:
    """Make an id in Twilio's shape: two letters and 32 hexadecimal digits."""
    return prefix + uuid4().hex


@dataclass
class Text:
    """One text and how far it has got; the only record here that changes."""

    direction: Direction
    sender: str = field(repr=False)
    recipient: str = field(repr=False)
    body: str = field(repr=False)
    created: datetime
    status: str
    sid: str = field(default_factory=new_sid)
    callback: str | None = None
    error_code: str | None = None
    sent: datetime | None = None
    validity_period: int | None = None
    messaging_service_sid: str | None = None
    from_twilio_itself: bool = False

    @property
    def segments(self) -> int:
        """How many parts it goes out in; an empty text still takes one."""
        return max(1, segments(self.body))

    def as_twilio_shows_it(self, account_sid: str) -> dict[str, object]:
        """Give the Message resource of Twilio's API."""
        uri = f"/{API_VERSION}/Accounts/{account_sid}/Messages/{self.sid}"
        return {
            "account_sid": account_sid,
            "api_version": API_VERSION,
            "body": self.body,
            "date_created": format_datetime(self.created),
            "date_sent": format_datetime(self.sent) if self.sent else None,
            "date_updated": format_datetime(self.sent or self.created),
            "direction": self.direction.value,
            "error_code": int(self.error_code) if self.error_code else None,
            "error_message": None,
            "from": self.sender or None,
            "messaging_service_sid": self.messaging_service_sid,
            "num_media": "0",
            "num_segments": str(self.segments),
            "price": None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.recipient,
            "uri": f"{uri}.json",
        }
