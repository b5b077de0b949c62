"""What signing in with an organisation's own accounts asks of the gateway."""

from dataclasses import dataclass
from typing import Protocol

from channels.staff.account_desk import CameIn


@dataclass(frozen=True)
class SignInElsewhere:
    """An organisation whose staff sign in with its own accounts."""

    organisation: str
    name: str


@dataclass(frozen=True)
class GoesAway:
    """Where to send the browser, and the sealed note it must bring back."""

    address: str
    note: str


@dataclass(frozen=True)
class CameBack:
    """Somebody who came in, and the page they were going to."""

    came_in: CameIn
    goes_on: str


class ElsewhereDesk(Protocol):
    """Coming in by somebody else's word. Nobody comes in who was not invited."""

    def offered(self) -> tuple[SignInElsewhere, ...]:
        """List the organisations that have it."""

    async def sends_away(
        self, organisation: str, *, again: bool, goes_on: str
    ) -> GoesAway | None:
        """Begin a sign-in; None when it is not offered or not there just now."""

    async def comes_back(
        self, note: str, *, state: str, code: str, issuer: str, device: str
    ) -> CameBack | None:
        """End a sign-in; None whatever was not right."""
