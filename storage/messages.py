"""What was said, in order, sealed under the young person's own key."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from foundations.clock import Clock
from foundations.ids import ConversationId, MessageId, YoungPersonId, new_id
from foundations.saying import Channel, Choice, Reply, Speaker
from storage.encryption import Sealer
from storage.errors import NotFound
from storage.records import InboxId, StoredMessage
from storage.tables.core import conversations, messages

RECENT_AT_MOST = 20
_HEARD = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(
        last_sequence=conversations.c.last_sequence + bindparam("lines"),
        last_heard_at=bindparam("at"),
        channel=bindparam("through"),
    )
    .returning(conversations.c.last_sequence)
)
_HEARD_WITH_CARE = _HEARD.values(aftercare=bindparam("care"))
_SAID = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(last_sequence=conversations.c.last_sequence + bindparam("lines"))
    .returning(conversations.c.last_sequence)
)
_INSERT = insert(messages)
_IN_ORDER = select(messages).order_by(messages.c.sequence)
_SEQUENCE = select(messages.c.sequence).where(
    messages.c.id == bindparam("id"),
    messages.c.conversation == bindparam("conversation"),
)
_AFTER = _IN_ORDER.where(
    messages.c.conversation == bindparam("conversation"),
    messages.c.sequence > bindparam("sequence"),
).limit(bindparam("limit"))
_BETWEEN = (
    select(messages)
    .where(
        messages.c.conversation == bindparam("conversation"),
        messages.c.said_at >= bindparam("since"),
        messages.c.said_at <= bindparam("until"),
    )
    .order_by(messages.c.sequence.desc())
    .limit(bindparam("limit"))
)
_LATEST = (
    select(messages)
    .where(messages.c.conversation == bindparam("conversation"))
    .order_by(messages.c.sequence.desc())
    .limit(bindparam("limit"))
)
_LATELY = (
    select(
        messages.c.id,
        messages.c.young_person,
        messages.c.response_key,
        messages.c.text,
        messages.c.sequence,
    )
    .where(messages.c.conversation == bindparam("conversation"))
    .order_by(messages.c.sequence.desc())
    .limit(40)
    .subquery()
)
_LAST_WORDS = (
    select(_LATELY)
    .where(_LATELY.c.response_key == bindparam("key"))
    .order_by(_LATELY.c.sequence.desc())
    .limit(1)
)
_ANSWERING = _IN_ORDER.where(messages.c.answers == bindparam("inbox_id"))
_RECENT = (
    select(messages)
    .where(
        messages.c.conversation == bindparam("conversation"),
        messages.c.speaker == Speaker.YOUNG_PERSON.value,
        messages.c.said_at >= bindparam("since"),
    )
    .order_by(messages.c.sequence.desc())
    .limit(RECENT_AT_MOST)
)
_LAST_SAID = (
    select(messages.c.sequence, messages.c.answers)
    .where(
        messages.c.conversation == bindparam("conversation"),
        messages.c.speaker != Speaker.YOUNG_PERSON.value,
    )
    .order_by(messages.c.sequence.desc())
    .limit(1)
)
_LAST_KEY = (
    select(messages.c.response_key)
    .where(
        messages.c.conversation == bindparam("conversation"),
        messages.c.speaker != Speaker.YOUNG_PERSON.value,
    )
    .order_by(messages.c.sequence.desc())
    .limit(1)
)
_ONE = _IN_ORDER.where(
    messages.c.conversation == bindparam("conversation"),
    messages.c.sequence == bindparam("sequence"),
)


@dataclass(frozen=True)
class Messages:
    """The lines of conversations, numbered from 1 in each."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def add_inbound(
        self,
        *,
        id: MessageId,
        conversation: ConversationId,
        young_person: YoungPersonId,
        channel: Channel,
        text: str,
        received_at: datetime,
        replies: Sequence[Reply] = (),
        inbox_id: InboxId | None = None,
        aftercare: str | None = None,
    ) -> tuple[StoredMessage, ...]:
        """Keep what a young person said, that they were heard, and where.

        With it goes what answers it at once; gives that, as it was stored. `aftercare`
        is the crisis screen's content-free memory, when there is something new in it.
        """
        heard_at = {"through": channel.value, "at": received_at}
        if aftercare is not None:
            heard_at["care"] = aftercare
        statement = _HEARD if aftercare is None else _HEARD_WITH_CARE
        first = self._number(statement, conversation, 1 + len(replies), heard_at)
        heard = StoredMessage(
            id, first, Speaker.YOUNG_PERSON, "", text, (), received_at, channel
        )
        said = self._lines(replies, first + 1, channel)
        rows = [self._row(heard, conversation, young_person, None)]
        rows += [self._row(one, conversation, young_person, inbox_id) for one in said]
        self.connection.execute(_INSERT, rows)
        return said

    def add_outbound(
        self,
        *,
        conversation: ConversationId,
        young_person: YoungPersonId,
        channel: Channel,
        replies: Sequence[Reply],
        answers: InboxId | None = None,
    ) -> tuple[StoredMessage, ...]:
        """Keep what was said to a young person, and which message it answers."""
        if not replies:
            return ()
        first = self._number(_SAID, conversation, len(replies), {})
        said = self._lines(replies, first, channel)
        rows = [self._row(one, conversation, young_person, answers) for one in said]
        self.connection.execute(_INSERT, rows)
        return said

    def after(
        self, conversation: ConversationId, after: MessageId | None, limit: int = 100
    ) -> list[StoredMessage]:
        """List what was said after a message; an unknown one means from the start."""
        start = None
        if after is not None:
            wanted = {"id": after, "conversation": conversation}
            start = self.connection.execute(_SEQUENCE, wanted).scalar()
        found = self.connection.execute(
            _AFTER,
            {"conversation": conversation, "sequence": start or 0, "limit": limit},
        )
        return [self._message(row) for row in found]

    def latest(self, conversation: ConversationId, limit: int) -> list[StoredMessage]:
        """List the last of what was said, oldest first."""
        wanted = {"conversation": conversation, "limit": limit}
        found = self.connection.execute(_LATEST, wanted).all()
        return [self._message(row) for row in reversed(found)]

    def between(
        self, conversation: ConversationId, since: datetime, until: datetime, limit: int
    ) -> list[StoredMessage]:
        """List the last of what was said from one moment to another, in order."""
        wanted = {"since": since, "until": until, "limit": limit}
        found = self.connection.execute(
            _BETWEEN, {"conversation": conversation, **wanted}
        ).all()
        return [self._message(row) for row in reversed(found)]

    def answering(self, inbox_id: InboxId) -> list[StoredMessage]:
        """List the messages that answer an inbound one, in order."""
        found = self.connection.execute(_ANSWERING, {"inbox_id": inbox_id})
        return [self._message(row) for row in found]

    def recent_inbound(
        self, conversation: ConversationId, since: datetime
    ) -> list[tuple[str, datetime]]:
        """List what the young person said since then, oldest first, the last 20."""
        wanted = {"conversation": conversation, "since": since}
        found = self.connection.execute(_RECENT, wanted).all()
        return [(self._text(row), row.said_at) for row in reversed(found)]

    def last_words(self, conversation: ConversationId, key: str) -> str | None:
        """Give the text a key was last said in, lately; None when it was not."""
        wanted = {"conversation": conversation, "key": key}
        found = self.connection.execute(_LAST_WORDS, wanted).first()
        return None if found is None else self._text(found)

    def last_key(self, conversation: ConversationId) -> str | None:
        """Give the key of the last thing said to the young person."""
        wanted = {"conversation": conversation}
        return self.connection.execute(_LAST_KEY, wanted).scalar()

    def last_choices(self, conversation: ConversationId) -> tuple[Choice, ...]:
        """Give the choices of the last thing said to the young person, in order."""
        said = self.last_answer(conversation)
        return tuple(choice for message in said for choice in message.choices)

    def last_answer(self, conversation: ConversationId) -> list[StoredMessage]:
        """Give the last thing said to the young person; all that answered together."""
        last = self.connection.execute(
            _LAST_SAID, {"conversation": conversation}
        ).first()
        if last is None:
            return []
        if last.answers is not None:
            return self.answering(last.answers)
        wanted = {"conversation": conversation, "sequence": last.sequence}
        found = self.connection.execute(_ONE, wanted)
        return [self._message(row) for row in found]

    def _number(
        self,
        statement: Any,
        conversation: ConversationId,
        lines: int,
        values: Mapping[str, object],
    ) -> int:
        """Take the next numbers and give the first.

        The row lock keeps numbers in order of commit.
        """
        wanted = {"conversation": conversation, "lines": lines, **values}
        last = self.connection.execute(statement, wanted).scalar()
        if last is None:
            raise NotFound("conversation")
        return int(last) - lines + 1

    def _lines(
        self, replies: Sequence[Reply], first: int, channel: Channel
    ) -> tuple[StoredMessage, ...]:
        now = self.clock()
        return tuple(
            StoredMessage(
                id=MessageId(new_id()),
                sequence=sequence,
                speaker=reply.speaker,
                key=reply.key,
                text=reply.text,
                choices=reply.choices,
                said_at=now,
                channel=channel,
            )
            for sequence, reply in enumerate(replies, start=first)
        )

    def _row(
        self,
        message: StoredMessage,
        conversation: ConversationId,
        person: YoungPersonId,
        answers: InboxId | None,
    ) -> dict[str, object]:
        seal, id = self.sealer.seal_text, message.id
        choices = _written(message.choices)
        return {
            "id": id,
            "conversation": conversation,
            "sequence": message.sequence,
            "young_person": person,
            "speaker": message.speaker.value,
            "response_key": message.key,
            "text": seal(messages.c.text, id, person, message.text),
            "choices": choices and seal(messages.c.choices, id, person, choices),
            "answers": answers,
            "channel": message.channel.value,
            "said_at": message.said_at,
        }

    def _message(self, row: Row[Any]) -> StoredMessage:
        return StoredMessage(
            id=row.id,
            sequence=row.sequence,
            speaker=Speaker(row.speaker),
            key=row.response_key,
            text=self._text(row),
            choices=self._choices(row),
            said_at=row.said_at,
            channel=Channel(row.channel),
        )

    def _text(self, row: Row[Any]) -> str:
        return self.sealer.open_text(
            messages.c.text, row.id, row.young_person, row.text
        )

    def _choices(self, row: Row[Any]) -> tuple[Choice, ...]:
        if row.choices is None:
            return ()
        written = self.sealer.open_text(
            messages.c.choices, row.id, row.young_person, row.choices
        )
        return tuple(Choice(*one) for one in json.loads(written))


def _written(choices: tuple[Choice, ...]) -> str | None:
    if not choices:
        return None
    return json.dumps([_one(choice) for choice in choices])


def _one(choice: Choice) -> list[str | int]:
    """Write a choice; its number only where it has one, as older versions read it."""
    number = () if choice.number is None else (choice.number,)
    return [choice.label, choice.value, *number]
