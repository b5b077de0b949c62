"""The inbox: each inbound message is accepted once, and answered once."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, or_, select, tuple_, update

from foundations.clock import Clock
from foundations.ids import ConversationId
from foundations.saying import Channel
from storage.dialects import write_once_unless
from storage.encryption import Sealer
from storage.errors import CannotOpen, RecordConflict
from storage.forgetting import inbound_hash
from storage.messages import Messages
from storage.records import Accepted, AcceptInbound, InboxId, StoredMessage, Unanswered
from storage.set_back import FAR_AHEAD
from storage.tables.core import Moment, forgotten_inbound, inbox, messages

_PROVIDER_ID = re.compile(r"[!-~]{1,200}")
_SEEN = select(inbox.c.id, inbox.c.message, inbox.c.answered_at).where(
    inbox.c.channel == bindparam("channel"),
    inbox.c.provider_message_id == bindparam("provider_message_id"),
)
_FORGOTTEN = select(forgotten_inbound.c.inbox, forgotten_inbound.c.message).where(
    forgotten_inbound.c.provider_hash == bindparam("hash")
)
_ANSWERED = (
    update(inbox)
    .where(inbox.c.id == bindparam("inbox_id"), inbox.c.answered_at.is_(None))
    .values(answered_at=bindparam("at"))
)
_ANSWERED_AT = select(inbox.c.answered_at).where(inbox.c.id == bindparam("inbox_id"))
_CRISIS_FIRST = case((inbox.c.route == "none", 1), else_=0)
_UNANSWERED = (
    select(
        inbox,
        messages.c.text,
    )
    .join(messages, messages.c.id == inbox.c.message)
    .where(
        inbox.c.answered_at.is_(None),
        or_(
            inbox.c.received_at <= bindparam("older_than"),
            # By a clock that was set back since.
            inbox.c.received_at > bindparam("far_ahead", type_=Moment),
        ),
    )
    .order_by(_CRISIS_FIRST, inbox.c.received_at, inbox.c.position)
    .limit(bindparam("limit"))
)
_UNANSWERED_BEYOND = _UNANSWERED.where(
    tuple_(_CRISIS_FIRST, inbox.c.received_at, inbox.c.position)
    > tuple_(
        bindparam("turn"),
        bindparam("at", type_=inbox.c.received_at.type),
        bindparam("position"),
    )
)
_ITSELF = inbox.alias("itself")
_WAITING_BEFORE = (
    select(inbox, messages.c.text)
    .join(messages, messages.c.id == inbox.c.message)
    .where(
        inbox.c.conversation == bindparam("conversation"),
        inbox.c.answered_at.is_(None),
        inbox.c.position
        < select(_ITSELF.c.position)
        .where(_ITSELF.c.id == bindparam("inbox_id"))
        .scalar_subquery(),
    )
    .order_by(inbox.c.position)
    .limit(bindparam("limit"))
)
_WAITING_BEFORE_AT_MOST = 20
_SCREENED_AT_MOST = 5
_SCREENED = (
    select(inbox.c.route, inbox.c.message, inbox.c.young_person, messages.c.text)
    .join(messages, messages.c.id == inbox.c.message)
    .where(
        inbox.c.conversation == bindparam("conversation"),
        inbox.c.received_at > bindparam("since"),
        inbox.c.route != "none",
    )
    .order_by(inbox.c.position)
    .limit(_SCREENED_AT_MOST)
)


@dataclass(frozen=True)
class Inbox:
    """Inbound messages by their provider's id."""

    connection: Connection
    sealer: Sealer
    clock: Clock
    messages: Messages

    def accept(self, inbound: AcceptInbound) -> Accepted:
        """Write an inbound message down once; a repeat gives what is already there.

        ValueError when the provider's id is not 1-200 printable ASCII characters.
        """
        if not _PROVIDER_ID.fullmatch(inbound.provider_message_id):
            raise ValueError(
                "a provider message id is 1-200 printable ASCII characters"
            )
        provider = inbound.provider_message_id
        known = inbound_hash(self.sealer.vault, inbound.channel.value, provider)
        answered_at = self.clock() if inbound.is_answered else None
        connection, row = self.connection, _row(inbound, answered_at)
        if write_once_unless(connection, inbox, row, _FORGOTTEN, hash=known):
            return Accepted(inbound.inbox_id, inbound.message_id, True, False)
        seen = self._seen(inbound)
        if seen is None:
            seen = self._forgotten(known)
        if seen is None:
            raise RecordConflict
        return seen

    def forgotten(self, channel: Channel, provider_message_id: str) -> Accepted | None:
        """Find a message whose sender was forgotten since; None for any other."""
        vault = self.sealer.vault
        return self._forgotten(inbound_hash(vault, channel.value, provider_message_id))

    def is_known(self, channel: Channel, provider_message_id: str) -> bool:
        """Say whether a message was accepted, even if it was forgotten since."""
        id = provider_message_id
        wanted = {"channel": channel.value, "provider_message_id": id}
        if self.connection.execute(_SEEN, wanted).first() is not None:
            return True
        return self.forgotten(channel, id) is not None

    def answered(self, inbox_id: InboxId) -> None:
        """Say that this message has its answer; the first time counts."""
        self.connection.execute(_ANSWERED, {"inbox_id": inbox_id, "at": self.clock()})

    def is_answered(self, inbox_id: InboxId) -> bool:
        """Say whether this message has its answer."""
        found = self.connection.execute(_ANSWERED_AT, {"inbox_id": inbox_id})
        return found.scalar() is not None

    def unanswered(
        self, limit: int, older_than: datetime, beyond: Unanswered | None = None
    ) -> list[Unanswered]:
        """List accepted messages without an answer, heard by then: crisis, then by age.

        `beyond` is the last one of the list before, where this one goes on.
        """
        ahead = older_than + FAR_AHEAD
        wanted = {"older_than": older_than, "far_ahead": ahead, "limit": limit}
        if beyond is None:
            found = self.connection.execute(_UNANSWERED, wanted)
        else:
            place = {
                "turn": int(beyond.route == "none"),
                "at": beyond.received_at,
                "position": beyond.position,
            }
            found = self.connection.execute(_UNANSWERED_BEYOND, {**wanted, **place})
        return [self._left_over(row) for row in found]

    def waiting_before(
        self, inbox_id: InboxId, conversation: ConversationId
    ) -> list[Unanswered]:
        """List what the same person said before this and has no answer to yet."""
        found = self.connection.execute(
            _WAITING_BEFORE,
            {
                "inbox_id": inbox_id,
                "conversation": conversation,
                "limit": _WAITING_BEFORE_AT_MOST,
            },
        )
        return [self._unanswered(row) for row in found]

    def answer_of(self, inbox_id: InboxId) -> list[StoredMessage]:
        """Give the messages that answered this one, in order."""
        return self.messages.answering(inbox_id)

    def screened_since(
        self, conversation: ConversationId, since: datetime
    ) -> list[tuple[str, str]]:
        """List the route and the words of what crisis words answered, oldest first."""
        found = self.connection.execute(
            _SCREENED, {"conversation": conversation, "since": since}
        )
        return [
            (
                row.route,
                self.sealer.open_text(
                    messages.c.text, row.message, row.young_person, row.text
                ),
            )
            for row in found
        ]

    def _seen(self, inbound: AcceptInbound) -> Accepted | None:
        seen = self.connection.execute(
            _SEEN,
            {
                "channel": inbound.channel.value,
                "provider_message_id": inbound.provider_message_id,
            },
        ).first()
        if seen is None:
            return None
        return Accepted(seen.id, seen.message, False, seen.answered_at is not None)

    def _forgotten(self, known: bytes) -> Accepted | None:
        found = self.connection.execute(_FORGOTTEN, {"hash": known}).first()
        if found is None:
            return None
        return Accepted(found.inbox, found.message, False, True)

    def _left_over(self, row: Row[Any]) -> Unanswered:
        """Give what does not open as sealed: one such row hides nobody after it."""
        try:
            return self._unanswered(row)
        except CannotOpen:
            return _as_unanswered(row, "", is_sealed=True)

    def _unanswered(self, row: Row[Any]) -> Unanswered:
        holder = row.young_person
        text = self.sealer.open_text(messages.c.text, row.message, holder, row.text)
        return _as_unanswered(row, text)


def _as_unanswered(row: Row[Any], text: str, *, is_sealed: bool = False) -> Unanswered:
    return Unanswered(
        position=row.position,
        inbox_id=row.id,
        message_id=row.message,
        conversation=row.conversation,
        young_person=row.young_person,
        channel=Channel(row.channel),
        route=row.route,
        reasons=tuple(json.loads(row.reasons)),
        text=text,
        received_at=row.received_at,
        beside=row.beside,
        is_sealed=is_sealed,
    )


def _row(inbound: AcceptInbound, answered_at: datetime | None) -> dict[str, object]:
    return {
        "id": inbound.inbox_id,
        "channel": inbound.channel.value,
        "provider_message_id": inbound.provider_message_id,
        "conversation": inbound.conversation,
        "young_person": inbound.young_person,
        "message": inbound.message_id,
        "route": inbound.route,
        "reasons": json.dumps(inbound.reasons),
        "received_at": inbound.received_at,
        "answered_at": answered_at,
        "beside": inbound.beside,
    }
