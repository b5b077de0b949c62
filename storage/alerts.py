"""Alerts to staff, each one recorded: which step, to whom, how, and how far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from foundations.clock import Clock
from foundations.ids import (
    HandoverCaseId,
    OrganisationId,
    OutboxId,
    YoungPersonId,
    new_id,
)
from storage.records import OutboundState
from storage.tables.core import outbox
from storage.tables.handover import staff_alerts

_WITH_STATE = select(
    staff_alerts, outbox.c.state, outbox.c.last_code, outbox.c.tries
).outerjoin(outbox, outbox.c.id == staff_alerts.c.outbox)


@dataclass(frozen=True)
class RaisedAlert:
    """One alert by one way, and how far it has got. It holds no content.

    `contact` is the name of the place on call, as the organisation's file has it.
    `code` is the last refusal, None when there was none. `tries` counts sends.
    """

    id: str
    handover_case: HandoverCaseId | None
    organisation: OrganisationId
    step: str
    contact: str
    way: str
    outbox: OutboxId
    state: OutboundState
    code: str | None
    tries: int
    raised_at: datetime


@dataclass(frozen=True)
class Alerts:
    """Which alerts were raised; the texts themselves are rows of the outbox."""

    connection: Connection
    clock: Clock

    def raised(
        self,
        *,
        handover_case: HandoverCaseId | None,
        young_person: YoungPersonId | None,
        organisation: OrganisationId,
        step: str,
        contact: str,
        way: str,
        outbox_id: OutboxId,
    ) -> str:
        """Keep that an alert was raised by one way."""
        id = new_id()
        self.connection.execute(
            insert(staff_alerts),
            {
                "id": id,
                "handover_case": handover_case,
                "young_person": young_person,
                "organisation": organisation,
                "step": step,
                "contact": contact,
                "way": way,
                "outbox": outbox_id,
                "raised_at": self.clock(),
            },
        )
        return id

    def get(self, alert: str) -> RaisedAlert | None:
        """Read one alert."""
        found = self.connection.execute(
            _WITH_STATE.where(staff_alerts.c.id == alert)
        ).first()
        return None if found is None else _alert(found)

    def of_case(self, case: HandoverCaseId) -> list[RaisedAlert]:
        """List every alert of a case, oldest first: the escalation list."""
        found = self.connection.execute(
            _WITH_STATE.where(staff_alerts.c.handover_case == case).order_by(
                staff_alerts.c.number
            )
        )
        return [_alert(row) for row in found]

    def of_organisation(
        self, organisation: OrganisationId, since: datetime
    ) -> list[RaisedAlert]:
        """List an organisation's alerts since then, oldest first."""
        found = self.connection.execute(
            _WITH_STATE.where(
                staff_alerts.c.organisation == organisation,
                staff_alerts.c.raised_at >= since,
            ).order_by(staff_alerts.c.number)
        )
        return [_alert(row) for row in found]


def _alert(row: Row[Any]) -> RaisedAlert:
    # A row of the outbox is there for as long as its alert; both go together.
    state = OutboundState.UNDELIVERABLE if row.state is None else row.state
    return RaisedAlert(
        id=row.id,
        handover_case=row.handover_case,
        organisation=row.organisation,
        step=row.step,
        contact=row.contact,
        way=row.way,
        outbox=row.outbox,
        state=OutboundState(state),
        code=row.last_code,
        tries=row.tries or 0,
        raised_at=row.raised_at,
    )
