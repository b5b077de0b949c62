"""The consents that a preview stands for, until it is agreed to or shown anew."""

from dataclasses import replace
from typing import Any

from foundations.ids import ConsentId, OrganisationId
from handover import Asking, propose


def drafted(
    unit: Any,
    conversation: Any,
    asking: Asking,
    first: OrganisationId,
    then: OrganisationId | None,
) -> Asking:
    """Draft the consents that this preview stands for; earlier ones are refused."""
    refuse_drafts(unit, asking)

    def draft(organisation: OrganisationId) -> ConsentId:
        return propose(
            unit.consents,
            young_person=conversation.young_person,
            conversation=conversation.id,
            organisation=organisation,
            information=asking.information,
        )

    return replace(
        asking,
        doubted=False,
        draft=draft(first),
        also_draft=None if then is None else draft(then),
    )


def refuse_drafts(unit: Any, asking: Asking) -> None:
    """Refuse what an asking drafted: nothing of it can be agreed to any more."""
    for draft in (asking.draft, asking.also_draft):
        if draft is not None:
            unit.consents.refuse(draft)
