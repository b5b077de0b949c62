"""What the help pages ask of whoever runs them."""

from dataclasses import dataclass
from typing import Protocol

from signposting.home import NO_HOME, Home


@dataclass(frozen=True)
class Behind:
    """Who stands behind a link: their name and what they set, or nobody."""

    name: str | None = None
    home: Home = NO_HOME


class HelpDoor(Protocol):
    """Knows links; a page is drawn even when this knows nothing."""

    async def behind(self, link: str) -> Behind:
        """Tell who stands behind a link; nobody for an unknown one. Never raises."""
        ...
