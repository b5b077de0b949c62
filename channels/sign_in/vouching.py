"""What goes to a provider of sign-ins with a browser, and what it vouches for."""

from dataclasses import asdict, dataclass
from typing import Any, Protocol

from channels.sign_in.providers import Provider


class NotSignedIn(Exception):
    """The provider did not vouch for anybody, or what it sent does not hold."""


@dataclass(frozen=True)
class Away:
    """What a browser that is sent to its provider must bring back with it."""

    organisation: str
    state: str
    nonce: str
    verifier: str
    again: bool
    goes_on: str

    def to_dict(self) -> dict[str, Any]:
        """Write it down for the browser's own cookie."""
        return asdict(self)


@dataclass(frozen=True)
class Vouched:
    """Whom a provider vouches for: its own id of them, and a checked address."""

    issuer: str
    subject: str
    email: str


class Vouches(Protocol):
    """Sends browsers to a provider, and checks what they bring back."""

    async def sends_away(
        self, provider: Provider, *, again: bool, goes_on: str
    ) -> tuple[str, Away]:
        """Give the provider's address for one sign-in. Raises NotSignedIn."""

    async def comes_back(self, provider: Provider, away: Away, code: str) -> Vouched:
        """Turn the code into whom the provider vouches for. Raises NotSignedIn."""
