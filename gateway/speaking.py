"""Inside one transaction: say something that answers no message, on whichever door."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.languages import Hearer, Languages
from foundations.saying import Channel, Reply, Say, Speaker
from gateway.texting.one_text import text_body
from safety_plans.plan import Way
from storage import UnitOfWork
from storage.records import Conversation, NewOutbound, OutboundKind, StoredMessage


def speak(
    unit: UnitOfWork, conversation: Conversation, reply: Reply, now: datetime
) -> StoredMessage:
    """Record words for a young person and, for a text, queue them.

    They leave through the door that was used last.
    """
    (said,) = unit.messages.add_outbound(
        conversation=conversation.id,
        young_person=conversation.young_person,
        channel=conversation.channel,
        replies=(reply,),
    )
    if conversation.channel is Channel.SMS:
        unit.outbox.add(
            NewOutbound(
                dedup_key=f"said:{said.id}",
                kind=OutboundKind.ORDINARY,
                body=text_body((reply,)),
                not_before=now,
                conversation=conversation.id,
                young_person=conversation.young_person,
                keys=(reply.key,),
            )
        )
    return said


def speak_unasked(
    unit: UnitOfWork,
    conversation: Conversation,
    say: Say,
    now: datetime,
    languages: Languages,
    speaker: Speaker = Speaker.BOT,
) -> StoredMessage:
    """Word something that answers no message, in their language, and speak it."""
    channel = conversation.channel
    reply = languages.english.render(say, channel)
    (worded,) = languages.say((reply,), hearer_in(unit, conversation, channel))
    return speak(unit, conversation, replace(worded, speaker=speaker), now)


def hearer_in(unit: UnitOfWork, conversation: Conversation, channel: Channel) -> Hearer:
    """Tell who words are for in a conversation; looks only when they need to know."""
    return Hearer(
        channel=channel,
        language=conversation.language,
        said_before=partial(unit.messages.last_words, conversation.id),
        wants_exact_words=partial(
            unit.plans.is_asked_in, conversation.young_person, Way.LITERAL
        ),
    )
