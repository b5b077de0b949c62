"""What the pages about coming in, and about one's own account, ask of the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from channels.staff.signed_in import SignedIn


class Refused(str, Enum):
    """Why something about an account was refused; never which part was wrong."""

    WRONG = "wrong"
    WAIT = "wait"
    BUSY = "busy"
    SHORT = "short"
    LONG = "long"
    EASY = "easy"
    LEAKED = "leaked"
    DIFFERENT = "different"
    CODE = "code"
    TAKEN = "taken"
    ENDED = "ended"
    PASSKEY = "passkey"


@dataclass(frozen=True)
class CameIn:
    """A new session, and the mark by which this browser is known again."""

    session: str
    browser: str


@dataclass(frozen=True)
class Joined:
    """Somebody who joined: signed in, with recovery codes that are shown once."""

    came_in: CameIn
    recovery_codes: tuple[str, ...]


@dataclass(frozen=True)
class Welcome:
    """What the joining page shows; `secret` is None when their codes stay."""

    name: str
    email: str
    organisation_name: str
    role: str
    secret: str | None
    qr_svg: str | None


@dataclass(frozen=True)
class SessionLine:
    """One browser that somebody is signed in with."""

    id: str
    device: str
    started_at: datetime
    last_used_at: datetime
    is_this_one: bool


@dataclass(frozen=True)
class PasskeyLine:
    """One passkey of somebody; `last_used_at` is None until it is first used."""

    id: str
    name: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class MyAccount:
    """What somebody sees about their own account; no e-mail address in a local run."""

    email: str | None
    recovery_codes_left: int
    sessions: Sequence[SessionLine]
    passkeys: Sequence[PasskeyLine]


class AccountDesk(Protocol):
    """Coming in, staying in, and being on shift."""

    async def who(self, session: str, *, keep: bool) -> SignedIn | None:
        """Tell who is signed in; `keep` starts their idle time anew."""

    async def sign_in(
        self, *, email: str, password: str, code: str, device: str, browser: str
    ) -> CameIn | Refused:
        """Start a session when all three are right."""

    async def sign_in_once(self, token: str, device: str) -> CameIn | None:
        """Turn a one-time token of a local run into a session."""

    async def sign_out(self, me: SignedIn) -> None:
        """End this session."""

    async def sign_out_everywhere(self, me: SignedIn) -> None:
        """End every session of mine."""

    async def end_session(self, me: SignedIn, session: str) -> None:
        """End one session of mine. Raises NotYours."""

    async def prove(self, me: SignedIn, code: str) -> Refused | None:
        """Show the second factor again, before something that matters."""

    async def mine(self, me: SignedIn) -> MyAccount:
        """Show my account."""

    async def come_on_shift(self, me: SignedIn) -> None:
        """Be asked from now on."""

    async def take_break(self, me: SignedIn) -> None:
        """Stay on shift, and be asked nothing new."""

    async def come_back(self, me: SignedIn) -> None:
        """End a break."""

    async def go_off_shift(self, me: SignedIn) -> None:
        """Be asked no more."""


class JoiningDesk(Protocol):
    """Joining by an invitation, and changing what one comes in with."""

    async def welcome(self, token: str) -> Welcome | None:
        """Say who is invited; None when the link is used up, old or made up."""

    async def join(
        self, token: str, *, password: str, again: str, code: str, device: str
    ) -> Joined | Refused:
        """Use an invitation: set a password and a second factor, and come in."""

    async def change_password(
        self, me: SignedIn, *, now: str, password: str, again: str
    ) -> Refused | None:
        """Change my password; every other session of mine ends."""

    async def new_recovery_codes(self, me: SignedIn) -> tuple[str, ...]:
        """Make fresh recovery codes; the old ones end."""
