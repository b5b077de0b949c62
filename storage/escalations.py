"""That a crisis route was taken, and what was said: never any words."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from foundations.ids import ConversationId
from foundations.saying import Channel
from storage.records import EscalationRecord
from storage.tables.core import escalations

_INSERT = insert(escalations)
_OF_CONVERSATION = (
    select(escalations)
    .where(escalations.c.conversation == bindparam("conversation"))
    .order_by(escalations.c.number)
)


@dataclass(frozen=True)
class Escalations:
    """Crisis routes as they were taken."""

    connection: Connection

    def record(self, escalation: EscalationRecord) -> None:
        """Keep that a crisis route was taken."""
        self.connection.execute(
            _INSERT,
            {
                "conversation": escalation.conversation,
                "inbox": escalation.inbox_id,
                "outbox": escalation.outbox_id,
                "channel": escalation.channel.value,
                "route": escalation.route,
                "phrase_ids": json.dumps(escalation.phrase_ids),
                "reply_keys": json.dumps(escalation.reply_keys),
                "at": escalation.at,
            },
        )

    def of_conversation(self, conversation: ConversationId) -> list[EscalationRecord]:
        """List the crisis routes of a conversation, oldest first."""
        wanted = {"conversation": conversation}
        found = self.connection.execute(_OF_CONVERSATION, wanted)
        return [_escalation(row) for row in found]


def _escalation(row: Row[Any]) -> EscalationRecord:
    return EscalationRecord(
        at=row.at,
        channel=Channel(row.channel),
        route=row.route,
        phrase_ids=tuple(json.loads(row.phrase_ids)),
        reply_keys=tuple(json.loads(row.reply_keys)),
        conversation=row.conversation,
        inbox_id=row.inbox,
        outbox_id=row.outbox,
    )
