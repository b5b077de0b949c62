"""What comes through a door: one message, whoever sent it, whichever way."""

from dataclasses import dataclass
from datetime import datetime

from foundations.ids import ConversationId
from foundations.saying import Channel


@dataclass(frozen=True)
class ByPhone:
    """A sender known by number (E.164)."""

    number: str


@dataclass(frozen=True)
class ByConversation:
    """A sender known by the conversation their token opens."""

    conversation: ConversationId


Sender = ByPhone | ByConversation


@dataclass(frozen=True)
class Inbound:
    """One inbound message, exactly as it was written.

    `provider_message_id` is what makes a repeat recognisable: Twilio's id, or the
    conversation id and the browser's own id.
    """

    channel: Channel
    provider_message_id: str
    sender: Sender
    text: str
    received_at: datetime
