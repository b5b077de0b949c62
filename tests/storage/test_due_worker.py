"""The worker that keeps promises: once each, whatever stops in between."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from gateway.due_worker import PAUSES_S, DueWorker, Handler
from storage import Keys, UnitOfWork
from storage.due_work import DueWork, NewDueWork
from storage.tables.core import audit_rows
from storage.tables.due import due_work
from tests.storage.keeping import Records, Watch, arrives


def worker(
    records: Records, handlers: Mapping[str, Handler], said: list[str] | None = None
) -> DueWorker:
    told = said if said is not None else []
    return DueWorker(records.database, handlers, records.watch, told.append)


def promises(records: Records, key: str, kind: str = "test.note") -> None:
    someone = records.write(arrives)
    new = NewDueWork(
        kind,
        records.watch() + timedelta(minutes=2),
        key,
        young_person=someone.id,
        conversation=someone.conversation,
    )
    records.write(lambda unit: unit.due_work.add(new))


def notes(unit: UnitOfWork, work: DueWork) -> None:
    """A handler whose effect can be counted."""
    unit.audit.append(
        actor="worker", action="noted", subject=work.dedup_key, at=unit.clock()
    )


def noted(records: Records) -> list[str]:
    query = select(audit_rows.c.subject).order_by(audit_rows.c.number)
    return records.read(lambda unit: list(unit.connection.execute(query).scalars()))


def test_a_promise_is_kept_when_it_is_due_and_only_once(
    records: Records, watch: Watch
) -> None:
    said: list[str] = []
    promises(records, "one")
    due = worker(records, {"test.note": notes}, said)

    assert asyncio.run(due.do_round()) is False
    watch.move(minutes=2)
    assert asyncio.run(due.do_round()) is True
    assert asyncio.run(due.do_round()) is False
    assert noted(records) == ["one"]
    assert len(said) == 1


def test_what_a_failing_handler_did_is_undone_and_tried_again(
    records: Records, watch: Watch
) -> None:
    promises(records, "one")
    times = 0

    def fails_once(unit: UnitOfWork, work: DueWork) -> None:
        nonlocal times
        times += 1
        notes(unit, work)
        if times == 1:
            raise ValueError("what somebody wrote")

    due = worker(records, {"test.note": fails_once})
    watch.move(minutes=2)
    asyncio.run(due.do_round())
    assert noted(records) == []

    watch.move(seconds=PAUSES_S[0])
    asyncio.run(due.do_round())
    assert noted(records) == ["one"]


def test_a_fault_is_named_without_its_words(records: Records, watch: Watch) -> None:
    def fails(unit: UnitOfWork, work: DueWork) -> None:
        raise ValueError("what somebody wrote")

    promises(records, "one")
    watch.move(minutes=2)
    asyncio.run(worker(records, {"test.note": fails}).do_round())

    query = select(due_work.c.last_fault)
    assert records.read(lambda unit: unit.connection.execute(query).scalar()) == (
        "ValueError"
    )


def test_a_kind_that_is_not_known_waits_for_a_version_that_knows_it(
    records: Records, watch: Watch
) -> None:
    promises(records, "one", kind="test.new")
    watch.move(minutes=2)
    asyncio.run(worker(records, {"test.note": notes}).do_round())
    watch.move(seconds=PAUSES_S[0])
    asyncio.run(worker(records, {"test.new": notes}).do_round())

    assert noted(records) == ["one"]


def test_one_failing_promise_holds_up_no_other(records: Records, watch: Watch) -> None:
    def fails(unit: UnitOfWork, work: DueWork) -> None:
        raise ValueError

    promises(records, "bad", kind="test.fails")
    promises(records, "good")
    watch.move(minutes=2)
    asyncio.run(worker(records, {"test.fails": fails, "test.note": notes}).do_round())

    assert noted(records) == ["good"]


def test_a_handler_may_promise_the_next_step(records: Records, watch: Watch) -> None:
    def goes_on(unit: UnitOfWork, work: DueWork) -> None:
        notes(unit, work)
        unit.due_work.add(
            NewDueWork(
                "test.note",
                work.due_at + timedelta(minutes=3),
                f"{work.dedup_key}:next",
                young_person=work.young_person,
                conversation=work.conversation,
            )
        )

    promises(records, "one", kind="test.step")
    due = worker(records, {"test.step": goes_on, "test.note": notes})
    watch.move(minutes=2)
    asyncio.run(due.do_round())
    watch.move(minutes=3)
    asyncio.run(due.do_round())

    assert noted(records) == ["one", "one:next"]


def test_it_wakes_for_an_event(records: Records, watch: Watch) -> None:
    promises(records, "one")
    watch.move(minutes=2)

    async def until_noted() -> list[str]:
        heard = asyncio.Event()
        due = DueWorker(
            records.database, {"test.note": notes}, watch, lambda _: heard.set()
        )
        running = asyncio.create_task(due.run())
        due.wake()
        async with asyncio.timeout(30):
            await heard.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        query = select(audit_rows.c.subject)
        return await records.database.read(
            lambda unit: list(unit.connection.execute(query).scalars())
        )

    assert asyncio.run(until_noted()) == ["one"]


STOPS_DEAD = """
import asyncio, os, sys
from foundations.clock import utc_now
from gateway.due_worker import DueWorker
from storage import Database, Keys

