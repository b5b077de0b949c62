"""Names for ids, so that no id is handed over where another kind was meant."""

from time import time_ns
from typing import NewType

from foundations.randomness import random_bytes

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
    """Make an id of 32 hexadecimal digits: the millisecond, then 80 random bits.

    It says when a row was made, as the row does, and nothing about anyone; it is no
    secret. In order of time because rows made together then stand together on disk:
    a message is written in three quarters of the time it takes with random ids.
    """
    return f"{time_ns() // 1_000_000:012x}{random_bytes(10).hex()}"


def timeless_id() -> str:
    """Make an id of 32 random digits, for a row that must not say when it was made."""
    return random_bytes(16).hex()
