"""What the pages about passkeys ask of the gateway."""

from dataclasses import dataclass
from typing import Protocol

from channels.staff.account_desk import CameIn, Refused
from channels.staff.signed_in import SignedIn


@dataclass(frozen=True)
class AsksFor:
    """What a page hands to its browser, and the sealed note the browser brings back."""

    options: str
    note: str


class PasskeyDesk(Protocol):
    """Coming in, and proving oneself, with what a device holds and its lock opens.

    A note is good for one answer, for one purpose, for five minutes.
    """

    @property
    def is_offered(self) -> bool:
        """Say whether this address can have passkeys."""

    async def asks_for_new(self, me: SignedIn) -> AsksFor | None:
        """Begin to add one; None when I have as many as may be, or no password here."""

    async def add(
        self, me: SignedIn, *, note: str, answer: str, name: str
    ) -> Refused | None:
        """Keep a new passkey of mine."""

    async def remove(self, me: SignedIn, passkey: str) -> None:
        """Remove one of mine. Raises NotYours."""

    def asks_for_any(self) -> AsksFor | None:
        """Begin to come in; the same for everybody. None when it is not offered."""

    async def come_in(self, *, note: str, answer: str, device: str) -> CameIn | Refused:
        """Start a session for whoever shows a passkey that is known here."""

    async def asks_for_mine(self, me: SignedIn) -> AsksFor | None:
        """Begin to prove that it is me; None when I have none."""

    async def prove(self, me: SignedIn, *, note: str, answer: str) -> Refused | None:
        """Show a passkey of mine before something that matters."""
