"""A copy of everything that is kept of one person, for their own eyes."""

from collections.abc import Iterator

from bot.languages import ENGLISH
from bot.turns.finding_help_offers import in_words
from channels.web_chat.door import (
    ChatMessage,
    CopyPart,
    NoteAboutMe,
    OwnCopy,
    Shared,
    Wished,
)
from foundations.ids import ConversationId, MessageId, YoungPersonId
from gateway.texting.wishes import TextingWishes
from handover import Organisations
from safety_plans.folding import plan_from
from safety_plans.sections import sections
from signposting import Directory
from signposting.search import Search
from storage import UnitOfWork
from storage.records import ConsentStatus, Conversation, StoredMessage


def own_copy(
    unit: UnitOfWork,
    conversation: ConversationId,
    organisations: Organisations,
    directory: Directory,
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
        notes=tuple(_notes(unit, here.young_person, organisations)),
        wished=_wished(unit, here, directory),
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
    parts = [
        CopyPart(one.title, tuple(line.words for line in plan.lines(one.id)))
        for one in sections().by_id.values()
    ]
    held = CopyPart(sections().held_title, tuple(one.words for one in plan.held))
    return tuple(part for part in (*parts, held) if part.lines)


def _notes(
    unit: UnitOfWork, person: YoungPersonId, organisations: Organisations
) -> Iterator[NoteAboutMe]:
    for note in unit.notes.about(person):
        by = organisations.named(note.organisation).name
        yield NoteAboutMe(by, note.text, note.written_at)


def _wished(unit: UnitOfWork, here: Conversation, directory: Directory) -> Wished:
    kept = Search.from_json(unit.conversations.wishes(here.id))
    texting = TextingWishes.of(unit, here.young_person)
    hours = texting.hours
    return Wished(
        finding=in_words(directory, kept.wishes),
        texts=" - ".join(hours.spoken().values()) if hours else "",
        plan_by_text=not texting.no_plan,
        plan_word=texting.word is not None,
        language=here.language or ENGLISH,
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
