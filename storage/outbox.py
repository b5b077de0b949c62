"""The outbox: every text that leaves is a row first, leased, sent, and followed up."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    update,
)

from foundations.clock import Clock
from foundations.ids import OutboxId, YoungPersonId
from storage.claiming import (
    CLAIMABLE,
    CLAIMABLE_ALERTS,
    CLAIMABLE_TEXTS,
    LEASE,
    PUT_OFF_AT_MOST,
    TURNS,
    WAITING,
    holds_others_up,
    unfinished,
)
from storage.deliveries import Deliveries
from storage.dialects import database_now, write_once
from storage.encryption import SERVICE, Sealer
from storage.errors import CannotOpen
from storage.people import People
from storage.records import (
    Claimed,
    DeliveryRecorded,
    NewOutbound,
    OutboundKind,
    OutboundState,
    OutboxFigures,
)
from storage.set_back import FAR_AHEAD, lease_times
from storage.tables.core import outbox

_COUNTED_AT_MOST = 10_000
_ACCOUNTED_AT_MOST = 100
BLOCKED_BY_CARRIER = "21610"
"""Twilio's code for a number that said STOP to it."""

LIFTED_BLOCK = "21610_lifted"
"""The code of a text that was refused before START was texted."""

_LIFT = (
    update(outbox)
    .where(
        outbox.c.young_person == bindparam("person"),
        outbox.c.last_code == BLOCKED_BY_CARRIER,
    )
    .values(last_code=LIFTED_BLOCK)
)
_LAST_OUTCOME = (
    select(
        case(
            (outbox.c.state == OutboundState.UNDELIVERABLE.value, outbox.c.last_code),
            else_=None,
        )
    )
    .where(
        outbox.c.young_person == bindparam("person"),
        outbox.c.state.not_in(
            (OutboundState.WAITING.value, OutboundState.INLINE.value)
        ),
    )
    .order_by(outbox.c.position.desc())
    .limit(1)
)
_WAITING = (
    select(outbox.c.created_at)
    .where(
        unfinished(outbox.c.state),
        outbox.c.state == WAITING,
        holds_others_up(outbox),
    )
    .limit(_COUNTED_AT_MOST)
    .subquery()
)
_TO_THE_SAME_PERSON = (
    select(outbox.c.provider_message_id)
    .where(
        outbox.c.young_person == bindparam("person"),
        outbox.c.provider_message_id.is_not(None),
    )
    .order_by(outbox.c.position.desc())
    .limit(_ACCOUNTED_AT_MOST)
)
_BY_DEDUP_KEY = select(outbox.c.id).where(outbox.c.dedup_key == bindparam("dedup_key"))
_SENT_BY_US = and_(
    outbox.c.tries > 0,
    outbox.c.state.in_((OutboundState.SENT.value, OutboundState.DELIVERED.value)),
)
_HANDED_OVER = _BY_DEDUP_KEY.where(~_SENT_BY_US)
_FIGURES = select(func.count(), func.min(_WAITING.c.created_at)).select_from(_WAITING)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("outbox_id"))
    .values(
        # Reports about an earlier send say nothing about this one.
        delivery_status=case(
            (
                outbox.c.provider_message_id == bindparam("provider"),
                outbox.c.delivery_status,
            ),
            else_=None,
        ),
        provider_message_id=bindparam("provider"),
        lease_until=None,
    )
)
_MOVE_TO_SENT = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("outbox_id"),
        outbox.c.state.in_((OutboundState.WAITING.value, OutboundState.INLINE.value)),
    )
    .values(state=OutboundState.SENT.value)
)
_AGAIN = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("outbox_id"),
        outbox.c.state.in_(
            (
                OutboundState.WAITING.value,
                OutboundState.INLINE.value,
                OutboundState.UNDELIVERABLE.value,
            )
        ),
    )
    .values(
        state=OutboundState.WAITING.value,
        not_before=bindparam("later"),
        last_code=bindparam("because"),
        lease_until=None,
    )
)
_PIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("outbox_id"))
    .values(carried_by=bindparam("carrier"))
)
_PINNED = select(outbox.c.carried_by).where(outbox.c.id == bindparam("outbox_id"))
_UNDELIVERABLE = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("outbox_id"),
        outbox.c.state != OutboundState.DELIVERED.value,
    )
    .values(
        state=OutboundState.UNDELIVERABLE.value,
        last_code=bindparam("because"),
        lease_until=None,
    )
)


