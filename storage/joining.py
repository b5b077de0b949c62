"""Two people become one: a phone's owner and whoever wrote in a web chat.

The phone's person and conversation stay; everything of the other is sealed again under
the key of the one who stays, and then the other's keys are gone. The web chat goes on
being found by its old id until it is closed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Row,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from foundations.ids import ConversationId, YoungPersonId
from safety_plans.starting_afresh import put_together
from storage.encryption import Sealer
from storage.plans import Plans
from storage.records import Conversation, Owner
from storage.tables.core import (
    consent_steps,
    consents,
    conversations,
    messages,
    metadata,
    people,
    plan_changes,
)
from storage.tables.joining import joined_conversations

NEVER_SEALED: Final = frozenset(
    {"token_hash", "phone_index", "provider_hash", "pin_hash"}
)
"""Columns of bytes that are hashes: the same under anybody's key."""

PERSON, CONVERSATION = "young_person", "conversation"

APART: Final = frozenset({"conversations", "data_keys", "people", "plan_changes"})
"""Tables that are put together in a way of their own."""


class TwoHandovers(Exception):
    """Both have a worker waiting or speaking: nobody can be put in one thread."""


@dataclass(frozen=True)
class Joining:
    """Puts two people together in one transaction."""

    connection: Connection
    sealer: Sealer
    plans: Plans

    def join(self, stays: Conversation, goes: Conversation, now: datetime) -> None:
        """Give everything of one to the other. Raises TwoHandovers, nothing changed."""
        if Owner.BOT not in (stays.owner, goes.owner):
            raise TwoHandovers
        person, other = stays.young_person, goes.young_person
        self._join_plans(person, other, now)
        self._reseal_agreed(person, other)
        for table in metadata.sorted_tables:
            if table.name not in APART:
                self._give(table, person, other)
        self._number_anew(stays.id, goes.id)
        for table in metadata.sorted_tables:
            if table.name not in (messages.name, *APART) and _has(table, CONVERSATION):
                self._move(table, stays.id, goes.id)
        self._join_conversations(stays, goes)
        self._let_go(stays, goes, now)

    def _join_plans(
        self, person: YoungPersonId, other: YoungPersonId, now: datetime
    ) -> None:
        mine, theirs = self.plans.changes(person), self.plans.changes(other)
        together = put_together(mine, theirs, now=now)
        self.connection.execute(
            delete(plan_changes).where(plan_changes.c.young_person == other)
        )
        self.plans.replace(person, together)

    def _give(self, table: Table, person: YoungPersonId, other: YoungPersonId) -> None:
        """Give a table's rows to who stays, what is sealed in them sealed again."""
        if not _has(table, PERSON):
            return
        owner = table.c[PERSON]
        if _is_one_each(table, PERSON) and self._exists(table, PERSON, person):
            self.connection.execute(delete(table).where(owner == other))
            return
        sealed = [column.name for column in table.c if _is_sealed(column)]
        if sealed:
            rows = self.connection.execute(select(table).where(owner == other)).all()
            for row in rows:
                self._reseal(table, row, sealed, person, other)
        self.connection.execute(
            update(table).where(owner == other).values({PERSON: person})
        )

    def _reseal(
        self,
        table: Table,
        row: Row[Any],
        columns: list[str],
        person: YoungPersonId,
        other: YoungPersonId,
    ) -> None:
        fresh = {
            name: self._sealed_again(table.c[name], row.id, token, person, other)
            for name in columns
            if (token := getattr(row, name)) is not None
        }
        if fresh:
            self.connection.execute(
                update(table).where(table.c.id == row.id).values(fresh)
            )

    def _reseal_agreed(self, person: YoungPersonId, other: YoungPersonId) -> None:
        """Seal what was agreed to again; its rows hang on a consent, not a person."""
        column = consent_steps.c.preview
        steps = self.connection.execute(
            select(consent_steps)
            .join(consents, consents.c.id == consent_steps.c.consent)
            .where(consents.c.young_person == other, column.is_not(None))
        ).all()
        for step in steps:
            fresh = self._sealed_again(
                column, step.consent, step.preview, person, other
            )
            self.connection.execute(
                update(consent_steps)
                .where(
                    consent_steps.c.consent == step.consent,
                    consent_steps.c.number == step.number,
                )
                .values(preview=fresh)
            )

    def _sealed_again(
        self, column: Column[Any], row: str, token: bytes, person: str, other: str
    ) -> bytes:
        content = self.sealer.open(column, row, other, token)
        return self.sealer.seal(column, row, person, content)

    def _number_anew(self, stays: ConversationId, goes: ConversationId) -> None:
        """Put both threads in the order things were said, in one conversation.

        The numbers are unique, so they are counted below zero first.
        """
        found = self.connection.execute(
            select(messages.c.id)
            .where(messages.c.conversation.in_((stays, goes)))
            .order_by(messages.c.said_at, messages.c.sequence, messages.c.id)
        ).scalars()
        numbered = [
            {"message": id, "number": -number} for number, id in enumerate(found, 1)
        ]
        if not numbered:
            return
        self.connection.execute(
            update(messages)
            .where(messages.c.id == bindparam("message"))
            .values(conversation=stays, sequence=bindparam("number")),
            numbered,
        )
        self.connection.execute(
            update(messages)
            .where(messages.c.conversation == stays)
            .values(sequence=-messages.c.sequence)
        )

    def _move(self, table: Table, stays: ConversationId, goes: ConversationId) -> None:
        """Move a table's rows to the conversation that stays."""
        here = table.c[CONVERSATION]
        if _is_one_each(table, CONVERSATION) and self._exists(
            table, CONVERSATION, stays
        ):
            self.connection.execute(delete(table).where(here == goes))
            return
        self.connection.execute(
            update(table).where(here == goes).values({CONVERSATION: stays})
        )

    def _join_conversations(self, stays: Conversation, goes: Conversation) -> None:
        """Keep, of both, whoever answers, where they came in, and what was wished."""
        latest = max((goes, stays), key=lambda each: each.last_heard_at)
        earlier = goes if latest is stays else stays
        answers = goes if stays.owner is Owner.BOT else stays
        count = self.connection.execute(
            select(func.count()).where(messages.c.conversation == stays.id)
        ).scalar_one()
        self.connection.execute(
            update(conversations)
            .where(conversations.c.id == stays.id)
            .values(
                owner=answers.owner.value,
                handover_case=answers.handover_case,
                link=goes.link if stays.link == "sms" else stays.link,
                aftercare=latest.aftercare or earlier.aftercare,
                language=latest.language or earlier.language,
                wishes=self._wishes(stays, goes),
                last_sequence=count,
                started_at=min(stays.started_at, goes.started_at),
                last_heard_at=latest.last_heard_at,
            )
        )

    def _wishes(self, stays: Conversation, goes: Conversation) -> bytes | None:
        column, id = conversations.c.wishes, conversations.c.id
        mine, theirs = (
            self.connection.execute(select(column).where(id == each.id)).scalar()
            for each in (stays, goes)
        )
        if mine is not None or theirs is None:
            return mine
        content = self.sealer.open(column, goes.id, goes.young_person, theirs)
        return self.sealer.seal(column, stays.id, stays.young_person, content)

    def _let_go(self, stays: Conversation, goes: Conversation, now: datetime) -> None:
        """Remove who is no more, keys and all; the old id leads to who stays."""
        self.connection.execute(
            delete(conversations).where(conversations.c.id == goes.id)
        )
        self.sealer.vault.forget_key(self.connection, goes.young_person)
        self.connection.execute(delete(people).where(people.c.id == goes.young_person))
        self.connection.execute(
            insert(joined_conversations),
            {
                "id": goes.id,
                "conversation": stays.id,
                "young_person": stays.young_person,
                "joined_at": now,
            },
        )

    def _exists(self, table: Table, name: str, value: str) -> bool:
        found = self.connection.execute(
            select(table.c[name]).where(table.c[name] == value).limit(1)
        )
        return found.first() is not None


def close_web_chats(connection: Connection, person: YoungPersonId) -> int:
    """Let no joined web chat lead to this person any more; give how many did."""
    closed = connection.execute(
        delete(joined_conversations).where(
            joined_conversations.c.young_person == person
        )
    )
    return closed.rowcount


def _has(table: Table, name: str) -> bool:
    return name in table.c


def _is_one_each(table: Table, name: str) -> bool:
    """Tell whether a table has one row for each person, or each conversation."""
    column = table.c[name]
    alone = column.primary_key and len(table.primary_key.columns) == 1
    return bool(alone or column.unique)


def _is_sealed(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary) and column.name not in NEVER_SEALED
