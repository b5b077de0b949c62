"""Inside one transaction: look at the conversation, and write an answer down."""

from dataclasses import replace
from functools import partial

from bot.languages import Languages
from bot.turns.safety_plan_requests import MAKE_A_PLAN
from foundations.ids import MessageId, OrganisationId, new_id
from foundations.saying import Channel, Reply
from gateway.fixed_words import QUESTIONS
from gateway.received import Received
from gateway.texting.one_text import all_choices, choice_meant, text_body
from gateway.turn import Answer, Turn
from storage import UnitOfWork
from storage.records import (
    Conversation,
    NewOutbound,
    OutboundKind,
    Owner,
    StoredMessage,
)


def read_turn(
    unit: UnitOfWork, received: Received, home: OrganisationId, languages: Languages
) -> Turn | None:
    """Read what the steps need; None when the message was answered meanwhile."""
    if unit.inbox.is_answered(received.inbox):
        return None
    conversation = unit.conversations.get(received.conversation)
    offered = partial(unit.messages.last_choices, received.conversation)
    meant = (
        MAKE_A_PLAN if received.starts_plan else choice_meant(received.text, offered)
    )
    return Turn(
        conversation=conversation,
        organisation=organisation_of(unit, conversation, home),
        message=received.message,
        channel=received.channel,
        text=languages.meant(conversation.language, received.text)
        if meant is None
        else meant,
        plan_open=unit.plans.is_being_built(conversation.young_person),
        asked=unit.askings.get(conversation.id) is not None,
        asked_beside=any(said.key in QUESTIONS for said in received.beside.after),
    )


def record_answer(
    unit: UnitOfWork, received: Received, answer: Answer, languages: Languages
) -> tuple[StoredMessage, ...]:
    """Write the replies and their outbox row, and mark the message answered.

    The owner is read again here: words of the bot that were thought of before a
    worker took over are not said after it.
    """
    if unit.inbox.is_answered(received.inbox):
        return tuple(unit.inbox.answer_of(received.inbox))
    now = unit.conversations.hold(received.conversation)
    said_now = languages.say(now.language, answer.replies, received.channel)
    replies = () if now.owner is Owner.STAFF else said_now
    replies = (*received.beside.before, *replies, *received.beside.after)
    said = unit.messages.add_outbound(
        conversation=now.id,
        young_person=now.young_person,
        channel=received.channel,
        replies=_shaped(received.channel, replies),
        answers=received.inbox,
    )
    if received.channel is Channel.SMS and said:
        unit.outbox.add(_outbound(received, now, replies))
    unit.inbox.answered(received.inbox)
    return said


def without_record(received: Received, answer: Answer) -> tuple[StoredMessage, ...]:
    """Give an answer as it would be stored, when its records are gone."""
    return tuple(
        StoredMessage(
            id=MessageId(new_id()),
            sequence=0,
            speaker=reply.speaker,
            key=reply.key,
            text=reply.text,
            choices=reply.choices,
            said_at=received.received_at,
            channel=received.channel,
        )
        for reply in answer.replies
    )


def _shaped(channel: Channel, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """A text has one set of choices, at its end, so that a number means one thing."""
    if channel is not Channel.SMS or not replies:
        return replies
    bare = tuple(replace(reply, choices=()) for reply in replies)
    return (*bare[:-1], replace(bare[-1], choices=all_choices(replies)))


def _outbound(
    received: Received, conversation: Conversation, replies: tuple[Reply, ...]
) -> NewOutbound:
    return NewOutbound(
        dedup_key=f"answer:{received.inbox}",
        kind=OutboundKind.ORDINARY,
        body=text_body(replies),
        not_before=received.received_at,
        conversation=conversation.id,
        young_person=conversation.young_person,
        keys=tuple(reply.key for reply in replies),
    )


def organisation_of(
    unit: UnitOfWork, conversation: Conversation, home: OrganisationId
) -> OrganisationId:
    """Tell which organisation stands behind a conversation.

    `home` is behind our number, and behind a link that is not (or no longer) known.
    """
    link = unit.chat_links.get(conversation.link)
    return link.organisation if link else home
