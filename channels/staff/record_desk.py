"""What the pages about agreements and the audit trail ask of the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from channels.staff.signed_in import SignedIn


class LawfulBasis(str, Enum):
    """Article 6 of the UK GDPR; which one it is, the organisation decides."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    RECOGNISED_INTERESTS = "recognised_interests"


@dataclass(frozen=True)
class AgreementLine:
    """One agreement as it was written down."""

    lawful_basis: str
    reference: str
    expires_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class Agreements:
    """What sharing with my organisation stands on, newest first."""

    is_in_force: bool
    history: Sequence[AgreementLine]


@dataclass(frozen=True)
class AuditLine:
    """Who did what to which record, and when; no subject where it is one's own."""

    number: int
    who: str
    did: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class AuditPage:
    """The last rows of my organisation; `broken_row` is None while all are sound.

    `case` is the number of the case they are about; None: about everything. They are
    those before the row `before`; None: the newest. `has_earlier`: there are more.
    """

    broken_row: int | None
    case: int | None
    before: int | None
    has_earlier: bool
    lines: Sequence[AuditLine]


class RecordDesk(Protocol):
    """Agreements and the audit trail of my organisation."""

    async def agreements(self, me: SignedIn) -> Agreements:
        """Show what sharing stands on."""

    async def record_agreement(
        self,
        me: SignedIn,
        *,
        lawful_basis: str,
        reference: str,
        expires_on: str,
        closes: bool,
    ) -> bool:
        """Write an agreement down. ValueError when a part cannot be read.

        One whose last day is over closes sharing: False, and nothing is written down,
        unless that is meant (`closes`).
        """

    async def audit(
        self, me: SignedIn, case: int | None, before: int | None
    ) -> AuditPage:
        """Check the newest rows, and show the last of my organisation or of a case.

        `before`: only those before the row of this number.
        """
