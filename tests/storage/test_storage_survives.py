"""What was acknowledged is there, however the writing process ended."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import Database, Keys
from storage.tables.core import inbox, messages
from tests.storage.keeping import Records, Watch, arrives

CYCLES = 200 if os.environ.get("HANDRAIL_LONG") == "1" else 5

WRITER = """
import asyncio, itertools, json, os, sys
from datetime import UTC, datetime
from foundations.saying import Channel
from storage import Database, Keys
from storage.records import AcceptInbound

url, person, conversation, cycle = sys.argv[1:]
database = Database(url, Keys.from_json(os.environ["HANDRAIL_KEYS"]))
numbers = itertools.count()


def accepts(unit, provider_id):
    now = datetime.now(UTC)
    message = AcceptInbound(
        Channel.SMS, provider_id, conversation, person, now, "none"
    )
    accepted = unit.inbox.accept(message)
    unit.messages.add_inbound(
        id=accepted.message_id,
        conversation=conversation,
        young_person=person,
        channel=Channel.SMS,
        text=provider_id,
        received_at=now,
    )


async def sends():
    while True:
        provider_id = f"SM-{cycle}-{next(numbers)}"
        await database.write(lambda unit: accepts(unit, provider_id))
        print(provider_id, flush=True)


async def main():
    await asyncio.gather(*(sends() for _ in range(8)))


asyncio.run(main())
"""


@pytest.mark.timeout(120 + 30 * CYCLES)
def test_no_acknowledged_message_is_lost_when_the_process_stops_dead(
    records: Records, keys: Keys
) -> None:
    someone = records.write(arrives)
    acknowledged: set[str] = set()
    chance = random.Random(20261122)
    for cycle in range(CYCLES):
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                WRITER,
                records.url,
                someone.id,
                someone.conversation,
                str(cycle),
            ],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "HANDRAIL_KEYS": keys.to_json()},
        )
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 60)):
            acknowledged.add(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
        acknowledged |= set(process.stdout.read().split())
        process.wait()
        process.stdout.close()

    kept = records.read(
        lambda unit: [
            row.provider_message_id
            for row in unit.connection.execute(
                select(inbox).join(messages, messages.c.id == inbox.c.message)
            )
        ]
    )
    assert len(acknowledged) >= CYCLES
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept))
    said = records.read(
        lambda unit: unit.messages.after(someone.conversation, None, 1_000_000)
    )
    assert [line.sequence for line in said] == list(range(1, len(said) + 1))
    assert sorted(line.text for line in said) == sorted(kept)


def test_a_file_that_was_left_in_the_middle_of_things_is_whole(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    records = Records(Database(sqlite_url, keys), Watch(), sqlite_url)
    records.write(arrives)
    records.close()

    with sqlite3.connect(tmp_path / "handrail.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None


@pytest.mark.parametrize(
    ("setting", "value"),
    [("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_the_writing_connection_waits_for_the_disk(
    sqlite_url: str, keys: Keys, setting: str, value: int
) -> None:
    records = Records(Database(sqlite_url, keys), Watch(), sqlite_url)

    found = records.write(
        lambda unit: unit.connection.exec_driver_sql(f"PRAGMA {setting}").scalar()
    )
    assert found == value
    records.close()


@pytest.mark.slow
def test_the_server_waits_for_the_disk(postgres_url: str, keys: Keys) -> None:
    records = Records(Database(postgres_url, keys), Watch(), postgres_url)

    found = records.write(
        lambda unit: unit.connection.exec_driver_sql("SHOW synchronous_commit").scalar()
    )
    assert found == "on"
    records.close()
