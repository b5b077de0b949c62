"""What the pages about the people of an organisation ask of the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from channels.staff.signed_in import OnShift, SignedIn


@dataclass(frozen=True)
class MemberLine:
    """One staff member; `email` is None for the worker of a local run."""

    id: str
    name: str
    email: str | None
    role: str
    is_active: bool
    most_cases: int
    holds: int
    on_shift: OnShift
    is_me: bool


@dataclass(frozen=True)
class InvitationLine:
    """One invitation that still stands."""

    id: str
    name: str
    role: str
    expires_at: datetime


@dataclass(frozen=True)
class People:
    """Everybody of an organisation, and who is still to come."""

    members: Sequence[MemberLine]
    invitations: Sequence[InvitationLine]


class NotAllowed(Exception):
    """Somebody may not do this to themselves: another administrator must."""


class AlreadyHere(ValueError):
    """Somebody of this organisation signs in with this address already."""


class PeopleDesk(Protocol):
    """The staff of my organisation. Everything here raises NotYours for others."""

    async def people(self, me: SignedIn) -> People:
        """List everybody."""

    async def invite(self, me: SignedIn, *, name: str, email: str, role: str) -> str:
        """Make an invitation and give its token. Raises AlreadyHere.

        ValueError for an unknown role.
        """

    async def withdraw_invitation(self, me: SignedIn, invitation: str) -> None:
        """Take an invitation back."""

    async def fresh_start(
        self, me: SignedIn, member: str, *, new_second_factor: bool
    ) -> str:
        """Let somebody set a new password; ends their sessions. Gives a token."""

    async def set_role(self, me: SignedIn, member: str, role: str) -> None:
        """Change what somebody is there for. Raises NotAllowed for oneself."""

    async def set_most_cases(self, me: SignedIn, member: str, most: int) -> None:
        """Change how many cases somebody holds at once."""

    async def shut_out(self, me: SignedIn, member: str) -> None:
        """Let somebody in no more; what they held waits again. Raises NotAllowed."""

    async def let_in_again(self, me: SignedIn, member: str) -> None:
        """Undo `shut_out`."""
