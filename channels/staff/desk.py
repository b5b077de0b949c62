"""What the staff pages ask of the gateway."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from foundations.ids import HandoverCaseId, OrganisationId, StaffMemberId
from foundations.saying import Channel, Speaker
from handover import CaseStatus


@dataclass(frozen=True)
class SignedIn:
    """A worker who is signed in."""

    id: StaffMemberId
    name: str
    organisation: OrganisationId
    organisation_name: str


@dataclass(frozen=True)
class CaseLine:
    """One case on the board. Nothing of what was shared or said is in it."""

    id: HandoverCaseId
    status: CaseStatus
    opened_at: datetime
    channel: Channel
    is_mine: bool


@dataclass(frozen=True)
class ThreadLine:
    """One line of the thread since the handover began; `is_crisis` marks fixed words
    that the crisis screen sent by itself."""

    id: str
    speaker: Speaker
    text: str
    said_at: datetime
    is_crisis: bool


@dataclass(frozen=True)
class CasePage:
    """A claimed case: what was agreed to be shared, and the thread since."""

    line: CaseLine
    shared: str | None
    thread: tuple[ThreadLine, ...]


class NotYours(Exception):
    """The case is another organisation's, another worker's, or not there at all.

    One answer for all of these, so that nothing can be learnt by trying.
    """


class StaffDesk(Protocol):
    """The gateway, as the staff pages see it. Times are UTC."""

    async def sign_in(self, token: str) -> str | None:
        """Turn a one-time token into a session token; None when used or too late."""

    async def who(self, session: str) -> SignedIn | None:
        """Tell who is signed in."""

    async def sign_out(self, session: str) -> None:
        """End a session."""

    async def board(self, me: SignedIn) -> tuple[CaseLine, ...]:
        """List my organisation's waiting cases and mine, oldest first."""

    async def case(self, me: SignedIn, case: HandoverCaseId) -> CasePage:
        """Read a case I hold. Raises NotYours."""

    async def claim(self, me: SignedIn, case: HandoverCaseId) -> bool:
        """Take a waiting case; False when somebody came first. Raises NotYours."""

    async def say(self, me: SignedIn, case: HandoverCaseId, text: str) -> None:
        """Speak in the thread of a case I hold. Raises NotYours."""

    async def hand_back(self, me: SignedIn, case: HandoverCaseId) -> None:
        """Give the conversation back to the bot, and say so. Raises NotYours."""
