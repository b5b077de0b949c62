"""Names for ids, so that no id is handed over where another kind was meant."""

import secrets
from typing import NewType

YoungPersonId = NewType("YoungPersonId", str)
ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
OutboxId = NewType("OutboxId", str)
PlanLineId = NewType("PlanLineId", str)
HandoverCaseId = NewType("HandoverCaseId", str)
ConsentId = NewType("ConsentId", str)
OrganisationId = NewType("OrganisationId", str)
StaffMemberId = NewType("StaffMemberId", str)


def new_id() -> str:
    """Make an id of 32 hexadecimal digits that says nothing about anyone."""
    return secrets.token_hex(16)