url, when = sys.argv[1:]
database = Database(url, Keys.from_json(os.environ["HANDRAIL_KEYS"]))


def stops(unit, work):
    unit.audit.append(
        actor="worker", action="noted", subject=work.dedup_key, at=unit.clock()
    )
    print("in the middle", flush=True)
    sys.stdin.readline()


async def main():
    if when == "between":
        claimed = await database.write(lambda unit: unit.due_work.claim(10, -1))
        print("in the middle", flush=True)
        sys.stdin.readline()
    await DueWorker(database, {"test.note": stops}, utc_now, print).do_round()


asyncio.run(main())
"""


def stops_dead(records: Records, keys: Keys, when: str) -> None:
    """Start a worker in a process of its own, and stop it in the middle of work."""
    process = subprocess.Popen(
        [sys.executable, "-c", STOPS_DEAD, records.url, when],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "HANDRAIL_KEYS": keys.to_json()},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "in the middle"
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_promise_survives_a_worker_that_stops_dead_between_claim_and_done(
    records: Records, watch: Watch, keys: Keys
) -> None:
    watch.move(minutes=-10)
    promises(records, "one")
    watch.move(minutes=10)
    stops_dead(records, keys, "between")
    asyncio.run(worker(records, {"test.note": notes}).do_round())

    assert noted(records) == ["one"]


def test_a_promise_survives_a_worker_that_stops_dead_while_keeping_it(
    records: Records, watch: Watch, keys: Keys
) -> None:
    watch.move(minutes=-10)
    promises(records, "one")
    watch.move(minutes=10)
    stops_dead(records, keys, "while")
    # The lease of the one that stopped has run out by the database's clock.
    records.write(
        lambda unit: unit.connection.execute(due_work.update().values(lease_until=None))
    )
    asyncio.run(worker(records, {"test.note": notes}).do_round())

    assert noted(records) == ["one"]


def test_a_promise_that_does_not_open_holds_up_no_other_and_is_not_given_up(
    records: Records, watch: Watch
) -> None:
    for key in ("sealed elsewhere", "one"):
        promises(records, key)
    elsewhere = due_work.update().where(due_work.c.dedup_key == "sealed elsewhere")
    records.write(
        lambda unit: unit.connection.execute(elsewhere.values(payload=b"\1" * 60))
    )
    due = worker(records, {"test.note": notes})
    watch.move(minutes=2)

    asyncio.run(due.do_round())

    assert noted(records) == ["one"]
    left = select(due_work.c.last_fault, due_work.c.tries).where(
        due_work.c.done_at.is_(None)
    )
    (kept,) = records.read(lambda unit: unit.connection.execute(left).all())
    assert tuple(kept) == ("CannotOpen", 1)
