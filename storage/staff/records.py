"""What the staff side's repositories take and give."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from foundations.ids import OrganisationId, StaffMemberId

MOST_CASES = 5
"""How many cases a worker holds at once unless a lead says otherwise."""


class StaffRole(str, Enum):
    """What a staff member is there for; `channels/staff/may.py` says what each may."""

    WORKER = "worker"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class StaffMember:
    """A worker of one organisation."""

    id: StaffMemberId
    name: str
    role: StaffRole
    organisation: OrganisationId
    is_active: bool = True
    most_cases: int = MOST_CASES


@dataclass(frozen=True)
class StaffSession:
    """One browser that somebody is signed in with; `proved_at`: last code entered."""

    id: str
    staff_member: StaffMemberId
    device: str
    started_at: datetime
    last_used_at: datetime
    proved_at: datetime


@dataclass(frozen=True)
class Credentials:
    """How a staff member proves who they are. `password` is an argon2id hash."""

    staff_member: StaffMemberId
    email: str
    password: str
    totp_secret: str
    totp_last_step: int


@dataclass(frozen=True)
class Passkey:
    """A passkey of a staff member; `used` is what the device itself last counted."""

    id: str
    staff_member: StaffMemberId
    credential: bytes
    public_key: bytes
    name: str
    used: int
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Invitation:
    """A link by which somebody joins, or starts afresh when `staff_member` is set.

    `totp_secret` is None when their second factor stays as it is.
    """

    id: str
    organisation: OrganisationId
    role: StaffRole
    name: str
    email: str
    staff_member: StaffMemberId | None
    totp_secret: str | None
    expires_at: datetime


@dataclass(frozen=True)
class Shift:
    """Somebody who is on shift, and since when they are on a break."""

    staff_member: StaffMemberId
    started_at: datetime
    break_since: datetime | None


class HeldBackFor(str, Enum):
    """Why a young person may not read a note about them for now.

    Each is an exemption of the Data Protection Act 2018, schedules 2 and 3, that a
    deployer decides to use or not: docs/privacy/dpia.md.
    """

    SOMEBODY_ELSE = "somebody_else"
    SERIOUS_HARM = "serious_harm"
    CRIME = "crime"
    LEGAL_ADVICE = "legal_advice"


@dataclass(frozen=True)
class CaseNote:
    """What a worker wrote for colleagues; never a part of the conversation.

    The young person reads it in their own copy, unless it is held back for a reason.
    """

    id: str
    staff_member: StaffMemberId
    text: str
    written_at: datetime
    held_back: HeldBackFor | None


@dataclass(frozen=True)
class NoteAbout:
    """A note as the person it is about gets it: whose it is, and when it was written.

    `text` is None when it is held back.
    """

    organisation: OrganisationId
    text: str | None
    written_at: datetime


class Outcome(str, Enum):
    """How a case ended; about what was done, never about the person."""

    TALKED = "talked"
    LINKED_TO_SUPPORT = "linked_to_support"
    PASSED_ON = "passed_on"
    EMERGENCY_HELP = "emergency_help"
    NO_ANSWER = "no_answer"
    ANOTHER_WAY = "another_way"


@dataclass(frozen=True)
class ChatLink:
    """The short name in a chat address, and the organisation behind it.

    `place` is where it is shown, `area` the area that is asked about no more, and
    `welcome` the key of a reviewed greeting.
    """

    slug: str
    organisation: OrganisationId
    active: bool
    place: str | None = None
    area: str | None = None
    welcome: str | None = None
    made_at: datetime | None = None


@dataclass(frozen=True)
class DataAgreement:
    """What sharing with an organisation stands on, and its last day."""

    organisation: OrganisationId
    lawful_basis: str
    reference: str
    expires_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class KeptCover:
    """One version of an organisation's cover, as JSON; `number` orders the versions."""

    number: int
    plan_json: str
    changed_by: StaffMemberId
    changed_at: datetime
