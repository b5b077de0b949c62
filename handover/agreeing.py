"""From a preview to a yes, and from a yes to taking it back."""

from datetime import datetime

from foundations.ids import (
    ConsentId,
    ConversationId,
    HandoverCaseId,
    OrganisationId,
    StaffMemberId,
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
    draft: ConsentId,
    also_draft: ConsentId | None,
    now: datetime,
    waits_from: datetime | None,
    wanted: StaffMemberId | None = None,
) -> HandoverCaseId:
    """Open a case with exactly what was previewed, and keep the yes with its bytes.

    `also_draft` is the same yes for the next organisation, used only if it comes to
    that. Raises the records' conflict when a draft was agreed to or refused before.
    """
    agreed = consents.get(draft)
    payload = InformationSet.from_json(agreed.items_json).payload()
    consents.confirm(draft, payload)
    if also_draft is not None:
        consents.confirm(also_draft, payload)
    return handovers.open(
        young_person=young_person,
        conversation=conversation,
        organisation=agreed.organisation,
        consent=draft,
        payload=payload,
        at=now,
        waits_from=waits_from,
        wanted=wanted,
        next_consent=also_draft,
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
