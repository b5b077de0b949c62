"""Conversations: whose, through which door, and who answers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from foundations.clock import Clock
from foundations.ids import ConversationId, HandoverCaseId, YoungPersonId, new_id
from foundations.saying import Channel
from storage.dialects import write_once
from storage.encryption import Sealer
from storage.errors import NotFound
from storage.records import Conversation, Owner
from storage.tables.core import conversations, people
from storage.tables.joining import joined_conversations

_ALL = select(conversations)
_BY_ID = _ALL.where(conversations.c.id == bindparam("id"))
_JOINED_TO = (
    select(conversations)
    .join(
        joined_conversations, joined_conversations.c.conversation == conversations.c.id
    )
    .where(joined_conversations.c.id == bindparam("id"))
)
# SQLite has one writer and leaves this out.
_HELD = _BY_ID.with_for_update()
_CARED = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(aftercare=bindparam("care"))
)
_BY_PERSON = _ALL.where(conversations.c.young_person == bindparam("person"))
_BY_PHONE = _ALL.join(people, people.c.id == conversations.c.young_person).where(
    people.c.phone_index == bindparam("index")
)


@dataclass(frozen=True)
class Conversations:
    """One conversation per young person, whichever doors they use."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def start(self, person: YoungPersonId, link: str, channel: Channel) -> Conversation:
        """Start a young person's conversation, or give the one they have."""
        now = self.clock()
        fresh = Conversation(
            id=ConversationId(new_id()),
            young_person=person,
            owner=Owner.BOT,
            handover_case=None,
            link=link,
            channel=channel,
            aftercare=None,
            stopped=0,
            language=None,
            started_at=now,
            last_heard_at=now,
        )
        if write_once(self.connection, conversations, _row(fresh)):
            return fresh
        found = self.of_person(person)
        if found is None:
            raise NotFound("conversation")
        return found

    def get(self, conversation: ConversationId) -> Conversation:
        """Read a conversation, or the one it was joined to; NotFound without either."""
        for query in (_BY_ID, _JOINED_TO):
            found = self.connection.execute(query, {"id": conversation}).first()
            if found is not None:
                return _conversation(found)
        raise NotFound("conversation")

    def hold(self, conversation: ConversationId) -> Conversation:
        """Read a conversation and keep its owner as it is until this work ends.

        Whoever would speak for the bot holds it first; a claim then waits its turn.
        """
        here = self.get(conversation).id
        found = self.connection.execute(_HELD, {"id": here}).first()
        if found is None:
            raise NotFound("conversation")
        return _conversation(found)

    def care_for(self, conversation: ConversationId, aftercare: str) -> None:
        """Keep what is remembered of the day after crisis words; no content."""
        self.connection.execute(
            _CARED, {"conversation": conversation, "care": aftercare}
        )

    def of_person(self, person: YoungPersonId) -> Conversation | None:
        """Find the conversation of a young person."""
        found = self.connection.execute(_BY_PERSON, {"person": person}).first()
        return None if found is None else _conversation(found)

    def of_phone(self, e164: str) -> Conversation | None:
        """Find the conversation of whoever texts from this number."""
        index = self.sealer.vault.phone_index(e164)
        found = self.connection.execute(_BY_PHONE, {"index": index}).first()
        return None if found is None else _conversation(found)

    def set_owner(
        self,
        conversation: ConversationId,
        owner: Owner,
        handover_case: HandoverCaseId | None = None,
    ) -> None:
        """Say who answers from now on, and in which handover case."""
        self._set(conversation, owner=owner.value, handover_case=handover_case)

    def go_on_by(self, conversation: ConversationId, channel: Channel) -> None:
        """Say through which door the talk goes on."""
        self._set(conversation, channel=channel.value)

    def set_stopped(self, conversation: ConversationId, times: int) -> None:
        """Keep how many times in a row STOP was said."""
        self._set(conversation, stopped=times)

    def set_language(self, conversation: ConversationId, code: str | None) -> None:
        """Keep which language was asked for; None for English."""
        self._set(conversation, language=code)

    def set_wishes(self, conversation: ConversationId, json: str) -> None:
        """Keep, sealed, how a young person wishes to be talked to and helped."""
        person = self.get(conversation).young_person
        sealed = self.sealer.seal_text(
            conversations.c.wishes, conversation, person, json
        )
        self._set(conversation, wishes=sealed)

    def wishes(self, conversation: ConversationId) -> str | None:
        """Read what `set_wishes` kept."""
        found = self.connection.execute(_BY_ID, {"id": conversation}).first()
        if found is None or found.wishes is None:
            return None
        return self.sealer.open_text(
            conversations.c.wishes, conversation, found.young_person, found.wishes
        )

    def _set(self, conversation: ConversationId, **values: object) -> None:
        changed = self.connection.execute(
            update(conversations).where(conversations.c.id == conversation), values
        )
        if changed.rowcount == 0:
            raise NotFound("conversation")


def _row(fresh: Conversation) -> dict[str, object]:
    return {
        "id": fresh.id,
        "young_person": fresh.young_person,
        "owner": fresh.owner.value,
        "link": fresh.link,
        "channel": fresh.channel.value,
        "stopped": fresh.stopped,
        "last_sequence": 0,
        "started_at": fresh.started_at,
        "last_heard_at": fresh.last_heard_at,
    }


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(
        id=row.id,
        young_person=row.young_person,
        owner=Owner(row.owner),
        handover_case=row.handover_case,
        link=row.link,
        channel=Channel(row.channel),
        aftercare=row.aftercare,
        stopped=row.stopped,
        language=row.language,
        started_at=row.started_at,
        last_heard_at=row.last_heard_at,
    )
