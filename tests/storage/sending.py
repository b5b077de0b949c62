"""How tests of the outbox speak: queue a text, claim it, send it, look at it."""

from sqlalchemy import select

from foundations.ids import OutboxId, new_id
from storage.records import OutboundKind, OutboundState
from storage.tables.core import outbox
from tests.storage.keeping import Records, Someone, outbound


def claims(records: Records, limit: int = 10, lease_s: float = 30) -> list[str]:
    found = records.write(lambda unit: unit.outbox.claim(limit, lease_s))
    return [claimed.body for claimed in found]


def queues(
    records: Records,
    someone: Someone,
    body: str,
    kind: OutboundKind = OutboundKind.ORDINARY,
) -> OutboxId:
    return records.write(lambda unit: outbound(unit, someone, body, kind)).id


def sends(records: Records, id: OutboxId, provider_id: str = "") -> None:
    provider_id = provider_id or f"SM{new_id()}"
    records.write(lambda unit: unit.outbox.sent(id, provider_id))


def state_of(records: Records, id: OutboxId) -> OutboundState:
    query = select(outbox.c.state).where(outbox.c.id == id)
    return OutboundState(
        records.read(lambda unit: unit.connection.execute(query).scalar_one())
    )
