"""Names for ids, so that no id is handed over where another kind was meant."""

from typing import NewType
from uuid import uuid4

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
    return uuid4().hex
