"""What was removed is gone from the write-ahead log too, and scrubbing stops nobody."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import Database, Keys, UnitOfWork
from storage.tables.core import data_keys
from tests.storage.keeping import Records, Someone, Watch, arrives


@pytest.fixture
def on_file(sqlite_url: str, keys: Keys) -> Iterator[Records]:
    records = Records(Database(sqlite_url, keys), Watch(), sqlite_url)
    yield records
    records.close()


def a_key_of(records: Records, someone: Someone) -> bytes:
    wanted = select(data_keys.c.wrapped).where(data_keys.c.holder == someone.id)
    key = records.read(lambda unit: unit.connection.execute(wanted).scalar_one())
    return bytes(key)


def holding(folder: Path, key: bytes) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if key in p.read_bytes())


def test_the_key_of_somebody_forgotten_stands_in_no_file_after_a_scrub(
    on_file: Records, tmp_path: Path
) -> None:
    someone = on_file.write(lambda unit: arrives(unit, "+447700900123"))
    key = a_key_of(on_file, someone)
    on_file.write(lambda unit: unit.people.forget(someone.id))
    before = holding(tmp_path, key)

    assert asyncio.run(on_file.database.scrub())
    assert before == ["handrail.db-wal"]
    assert holding(tmp_path, key) == []


def test_while_somebody_reads_a_scrub_waits_for_another_time_and_nothing_stops(
    on_file: Records, tmp_path: Path
) -> None:
    def counts(unit: UnitOfWork) -> None:
        unit.people.create()

    with closing(sqlite3.connect(tmp_path / "handrail.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        on_file.write(counts)

        assert not asyncio.run(on_file.database.scrub())
        on_file.write(counts)
    assert asyncio.run(on_file.database.scrub())


@pytest.mark.slow
def test_a_server_looks_after_its_own_log(records: Records) -> None:
    assert asyncio.run(records.database.scrub())
