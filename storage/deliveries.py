"""Delivery reports: all are kept, and a text's state only moves forward."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from foundations.ids import OutboxId
from storage.records import DeliveryRecorded, OutboundKind, OutboundState
from storage.tables.core import delivery_reports, outbox

# Twilio's words, in the order in which they happen; the last rank is final.
RANKS = {
    "accepted": 1,
    "scheduled": 1,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "read": 4,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
}
_FINAL = 4
_ARRIVED = frozenset({"delivered", "read"})

_BY_PROVIDER = select(outbox).where(
    outbox.c.provider_message_id == bindparam("provider")
)
_BY_ID = select(outbox).where(outbox.c.id == bindparam("outbox_id"))
_OF_SEND = delivery_reports.c.provider_message_id == bindparam("provider")
_EARLY = select(delivery_reports).where(_OF_SEND).order_by(delivery_reports.c.number)
_ADOPT = update(delivery_reports).where(_OF_SEND).values(outbox=bindparam("outbox_id"))
_MOVE = update(outbox).where(outbox.c.id == bindparam("outbox_id"))


@dataclass(frozen=True)
class Deliveries:
    """Reports as they came, beside the texts that they are about."""

    connection: Connection

    def record(
        self,
        *,
        status: str,
        at: datetime,
        code: str | None,
        provider_message_id: str | None,
        outbox_id: OutboxId | None,
    ) -> DeliveryRecorded:
        """Keep a report and move its text forward, when its text is known."""
        row = self._find(provider_message_id, outbox_id)
        self.connection.execute(
            insert(delivery_reports),
            {
                "outbox": None if row is None else row.id,
                "provider_message_id": provider_message_id,
                "status": status,
                "code": code,
                "reported_at": at,
            },
        )
        if row is None:
            return DeliveryRecorded(None, None, None, False)
        return self._apply(row, status, code, provider_message_id)

    def match_early(self, outbox_id: OutboxId, provider_message_id: str) -> None:
        """Apply reports that came before the provider's id was known here."""
        wanted = {"provider": provider_message_id}
        early = self.connection.execute(_EARLY, wanted).all()
        if not early:
            return
        self.connection.execute(_ADOPT, {**wanted, "outbox_id": outbox_id})
        for report in early:
            row = self._find(None, outbox_id)
            if row is not None:
                self._apply(row, report.status, report.code, provider_message_id)

    def _find(
        self, provider_message_id: str | None, outbox_id: OutboxId | None
    ) -> Row[Any] | None:
        if outbox_id is not None:
            wanted = {"outbox_id": outbox_id}
            found = self.connection.execute(_BY_ID, wanted).first()
            if found is not None:
                return found
        if provider_message_id is None:
            return None
        wanted_provider = {"provider": provider_message_id}
        return self.connection.execute(_BY_PROVIDER, wanted_provider).first()

    def _apply(
        self, row: Row[Any], status: str, code: str | None, provider: str | None
    ) -> DeliveryRecorded:
        moves = _moves(row, status, provider)
        state = _state_after(status) if moves else OutboundState(row.state)
        if moves:
            values = {
                "delivery_status": status,
                "state": state.value,
                "last_code": code or row.last_code,
                "provider_message_id": row.provider_message_id or provider,
                # What was reported on has left: its lease is over.
                "lease_until": None,
            }
            self.connection.execute(_MOVE.values(values), {"outbox_id": row.id})
        kind = OutboundKind(row.kind)
        return DeliveryRecorded(row.id, kind, state, moves, row.conversation, row.tries)


def _moves(row: Row[Any], status: str, provider: str | None) -> bool:
    """Say whether a report is news: a later step of the send that counts."""
    if status not in RANKS or row.state == OutboundState.DELIVERED.value:
        return False
    of_an_earlier_send = (
        provider is not None
        and row.provider_message_id is not None
        and provider != row.provider_message_id
    )
    if of_an_earlier_send:
        return status in _ARRIVED
    return RANKS[status] > RANKS.get(row.delivery_status or "", 0)


def _state_after(status: str) -> OutboundState:
    if status in _ARRIVED:
        return OutboundState.DELIVERED
    if RANKS[status] == _FINAL:
        return OutboundState.UNDELIVERABLE
    return OutboundState.SENT