@dataclass(frozen=True)
class Outbox:
    """Texts on their way out.

    `not_before` is by the service's clock; leases are by the database's own clock,
    which all workers share.
    """

    connection: Connection
    sealer: Sealer
    clock: Clock
    people: People

    def add(self, outbound: NewOutbound) -> bool:
        """Queue a text; False when its `dedup_key` is queued already."""
        return write_once(self.connection, outbox, self._row(outbound))

    def queued_as(self, dedup_key: str) -> OutboxId | None:
        """Find the text that was queued under this key."""
        found = self.connection.execute(_BY_DEDUP_KEY, {"dedup_key": dedup_key})
        id = found.scalar()
        return None if id is None else OutboxId(id)

    def handed_over_as(self, dedup_key: str) -> OutboxId | None:
        """Find words that went into a webhook's answer, for a repeat of that webhook.

        None once the outbox has sent them itself: they are not said a second time.
        """
        found = self.connection.execute(_HANDED_OVER, {"dedup_key": dedup_key})
        id = found.scalar()
        return None if id is None else OutboxId(id)

    def claim(self, limit: int, lease_s: float) -> list[Claimed]:
        """Lease up to `limit` rows for so many seconds, crisis first, then by age.

        A text waits while an older one of its conversation is unfinished; crisis
        overtakes. A lease that runs out makes the row claimable again, `uncertain`.
        """
        return self._claim(CLAIMABLE, limit, lease_s)

    def claim_texts(self, limit: int, lease_s: float) -> list[Claimed]:
        """Lease texts to young people alone."""
        return self._claim(CLAIMABLE_TEXTS, limit, lease_s)

    def claim_alerts(self, limit: int, lease_s: float) -> list[Claimed]:
        """Lease alerts to staff alone."""
        return self._claim(CLAIMABLE_ALERTS, limit, lease_s)

    def _claim(self, which: Select[Any], limit: int, lease_s: float) -> list[Claimed]:
        now, due = database_now(self.connection), self.clock()
        lease = timedelta(seconds=lease_s)
        wanted = {
            "due": due,
            "far_ahead": due + FAR_AHEAD,
            "too_far": due + PUT_OFF_AT_MOST,
            "limit": limit,
        }
        rows = self.connection.execute(which, wanted | lease_times(now, lease)).all()
        until = now + lease
        if rows:
            leases = [{"outbox_id": row.id, "until": until} for row in rows]
            self.connection.execute(LEASE, leases)
        return [self._claimed(row) for row in rows]

    def accounted_for(self, claimed: Claimed) -> list[str]:
        """List the provider's ids of texts to the same person, newest first.

        Its own among them: that try was reported on before this one was claimed.
        """
        wanted = {"person": claimed.young_person}
        return list(self.connection.execute(_TO_THE_SAME_PERSON, wanted).scalars())

    def pin(self, outbox_id: OutboxId, provider: str) -> None:
        """Write down which provider is about to be given a text."""
        self.connection.execute(_PIN, {"outbox_id": outbox_id, "carrier": provider})

    def pinned(self, outbox_id: OutboxId) -> str | None:
        """Give the provider that had a text last; None before there were two."""
        return self.connection.execute(_PINNED, {"outbox_id": outbox_id}).scalar()

    def sent(self, outbox_id: OutboxId, provider_message_id: str) -> None:
        """Say that the provider took it, and match reports that came before this."""
        wanted = {"outbox_id": outbox_id}
        self.connection.execute(_SENT, {**wanted, "provider": provider_message_id})
        self.connection.execute(_MOVE_TO_SENT, wanted)
        self._deliveries.match_early(outbox_id, provider_message_id)

    def retry(self, outbox_id: OutboxId, not_before: datetime, code: str) -> bool:
        """Send again later; False when a report shows that it left after all."""
        changed = self.connection.execute(
            _AGAIN, {"outbox_id": outbox_id, "later": not_before, "because": code}
        )
        return changed.rowcount == 1

    def undeliverable(self, outbox_id: OutboxId, code: str) -> None:
        """Give up on a text, with the provider's or our own code."""
        self.connection.execute(
            _UNDELIVERABLE, {"outbox_id": outbox_id, "because": code}
        )

    def delivery(
        self,
        *,
        status: str,
        at: datetime,
        code: str | None = None,
        provider_message_id: str | None = None,
        outbox_id: OutboxId | None = None,
    ) -> DeliveryRecorded:
        """Keep a delivery report and move the text's state, only forward.

        A report nobody knows yet is kept and matched when `sent` is called.
        """
        return self._deliveries.record(
            status=status,
            at=at,
            code=code,
            provider_message_id=provider_message_id,
            outbox_id=outbox_id,
        )

    def is_blocked_by_carrier(self, person: YoungPersonId) -> bool:
        """Tell whether a person's network refused the last text because of a STOP.

        Staff are shown it, and the person undoes it by texting START.
        """
        last = self.connection.execute(_LAST_OUTCOME, {"person": person}).scalar()
        return last == BLOCKED_BY_CARRIER

    def block_lifted(self, person: YoungPersonId) -> None:
        """Note that START was texted: the network lets our texts through again."""
        self.connection.execute(_LIFT, {"person": person})

    def figures(self) -> OutboxFigures:
        """Count what waits, up to 10,000, and how old the oldest is."""
        waiting, oldest = self.connection.execute(_FIGURES).one()
        if oldest is None:
            return OutboxFigures(0, 0.0)
        age = (self.clock() - oldest).total_seconds()
        return OutboxFigures(waiting, max(age, 0.0))

    @property
    def _deliveries(self) -> Deliveries:
        return Deliveries(self.connection)

    def _row(self, outbound: NewOutbound) -> dict[str, object]:
        seal, holder = self.sealer.seal_text, outbound.young_person or SERVICE
        recipient = outbound.recipient
        return {
            "id": outbound.id,
            "dedup_key": outbound.dedup_key,
            "kind": outbound.kind.value,
            "turn": TURNS[outbound.kind],
            "state": outbound.state.value,
            "conversation": outbound.conversation,
            "young_person": outbound.young_person,
            "recipient": recipient
            and seal(outbox.c.recipient, outbound.id, holder, recipient),
            "body": seal(outbox.c.body, outbound.id, holder, outbound.body),
            "response_keys": json.dumps(outbound.keys),
            "not_before": outbound.not_before,
            "tries": 0,
            "created_at": self.clock(),
        }

    def _claimed(self, row: Row[Any]) -> Claimed:
        """Give what does not open as sealed: one such row holds up no other."""
        holder, is_sealed = row.young_person or SERVICE, False
        try:
            recipient = self._recipient(row, holder)
            body = self.sealer.open_text(outbox.c.body, row.id, holder, row.body)
        except CannotOpen:
            recipient, body, is_sealed = None, "", True
        return Claimed(
            id=row.id,
            kind=OutboundKind(row.kind),
            conversation=row.conversation,
            young_person=row.young_person,
            recipient=recipient,
            body=body,
            keys=tuple(json.loads(row.response_keys)),
            tries=row.tries + 1,
            uncertain=row.lease_until is not None
            or row.state == OutboundState.INLINE.value,
            created_at=row.created_at,
            is_sealed=is_sealed,
        )

    def _recipient(self, row: Row[Any], holder: str) -> str | None:
        if row.recipient is not None:
            sealed = row.recipient
            return self.sealer.open_text(outbox.c.recipient, row.id, holder, sealed)
        if row.young_person is None:
            return None
        return self.people.phone_of(row.young_person)
