"""Delivery reports come in any order, and a text's state only moves forward."""

import itertools

import pytest
from sqlalchemy import select

from channels.sms.delivery import DeliveryStatus
from storage import UnitOfWork
from storage.deliveries import RANKS
from storage.records import OutboundKind, OutboundState
from storage.tables.core import delivery_reports, outbox
from tests.storage.keeping import Records, Someone, arrives, outbound
from tests.storage.sending import claims, queues, sends, state_of

A_NUMBER = "+447700900123"


@pytest.fixture
def someone(records: Records) -> Someone:
    return records.write(lambda unit: arrives(unit, A_NUMBER))


ON_THE_WAY = ("queued", "sending", "sent")
REPORTS = (*ON_THE_WAY, "delivered")
ENDINGS = [status for status, rank in RANKS.items() if rank == max(RANKS.values())]


def test_delivery_reports_may_come_in_any_order(
    records: Records, someone: Someone
) -> None:
    def goes_through(unit: UnitOfWork, order: tuple[str, ...]) -> tuple[str, list[str]]:
        id = outbound(unit, someone, "hello").id
        unit.outbox.claim(10, 30)
        for step in order:
            if step == "taken":
                unit.outbox.sent(id, f"SM{id}")
            else:
                unit.outbox.delivery(
                    status=step, at=unit.clock(), provider_message_id=f"SM{id}"
                )
        reports = delivery_reports.c
        kept = unit.connection.execute(
            select(reports.status).where(reports.outbox == id).order_by(reports.number)
        )
        state = select(outbox.c.state).where(outbox.c.id == id)
        return unit.connection.execute(state).scalar_one(), list(kept.scalars())

    orders = list(itertools.permutations((*REPORTS, "taken")))
    ends = [
        records.write(lambda unit, order=order: goes_through(unit, order))
        for order in orders
    ]

    assert ends == [
        (OutboundState.DELIVERED.value, [step for step in order if step in REPORTS])
        for order in orders
    ]
    assert claims(records) == []


def told(unit: UnitOfWork, someone: Someone, *reports: str) -> str | None:
    """Send one text, hear reports about it, and give the last that counted."""
    id = outbound(unit, someone, "hello").id
    unit.outbox.claim(10, 30)
    for report in reports:
        unit.outbox.delivery(
            status=report, at=unit.clock(), provider_message_id=None, outbox_id=id
        )
    status = select(outbox.c.delivery_status).where(outbox.c.id == id)
    return unit.connection.execute(status).scalar_one()


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ending_is_never_left_however_late_or_often_the_rest_is_told(
    records: Records, someone: Someone, ending: str
) -> None:
    others = tuple(status for status in RANKS if status != ending)
    ends = [
        records.write(lambda unit, heard=heard: told(unit, someone, *heard))
        for order in itertools.permutations((*ON_THE_WAY, ending))
        for heard in (order * 2, order + others)
    ]

    assert set(ends) == {ending}


def test_without_an_ending_the_furthest_step_counts(
    records: Records, someone: Someone
) -> None:
    ends = [
        records.write(lambda unit, order=order: told(unit, someone, *order * 2))
        for order in itertools.permutations(("accepted", *ON_THE_WAY))
    ]

    assert set(ends) == {"sent"}


def test_every_status_that_is_heard_has_its_place_in_the_order() -> None:
    assert {status.value for status in DeliveryStatus} <= set(RANKS)


def test_a_report_tells_whose_text_it_was_about(
    records: Records, someone: Someone
) -> None:
    id = queues(records, someone, "call 999", OutboundKind.CRISIS)
    claims(records)
    sends(records, id, "SM1")

    found = records.write(
        lambda unit: unit.outbox.delivery(
            status="undelivered",
            code="30003",
            at=unit.clock(),
            provider_message_id="SM1",
        )
    )
    assert found.outbox_id == id
    assert found.kind is OutboundKind.CRISIS
    assert found.state is OutboundState.UNDELIVERABLE
    assert found.moved


def test_a_report_about_nobodys_text_is_kept(records: Records) -> None:
    found = records.write(
        lambda unit: unit.outbox.delivery(
            status="delivered", at=unit.clock(), provider_message_id="SM-unknown"
        )
    )

    assert (found.outbox_id, found.moved) == (None, False)
    kept = records.read(
        lambda unit: unit.connection.execute(select(delivery_reports)).all()
    )
    assert len(kept) == 1


def test_late_reports_about_an_earlier_send_do_not_stop_the_next_one(
    records: Records, someone: Someone
) -> None:
    def report(status: str, provider_id: str) -> None:
        records.write(
            lambda unit: unit.outbox.delivery(
                status=status,
                at=unit.clock(),
                provider_message_id=provider_id,
                outbox_id=id,
            )
        )

    id = queues(records, someone, "hello")
    claims(records)
    sends(records, id, "SM1")
    report("undelivered", "SM1")
    assert records.write(lambda unit: unit.outbox.retry(id, unit.clock(), "30003"))

    report("undelivered", "SM1")
    assert claims(records) == ["hello"]
    report("undelivered", "SM2")
    assert state_of(records, id) is OutboundState.WAITING
    sends(records, id, "SM2")
    assert state_of(records, id) is OutboundState.UNDELIVERABLE
    report("delivered", "SM1")
    assert state_of(records, id) is OutboundState.DELIVERED
    report("undelivered", "SM2")
    assert state_of(records, id) is OutboundState.DELIVERED


def test_what_was_reported_to_have_left_is_not_sent_again(
    records: Records, someone: Someone
) -> None:
    id = queues(records, someone, "hello")
    claims(records)
    records.write(
        lambda unit: unit.outbox.delivery(
            status="sent", at=unit.clock(), provider_message_id="SM1", outbox_id=id
        )
    )

    again = records.write(lambda unit: unit.outbox.retry(id, unit.clock(), "timeout"))
    assert not again
    assert claims(records) == []
