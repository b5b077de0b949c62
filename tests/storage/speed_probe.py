# ruff: noqa: T201
"""How many messages are accepted a second, on disk, with their crisis reply.

PYTHONPATH=. python tests/storage/speed_probe.py [sqlite|postgresql] [seconds]
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keeping import Someone, arrives, hears, outbound, says
from postgres import running_postgres

from foundations.ids import new_id
from foundations.saying import Channel, Choice, Reply
from storage import Database, Keys, UnitOfWork
from storage.records import EscalationRecord, OutboundKind

REPLY = Reply("escalation.call_999_now", "w" * 300, (Choice("Yes", "yes"),))


def accepts(unit: UnitOfWork, phone: str) -> None:
    """Accept one message, find whose it is, and keep it."""
    person = unit.people.with_phone(phone)
    thread = unit.conversations.start(person, "demo", Channel.SMS)
    hears(unit, Someone(person, thread.id), "words " * 20)


def answers(unit: UnitOfWork, phone: str) -> None:
    """Accept a message, keep the crisis reply and the alert, and queue both."""
    someone = arrives(unit, phone)
    accepted = hears(unit, someone, "words " * 20)
    says(unit, someone, REPLY, accepted)
    sent = outbound(unit, someone, REPLY.text, OutboundKind.CRISIS)
    unit.escalations.record(
        EscalationRecord(
            at=unit.clock(),
            channel=Channel.SMS,
            route="999",
            phrase_ids=("phrase.one",),
            reply_keys=(REPLY.key,),
            conversation=someone.conversation,
            inbox_id=accepted.inbox_id,
            outbox_id=sent.id,
        )
    )
    unit.inbox.answered(accepted.inbox_id)


async def measure(database: Database, people: int, seconds: float, work: object) -> str:
    """Let so many people write one after another for so long."""
    waits: list[float] = []
    end = time.perf_counter() + seconds

    async def person(phone: str) -> None:
        while (began := time.perf_counter()) < end:
            await database.write(lambda unit: work(unit, phone))  # type: ignore[operator]
            waits.append(time.perf_counter() - began)

    await asyncio.gather(
        *(person(f"+447700900{number:03}") for number in range(people))
    )
    waits.sort()
    half, most = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    return (
        f"{people:3} at once: {len(waits) / seconds:7.0f}/s"
        f"  p50 {half * 1000:6.1f} ms  p99 {most * 1000:6.1f} ms"
    )


@contextmanager
def address(kind: str) -> Iterator[str]:
    """Lend a fresh database of a kind."""
    if kind == "postgresql":
        with running_postgres() as server:
            yield server.url(server.new_database())
        return
    folder = Path(tempfile.mkdtemp(prefix=f"handrail-{new_id()}"))
    yield f"sqlite:///{folder / 'handrail.db'}"
    shutil.rmtree(folder)


async def main(kind: str, seconds: float) -> None:
    with address(kind) as url:
        database = Database(url, Keys.generate())
        database.migrate()
        for work in (accepts, answers):
            print(kind, work.__name__)
            for people in (1, 8, 50):
                print(await measure(database, people, seconds, work))
        await database.close()


if __name__ == "__main__":
    named = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    asyncio.run(main(named, float(sys.argv[2]) if len(sys.argv) > 2 else 5))
