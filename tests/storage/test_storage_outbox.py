"""Texts leave in their order, crisis first, and their state only moves forward."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from foundations.ids import OutboxId, new_id
from storage import Database, Keys, UnitOfWork
from storage.claiming import CLAIMABLE, TURNS
from storage.records import NewOutbound, OutboundKind, OutboundState
from storage.tables.core import outbox
from tests.storage.keeping import Records, Someone, arrives
from tests.storage.sending import claims, queues, sends, state_of

A_NUMBER = "+447700900123"


@pytest.fixture
def someone(records: Records) -> Someone:
    return records.write(lambda unit: arrives(unit, A_NUMBER))


def test_a_claimed_text_carries_all_that_a_worker_needs(
    records: Records, someone: Someone
) -> None:
    id = queues(records, someone, "hello")

    (claimed,) = records.write(lambda unit: unit.outbox.claim(10, 30))
    assert claimed.id == id
    assert claimed.body == "hello"
    assert claimed.recipient == A_NUMBER
    assert claimed.keys == ("welcome.hello",)
    assert claimed.kind is OutboundKind.ORDINARY
    assert (claimed.tries, claimed.uncertain) == (1, False)
    assert claimed.conversation == someone.conversation
    assert claimed.young_person == someone.id


def test_a_staff_alert_has_its_own_recipient_and_no_person(records: Records) -> None:
    alert = NewOutbound(
        dedup_key="alert-1",
        kind=OutboundKind.STAFF_ALERT,
        body="Someone is waiting: case 1",
        recipient="+447700900999",
        not_before=records.watch.now,
    )
    records.write(lambda unit: unit.outbox.add(alert))

    (claimed,) = records.write(lambda unit: unit.outbox.claim(10, 30))
    assert claimed.recipient == "+447700900999"
    assert claimed.young_person is None
    assert claimed.body == alert.body


def test_the_same_dedup_key_is_one_text(records: Records, someone: Someone) -> None:
    def queue(unit: UnitOfWork) -> bool:
        return unit.outbox.add(
            NewOutbound("once", OutboundKind.CRISIS, "hello", unit.clock())
        )

    assert [records.write(queue), records.write(queue)] == [True, False]
    queued = records.read(lambda unit: unit.outbox.queued_as("once"))
    (only,) = records.read(
        lambda unit: unit.connection.execute(select(outbox.c.id)).scalars().all()
    )
    assert queued == only
    assert records.read(lambda unit: unit.outbox.queued_as("never")) is None
    assert claims(records) == ["hello"]


def test_one_persons_texts_leave_one_at_a_time_in_order(
    records: Records, someone: Someone
) -> None:
    ids = [queues(records, someone, body) for body in ("first", "second", "third")]

    assert claims(records) == ["first"]
    assert claims(records) == []
    sends(records, ids[0])
    assert claims(records) == ["second"]
    records.write(lambda unit: unit.outbox.undeliverable(ids[1], "21610"))
    assert claims(records) == ["third"]


def test_a_text_that_waits_to_be_tried_again_holds_back_those_behind_it(
    records: Records, someone: Someone
) -> None:
    first = queues(records, someone, "first")
    queues(records, someone, "second")
    claims(records)
    later = records.watch.now + timedelta(minutes=5)
    assert records.write(lambda unit: unit.outbox.retry(first, later, "20429"))

    assert claims(records) == []
    records.watch.move(minutes=6)
    assert claims(records) == ["first"]


def test_crisis_overtakes_its_own_conversation_and_everybody(
    records: Records, someone: Someone
) -> None:
    another = records.write(lambda unit: arrives(unit, "+447700900456"))
    queues(records, someone, "an older reply")
    queues(records, another, "someone else's")
    queues(records, another, "an alert", OutboundKind.STAFF_ALERT)
    queues(records, someone, "call 999", OutboundKind.CRISIS)

    assert claims(records, limit=1) == ["call 999"]
    assert claims(records) == ["an older reply", "someone else's"]


def test_one_persons_full_queue_does_not_hold_up_the_next(
    records: Records, someone: Someone
) -> None:
    another = records.write(lambda unit: arrives(unit, "+447700900456"))
    for number in range(20):
        queues(records, someone, f"mine {number}")
    queues(records, another, "theirs")

    assert claims(records) == ["mine 0", "theirs"]


def test_a_lease_that_ran_out_is_claimed_again_and_said_to_be_uncertain(
    records: Records, someone: Someone
) -> None:
    queues(records, someone, "hello")
    assert claims(records, lease_s=0.05) == ["hello"]
    time.sleep(0.1)

    (again,) = records.write(lambda unit: unit.outbox.claim(10, 30))
    assert (again.tries, again.uncertain) == (2, True)


def test_a_text_to_be_tried_again_is_not_uncertain(
    records: Records, someone: Someone
) -> None:
    id = queues(records, someone, "hello")
    claims(records)
    now = records.watch.now
    records.write(lambda unit: unit.outbox.retry(id, now, "20429"))

    (again,) = records.write(lambda unit: unit.outbox.claim(10, 30))
    assert (again.tries, again.uncertain) == (2, False)


def test_many_workers_share_the_queue_without_overlap(
    records: Records, database_url: str, keys: Keys
) -> None:
    people = [
        records.write(lambda unit, n=n: arrives(unit, f"+4477009002{n:02}"))
        for n in range(40)
    ]
    for number, person in enumerate(people):
        queues(records, person, f"text {number}")
    workers = [
        Records(
            Database(database_url, keys, records.watch), records.watch, database_url
        )
        for _ in range(4)
    ]
    taken: list[str] = []
    start = threading.Barrier(4)

    def works(worker: Records) -> None:
        start.wait(10)
        while found := claims(worker, limit=3):
            taken.extend(found)

    threads = [threading.Thread(target=works, args=(one,)) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == sorted(f"text {number}" for number in range(40))
    for worker in workers:
        worker.close()


def test_an_inline_text_is_sent_again_only_when_no_report_comes(
    records: Records, someone: Someone
) -> None:
    def hands_over(body: str) -> OutboxId:
        text = NewOutbound(
            dedup_key=new_id(),
            kind=OutboundKind.CRISIS,
            body=body,
            not_before=records.watch.now + timedelta(seconds=60),
            conversation=someone.conversation,
            young_person=someone.id,
            state=OutboundState.INLINE,
        )
        records.write(lambda unit: unit.outbox.add(text))
        return text.id

    reported, silent = hands_over("reported"), hands_over("silent")
    queues(records, someone, "behind it")
    records.write(
        lambda unit: unit.outbox.delivery(
            status="sent",
            at=unit.clock(),
            provider_message_id="SM1",
            outbox_id=reported,
        )
    )

    assert claims(records) == ["behind it"]
    records.watch.move(seconds=61)
    (again,) = records.write(lambda unit: unit.outbox.claim(10, 30))
    assert (again.body, again.uncertain) == ("silent", True)
    assert records.read(lambda unit: unit.outbox.accounted_for(again)) == ["SM1"]
    assert state_of(records, reported) is OutboundState.SENT
    assert state_of(records, silent) is OutboundState.INLINE


def test_figures_count_what_waits_and_since_when(
    records: Records, someone: Someone
) -> None:
    nothing = records.read(lambda unit: unit.outbox.figures())
    assert (nothing.waiting, nothing.oldest_seconds) == (0, 0.0)
    first = queues(records, someone, "first")
    records.watch.move(seconds=40)
    queues(records, someone, "second")
    records.watch.move(seconds=2)

    figures = records.read(lambda unit: unit.outbox.figures())
    assert (figures.waiting, figures.oldest_seconds) == (2, 42.0)
    sends(records, first)
    figures = records.read(lambda unit: unit.outbox.figures())
    assert (figures.waiting, figures.oldest_seconds) == (1, 2.0)


def test_every_kind_of_text_has_its_turn() -> None:
    assert set(TURNS) == set(OutboundKind)


def test_claiming_looks_at_what_is_unfinished_and_at_nothing_else(
    records: Records,
) -> None:
    def plan(unit: UnitOfWork) -> str:
        sql = CLAIMABLE.compile(
            dialect=unit.connection.dialect,
            compile_kwargs={"literal_binds": False},
        )
        on_sqlite = unit.connection.dialect.name == "sqlite"
        if not on_sqlite:
            unit.connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
        values = {
            "due": records.watch.now,
            "now": records.watch.now,
            "no_lease": records.watch.now,
            "far_ahead": records.watch.now,
            "too_far": records.watch.now,
            "limit": 10,
            "turn_1": 0,
            "param_1": 10,
        }
        values = {name: values.get(name, 0) for name in sql.params}
        rows = unit.connection.exec_driver_sql(
            explain + str(sql),
            tuple(str(values[name]) for name in sql.positiontup or ())
            if on_sqlite
            else values,
        )
        return "\n".join(str(row) for row in rows)

    found = records.write(plan)
    assert "ix_outbox_unfinished" in found
    assert "ix_outbox_unfinished_in_order" in found
