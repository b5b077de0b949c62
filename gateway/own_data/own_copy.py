"""A copy of everything that is kept of one person, for their own eyes."""

from collections.abc import Iterator

from channels.web_chat.door import ChatMessage, CopyPart, OwnCopy, Shared
from foundations.ids import ConversationId, MessageId, YoungPersonId
from handover import Organisations
from safety_plans.folding import plan_from
from safety_plans.sections import sections
from storage import UnitOfWork
from storage.records import ConsentStatus, StoredMessage


def own_copy(
    unit: UnitOfWork, conversation: ConversationId, organisations: Organisations
) -> OwnCopy:
    """Read everything of the person of a conversation. Raises NotFound."""
    here = unit.conversations.get(conversation)
    return OwnCopy(
        said=tuple(map(shown, _all_said(unit, here.id))),
        plan=_plan(unit, here.young_person),
        shared=(
            *_handed_over(unit, here.young_person, organisations),
            *_shared(unit, here.young_person),
        ),
        phone=unit.people.phone_of(here.young_person),
    )


def shown(message: StoredMessage) -> ChatMessage:
    """Show a stored message as the page has it."""
    return ChatMessage(
        id=message.id,
        speaker=message.speaker,
        key=message.key,
        text=message.text,
        choices=message.choices,
        said_at=message.said_at,
    )


def _all_said(
    unit: UnitOfWork, conversation: ConversationId
) -> Iterator[StoredMessage]:
    last: MessageId | None = None
    while page := unit.messages.after(conversation, last):
        yield from page
        last = page[-1].id


def _plan(unit: UnitOfWork, person: YoungPersonId) -> tuple[CopyPart, ...]:
    plan = plan_from(unit.plans.changes(person))
    parts = ((section, plan.lines(section.id)) for section in sections().by_id.values())
    return tuple(
        CopyPart(section.title, tuple(line.words for line in lines))
        for section, lines in parts
        if lines
    )


def _handed_over(
    unit: UnitOfWork, person: YoungPersonId, organisations: Organisations
) -> Iterator[Shared]:
    for consent in unit.consents.of_person(person):
        if consent.preview is None:
            continue
        yield Shared(
            shared_with=organisations.named(consent.organisation).name,
            shown=consent.preview.decode(),
            at=consent.drafted_at,
            taken_back=consent.status is ConsentStatus.WITHDRAWN,
        )


def _shared(unit: UnitOfWork, person: YoungPersonId) -> Iterator[Shared]:
    for share in reversed(unit.plan_shares.of_person(person)):
        if share.agreed_at is None:
            continue
        parts = share.shown.sections if share.shown else ()
        yield Shared(
            shared_with=share.recipient,
            shown="\n".join(line for part in parts for line in part.lines),
            at=share.agreed_at,
            taken_back=share.taken_back_at is not None,
        )
