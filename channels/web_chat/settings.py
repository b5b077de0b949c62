"""What the web chat is told at start-up: where it lives, and the numbers it shows."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from urllib.parse import urlsplit


class ReachedBy(str, Enum):
    """How a helpline number is used."""

    CALL = "call"
    TEXT = "text"


@dataclass(frozen=True)
class CrisisNumber:
    """One line of the crisis card: who, what they are for, and the number as shown.

    `text_number` is the number for texts of those who are called on the card.
    """

    name: str
    about: str
    number: str
    by: ReachedBy = ReachedBy.CALL
    text_number: str | None = None

    @property
    def links(self) -> dict[str, str]:
        """What each of their numbers opens when it is pressed, wherever it stands."""
        text = self.text_number
        return {self.number: self.href} | ({text: f"sms:{text}"} if text else {})

    @property
    def href(self) -> str:
        """The link that opens the phone's own dialler or text app."""
        scheme = {ReachedBy.CALL: "tel", ReachedBy.TEXT: "sms"}[self.by]
        return f"{scheme}:{self.number.replace(' ', '')}"


@dataclass(frozen=True)
class PageSettings:
    """Settings of the page; `public_url` is the address people reach it by.

    `exit_to` is the dull page that the quick exit leads to, and `remembered_for`
    how long a browser can find its way back to its conversation.
    """

    public_url: str
    crisis_numbers: tuple[CrisisNumber, ...]
    exit_to: str = "https://www.bbc.co.uk/weather"
    remembered_for: timedelta = timedelta(days=30)

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a browser names them in its Origin header."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def https(self) -> bool:
        """Whether cookies can be bound to https."""
        return urlsplit(self.public_url).scheme == "https"
