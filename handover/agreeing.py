"""From a preview to a yes, and from a yes to taking it back."""

from datetime import datetime

from foundations.ids import (
    ConsentId,
    ConversationId,
    HandoverCaseId,
    OrganisationId,
    YoungPersonId,
)
from handover.repository import Consents, Handovers
from handover.shared_items import InformationSet

PURPOSE = "warm_handover"


def propose(
    consents: Consents,
    *,
    young_person: YoungPersonId,
    conversation: ConversationId,
    organisation: OrganisationId,
    information: InformationSet,
) -> ConsentId:
    """Keep what the preview shows as a draft. Nobody but the young person sees it."""
    return consents.draft(
        young_person=young_person,
        conversation=conversation,
        organisation=organisation,
        purpose=PURPOSE,
        items_json=information.to_json(),
    )


def agree(
    consents: Consents,
    handovers: Handovers,
    *,
    young_person: YoungPersonId,
    conversation: ConversationId,
    now: datetime,
) -> HandoverCaseId | None:
    """Open a case with exactly what was previewed; None when nothing was previewed."""
    draft = consents.latest_draft(conversation)
    if draft is None:
        return None
    payload = InformationSet.from_json(draft.items_json).payload()
    consents.confirm(draft.id, payload)
    return handovers.open(
        young_person=young_person,
        conversation=conversation,
        organisation=draft.organisation,
        consent=draft.id,
        payload=payload,
        at=now,
    )


def withdraw(
    consents: Consents,
    handovers: Handovers,
    *,
    conversation: ConversationId,
    now: datetime,
) -> HandoverCaseId | None:
    """Take consent back: staff access ends with this; None when nothing is shared."""
    found = handovers.consent_of_open_case(conversation)
    if found is None:
        return None
    case, consent = found
    consents.withdraw(consent)
    handovers.withdraw(case, now)
    return case
