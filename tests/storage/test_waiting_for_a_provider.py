"""A provider that takes nothing for hours: answers wait for it, and arrive."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from channels.sms import codes
from channels.sms.codes import rule_for
from channels.sms.outgoing import CannotTell, NotSent, SendResult, Sent
from foundations.clock import utc_now
from foundations.ids import OutboxId
from gateway.texting.outbox_worker import OutboxWorker
from storage.records import OutboundKind, OutboundState
from storage.tables.core import outbox
from tests.storage.keeping import Records, Someone, Watch, arrives
from tests.storage.sending import queues, state_of

OUTAGES = [codes.UNREACHABLE, codes.NO_ANSWER, codes.TOO_MANY_REQUESTS]
OUTAGES += [codes.ACCOUNT_REFUSED]
# Leases are by the database's own clock, which no test moves.
_LEASES_ARE_OVER = (
    update(outbox)
    .where(outbox.c.lease_until.is_not(None))
    .values(lease_until=utc_now() - timedelta(days=1))
)


class Provider:
    """Takes nothing and tells nothing while it has a code, everything without one."""

    code: str = ""

    async def send(self, text: Any) -> SendResult:
        if self.code:
            return NotSent(self.code, rule_for(self.code).advice)
        return Sent("SM" + "1" * 32, 1)

    async def find_sent(self, *_: Any) -> Sent | None:
        if self.code:
            raise CannotTell
        return None


@pytest.fixture
def someone(records: Records) -> Someone:
    return records.write(lambda unit: arrives(unit, "+447700900123"))


@pytest.fixture
def provider() -> Provider:
    return Provider()


def passes(records: Records, watch: Watch, provider: Provider, hours: float) -> None:
    """Let hours pass, with a round for everything that falls due."""
    worker = OutboxWorker(records.database, provider, watch, lambda *_: None)
    until = watch.now + timedelta(hours=hours)
    while watch.now < until:
        watch.move(minutes=5)
        records.write(lambda unit: unit.connection.execute(_LEASES_ARE_OVER))
        asyncio.run(worker.do_round())


@pytest.mark.parametrize("code", OUTAGES)
def test_an_answer_waits_through_a_night_in_which_the_provider_takes_nothing(
    records: Records, watch: Watch, someone: Someone, provider: Provider, code: str
) -> None:
    id = queues(records, someone, "hello")
    provider.code = code
    passes(records, watch, provider, hours=8)
    assert state_of(records, id) is OutboundState.WAITING

    provider.code = ""
    passes(records, watch, provider, hours=0.25)

    assert state_of(records, id) is OutboundState.SENT


def test_an_answer_of_yesterday_is_given_up(
    records: Records, watch: Watch, someone: Someone, provider: Provider
) -> None:
    id = queues(records, someone, "hello")
    provider.code = codes.UNREACHABLE
    watch.move(hours=23)
    passes(records, watch, provider, hours=0.75)
    assert state_of(records, id) is OutboundState.WAITING

    passes(records, watch, provider, hours=0.5)

    assert state_of(records, id) is OutboundState.UNDELIVERABLE


def test_crisis_words_that_do_not_leave_are_told_to_staff_within_the_hour(
    records: Records, watch: Watch, someone: Someone, provider: Provider
) -> None:
    told: list[OutboxId] = []
    queues(records, someone, "Call 116 123.", OutboundKind.CRISIS)
    provider.code = codes.UNREACHABLE
    worker = OutboxWorker(
        records.database, provider, watch, lambda _unit, text: told.append(text.id)
    )
    for _ in range(40):
        watch.move(seconds=90)
        asyncio.run(worker.do_round())

    assert len(told) == 1
