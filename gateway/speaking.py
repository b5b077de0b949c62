"""Inside one transaction: say something that answers no message, on whichever door."""

from datetime import datetime

from foundations.saying import Channel, Reply
from gateway.texting.one_text import text_body
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
