"""What repositories take and give: frozen values, free of any database."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NewType

from foundations.ids import (
    ConsentId,
    ConversationId,
    HandoverCaseId,
    MessageId,
    OrganisationId,
    OutboxId,
    YoungPersonId,
    new_id,
)
from foundations.saying import Channel, Choice, Speaker

InboxId = NewType("InboxId", str)


class Owner(str, Enum):
    """Who answers a conversation. One at a time."""

    BOT = "bot"
    WAITING = "waiting"
    STAFF = "staff"


@dataclass(frozen=True)
class Conversation:
    """One young person's thread, over whichever doors they use.

    `channel` is the door used last. `aftercare` is content-free JSON text kept for
    the crisis screen. `stopped` counts how often STOP was said in a row. `language` is
    the code of the one that was asked for, None for English.
    """

    id: ConversationId
    young_person: YoungPersonId
    owner: Owner
    handover_case: HandoverCaseId | None
    link: str
    channel: Channel
    aftercare: str | None
    stopped: int
    language: str | None
    started_at: datetime
    last_heard_at: datetime


@dataclass(frozen=True)
class AcceptInbound:
    """One inbound message as it is first written down.

    `provider_message_id` is 1-200 printable ASCII characters, unique per channel;
    a web chat must put its conversation id in front of the browser's own id.
    `reasons` are phrase ids, never words. `beside` says what goes with its answer, as
    the gateway writes it: keys and marks, never words. `is_answered` says that its
    whole answer is recorded with it. The ids are made here once, so that a replay
    from the spool carries the same ones.
    """

    channel: Channel
    provider_message_id: str
    conversation: ConversationId
    young_person: YoungPersonId
    received_at: datetime
    route: str
    reasons: tuple[str, ...] = ()
    is_answered: bool = False
    beside: str | None = None
    inbox_id: InboxId = field(default_factory=lambda: InboxId(new_id()))
    message_id: MessageId = field(default_factory=lambda: MessageId(new_id()))


@dataclass(frozen=True)
class Accepted:
    """What the inbox holds for a provider message id, new or seen before."""

    inbox_id: InboxId
    message_id: MessageId
    new: bool
    answered: bool


@dataclass(frozen=True)
class Unanswered:
    """An accepted message that nobody has answered yet, with its words.

    `position` is its place among all that came in. What `is_sealed` does not open with
    the keys that are here: it has no words.
    """

    position: int
    inbox_id: InboxId
    message_id: MessageId
    conversation: ConversationId
    young_person: YoungPersonId
    channel: Channel
    route: str
    reasons: tuple[str, ...]
    text: str
    received_at: datetime
    beside: str | None = None
    is_sealed: bool = False


@dataclass(frozen=True)
class StoredMessage:
    """One line of a conversation; `sequence` counts from 1 in its conversation."""

    id: MessageId
    sequence: int
    speaker: Speaker
    key: str
    text: str
    choices: tuple[Choice, ...]
    said_at: datetime
    channel: Channel


class OutboundKind(str, Enum):
    """What an outbox row is for; crisis overtakes everything."""

    ORDINARY = "ordinary"
    CRISIS = "crisis"
    STAFF_ALERT = "staff_alert"
    SYSTEM = "system"


class OutboundState(str, Enum):
    """Where an outbox row stands.

    `inline` rows were handed over in the answer to the provider's own request.
    """

    WAITING = "waiting"
    INLINE = "inline"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True)
class NewOutbound:
    """One text to leave this house.

    A young person's number is looked up when it is sent, so it is not given here;
    `recipient` is for staff alerts, which belong to no person and hold no content.
    The same `dedup_key` twice is one row. `keys` are the response names it holds.
    """

    dedup_key: str
    kind: OutboundKind
    body: str
    not_before: datetime
    conversation: ConversationId | None = None
    young_person: YoungPersonId | None = None
    recipient: str | None = None
    keys: tuple[str, ...] = ()
    state: OutboundState = OutboundState.WAITING
    id: OutboxId = field(default_factory=lambda: OutboxId(new_id()))


@dataclass(frozen=True)
class Claimed:
    """An outbox row leased to this worker.

    `tries` counts from 1. `uncertain` is true when the text may already have left: an
    earlier lease ran out without an outcome, or no report came of words that went into
    a webhook's answer. `recipient` is an E.164 number or a staff address, None when
    the person has no number any more. What `is_sealed` does not open with the keys that
    are here: it has neither recipient nor words.
    """

    id: OutboxId
    kind: OutboundKind
    conversation: ConversationId | None
    young_person: YoungPersonId | None
    recipient: str | None
    body: str
    keys: tuple[str, ...]
    tries: int
    uncertain: bool
    created_at: datetime
    is_sealed: bool = False


@dataclass(frozen=True)
class DeliveryRecorded:
    """What a delivery report did: the row it belongs to, None while unknown.

    `tries` is how often the text was sent by the outbox so far.
    """

    outbox_id: OutboxId | None
    kind: OutboundKind | None
    state: OutboundState | None
    moved: bool
    conversation: ConversationId | None = None
    tries: int = 0


@dataclass(frozen=True)
class OutboxFigures:
    """How many rows wait (counted up to 10,000) and the age of the oldest."""

    waiting: int
    oldest_seconds: float


@dataclass(frozen=True)
class EscalationRecord:
    """That a crisis route was taken and what was said, without any words."""

    at: datetime
    channel: Channel
    route: str
    phrase_ids: tuple[str, ...]
    reply_keys: tuple[str, ...]
    conversation: ConversationId
    inbox_id: InboxId | None
    outbox_id: OutboxId | None = None


class ConsentStatus(str, Enum):
    """Where a consent stands. Each move is a new row."""

    DRAFTED = "drafted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True)
class ConsentRecord:
    """What a young person was asked to agree to share, and what they said."""

    id: ConsentId
    young_person: YoungPersonId
    conversation: ConversationId
    organisation: OrganisationId
    purpose: str
    items_json: str
    preview: bytes | None
    status: ConsentStatus
    drafted_at: datetime


@dataclass(frozen=True)
class AuditRow:
    """Who did what to which record; `number` counts from 1 without gaps."""

    number: int
    actor: str
    action: str
    subject: str
    at: datetime
