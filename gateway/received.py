"""What became of an inbound message when it came in."""

from dataclasses import dataclass
from datetime import datetime

from foundations.ids import ConversationId, MessageId, OutboxId
from foundations.saying import Channel, Reply
from storage.records import InboxId, StoredMessage


@dataclass(frozen=True)
class Beside:
    """Fixed words that go with the bot's own reply: before it, and after it."""

    before: tuple[Reply, ...] = ()
    after: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Received:
    """A message that is safely written down.

    `said` are fixed words that were recorded together with it and leave at once;
    for a text they are the outbox row `inline`. `is_finished`: nothing is to follow.
    `is_new` is False for a repeat, whose stored answer is given again.
    `is_command`: what it means is a command's word, which never waits for Rasa.
    `starts_plan`: what follows answers the wish for a plan that came before it;
    `asks_on`: it goes on asking for a person, where crisis words came in between.
    """

    conversation: ConversationId
    inbox: InboxId
    message: MessageId
    channel: Channel
    text: str
    received_at: datetime
    said: tuple[StoredMessage, ...] = ()
    inline: OutboxId | None = None
    beside: Beside = Beside()
    is_first: bool = False
    is_finished: bool = False
    is_new: bool = True
    is_command: bool = False
    starts_plan: bool = False
    asks_on: bool = False


@dataclass
class WordsLeft:
    """Whether fixed words already went out without a record.

    A message may be written down after it was answered: by a database that was only
    slow, or from the spool. Its words are then noted as sent, and not sent again.
    """

    already: bool = False


@dataclass(frozen=True)
class PutAside:
    """A message that could not be written down: spooled, and answered all the same.

    `said` are words without a record. `is_kept` is False when the spool failed too,
    so that the provider must bring the message again; crisis words leave without it.
    """

    said: tuple[Reply, ...]
    is_crisis: bool
    is_kept: bool
