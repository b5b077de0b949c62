"""Where the asking for consent stands in a conversation; gone once it is settled."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from foundations.clock import Clock
from foundations.ids import ConversationId, YoungPersonId, new_id
from storage.encryption import Sealer
from storage.tables.handover import handover_askings


@dataclass(frozen=True)
class KeptAsking:
    """What was agreed to so far, as JSON, and when the last question was asked."""

    json: str
    asked_at: datetime


@dataclass(frozen=True)
class Askings:
    """At most one asking in a conversation."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def get(self, conversation: ConversationId) -> KeptAsking | None:
        """Read where it stands."""
        found = self.connection.execute(
            select(handover_askings).where(
                handover_askings.c.conversation == conversation
            )
        ).first()
        if found is None:
            return None
        asked = self.sealer.open_text(
            handover_askings.c.asked, found.id, found.young_person, found.asked
        )
        return KeptAsking(asked, found.asked_at)

    def put(
        self, conversation: ConversationId, young_person: YoungPersonId, json: str
    ) -> None:
        """Keep where it stands now."""
        self.remove(conversation)
        id = new_id()
        self.connection.execute(
            insert(handover_askings),
            {
                "id": id,
                "conversation": conversation,
                "young_person": young_person,
                "asked": self.sealer.seal_text(
                    handover_askings.c.asked, id, young_person, json
                ),
                "asked_at": self.clock(),
            },
        )

    def remove(self, conversation: ConversationId) -> None:
        """Forget it: it was shared, refused, or put aside."""
        self.connection.execute(
            delete(handover_askings).where(
                handover_askings.c.conversation == conversation
            )
        )
