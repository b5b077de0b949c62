"""What handover asks of the records: keep drafts, consents and cases."""

from datetime import datetime
from typing import Protocol

from foundations.ids import (
    ConsentId,
    ConversationId,
    HandoverCaseId,
    OrganisationId,
    StaffMemberId,
    YoungPersonId,
)


class KeptConsent(Protocol):
    """A consent as it was drafted: whose, for whom, and the items word for word."""

    @property
    def id(self) -> ConsentId: ...
    @property
    def organisation(self) -> OrganisationId: ...
    @property
    def items_json(self) -> str: ...


class Consents(Protocol):
    """Consent rows: drafted, agreed, withdrawn; never edited."""

    def draft(
        self,
        *,
        young_person: YoungPersonId,
        conversation: ConversationId,
        organisation: OrganisationId,
        purpose: str,
        items_json: str,
    ) -> ConsentId: ...
    def get(self, consent: ConsentId) -> KeptConsent: ...
    def confirm(self, consent: ConsentId, preview: bytes) -> None: ...
    def withdraw(self, consent: ConsentId) -> None: ...


class Handovers(Protocol):
    """Cases with their status rows."""

    def open(
        self,
        *,
        young_person: YoungPersonId,
        conversation: ConversationId,
        organisation: OrganisationId,
        consent: ConsentId,
        payload: bytes,
        at: datetime,
        waits_from: datetime | None = None,
        wanted: StaffMemberId | None = None,
        next_consent: ConsentId | None = None,
    ) -> HandoverCaseId: ...
    def consent_of_open_case(
        self, conversation: ConversationId
    ) -> tuple[HandoverCaseId, ConsentId] | None: ...
    def withdraw(self, case: HandoverCaseId, at: datetime) -> None: ...
