"""Whatever ails the database, it is said in one way, and the next call may work."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foundations.saying import Reply
from storage import Database, DatabaseUnavailable, Keys, Outage, UnitOfWork
from storage.staff.records import ChatLink
from tests.storage.keeping import Records, Someone, Watch, arrives, says
from tests.storage.postgres import Postgres


def puts_a_link(unit: UnitOfWork) -> None:
    unit.chat_links.put(ChatLink("kept", "demo", True))


def outage_of(records: Records) -> Outage:
    with pytest.raises(DatabaseUnavailable) as unavailable:
        records.write(puts_a_link)
    return unavailable.value.code


@pytest.fixture
def on_sqlite(sqlite_url: str, keys: Keys, watch: Watch) -> Iterator[Records]:
    records = Records(Database(sqlite_url, keys, watch), watch, sqlite_url)
    yield records
    records.close()


@pytest.fixture
def on_postgres(postgres_url: str, keys: Keys, watch: Watch) -> Iterator[Records]:
    records = Records(Database(postgres_url, keys, watch), watch, postgres_url)
    yield records
    records.close()


def test_a_locked_file_is_waited_for(on_sqlite: Records, tmp_path: Path) -> None:
    other = sqlite3.connect(
        tmp_path / "handrail.db", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    letting_go = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
    letting_go.start()

    on_sqlite.write(puts_a_link)

    letting_go.join()
    other.close()
    assert on_sqlite.read(lambda unit: unit.chat_links.get("kept"))


def test_a_file_locked_for_too_long_is_an_outage_and_then_it_is_over(
    on_sqlite: Records, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "handrail.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    began = time.monotonic()
    code = outage_of(on_sqlite)
    waited = time.monotonic() - began
    other.execute("ROLLBACK")
    other.close()

    assert code in (Outage.LOCKED, Outage.BUSY)
    assert waited < 6
    on_sqlite.write(puts_a_link)


def test_reading_goes_on_while_the_file_is_locked(
    on_sqlite: Records, tmp_path: Path
) -> None:
    on_sqlite.write(puts_a_link)
    other = sqlite3.connect(tmp_path / "handrail.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert on_sqlite.read(lambda unit: unit.chat_links.get("kept"))

    other.close()


def test_a_full_disk_is_an_outage_and_then_it_is_over(on_sqlite: Records) -> None:
    def pages(number: int) -> None:
        on_sqlite.write(
            lambda unit: unit.connection.exec_driver_sql(
                f"PRAGMA max_page_count={number}"
            ).all()
        )

    def says_a_lot(unit: UnitOfWork) -> None:
        for _ in range(50):
            says(unit, someone, Reply("key", "word " * 2000))

    someone = on_sqlite.write(arrives)
    pages(1)
    outcomes = on_sqlite.write_together(says_a_lot, says_a_lot)
    pages(1_000_000)

    codes = [getattr(outcome, "code", None) for outcome in outcomes]
    assert codes == [Outage.FULL, Outage.FULL]
    assert not on_sqlite.read(
        lambda unit: unit.messages.after(someone.conversation, None)
    )
    on_sqlite.write(says_a_lot)


def test_a_damaged_file_is_an_outage_and_never_removed(
    sqlite_url: str, keys: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "handrail.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xa5" * 2048 + whole[2148:])
    damaged = path.read_bytes()
    records = Records(Database(sqlite_url, keys), Watch(), sqlite_url)

    assert outage_of(records) is Outage.CORRUPT
    with pytest.raises(DatabaseUnavailable) as refused:
        records.database.migrate()
    assert refused.value.code is Outage.CORRUPT
    assert path.read_bytes() == damaged

    records.close()


def test_a_folder_that_is_not_there_yet_is_an_outage_and_then_it_is_over(
    keys: Keys, tmp_path: Path
) -> None:
    folder = tmp_path / "later"
    url = f"sqlite:///{folder / 'handrail.db'}"
    records = Records(Database(url, keys), Watch(), url)

    assert outage_of(records) is Outage.REFUSED
    assert not asyncio.run(records.database.ping())

    folder.mkdir()
    records.database.migrate()
    records.write(puts_a_link)
    assert asyncio.run(records.database.ping())
    records.close()


def test_a_database_without_its_tables_says_so(keys: Keys, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    records = Records(Database(url, keys), Watch(), url)

    assert outage_of(records) is Outage.SCHEMA

    records.close()


@pytest.mark.slow
def test_a_server_that_went_away_is_an_outage_and_then_it_is_over(
    postgres: Postgres, on_postgres: Records
) -> None:
    on_postgres.write(puts_a_link)
    postgres.stop()
    try:
        assert outage_of(on_postgres) in (Outage.REFUSED, Outage.LOST)
        assert not asyncio.run(on_postgres.database.ping())
    finally:
        postgres.start()

    on_postgres.write(puts_a_link)
    assert on_postgres.read(lambda unit: unit.chat_links.get("kept"))
    assert asyncio.run(on_postgres.database.ping())


@pytest.mark.slow
def test_a_server_that_was_restarted_meanwhile_is_not_even_noticed(
    postgres: Postgres, on_postgres: Records
) -> None:
    on_postgres.write(puts_a_link)
    on_postgres.read(lambda unit: unit.chat_links.get("kept"))
    postgres.stop()
    postgres.start()

    assert on_postgres.read(lambda unit: unit.chat_links.get("kept"))
    on_postgres.write(puts_a_link)


@pytest.mark.slow
def test_a_connection_cut_in_the_middle_keeps_nothing_of_the_work(
    on_postgres: Records,
) -> None:
    def cut_short(unit: UnitOfWork) -> None:
        puts_a_link(unit)
        unit.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    outcomes = on_postgres.write_together(puts_a_link, cut_short, puts_a_link)

    assert [getattr(outcome, "code", None) for outcome in outcomes] == [Outage.LOST] * 3
    assert on_postgres.read(lambda unit: unit.chat_links.get("kept")) is None
    on_postgres.write(puts_a_link)


@pytest.mark.slow
def test_two_gateways_in_each_others_way_both_get_their_work_done(
    on_postgres: Records, keys: Keys
) -> None:
    other = Records(Database(on_postgres.url, keys), on_postgres.watch, on_postgres.url)
    first, second = (on_postgres.write(arrives) for _ in range(2))
    meeting = threading.Barrier(2)
    runs: list[Someone] = []

    def crossing(one: Someone, two: Someone) -> Callable[[UnitOfWork], None]:
        def work(unit: UnitOfWork) -> None:
            says(unit, one, Reply("key", "one"))
            runs.append(one)
            if runs.count(one) == 1:
                meeting.wait(5)
            says(unit, two, Reply("key", "two"))

        return work

    threads = [
        threading.Thread(target=records.write, args=(crossing(one, two),))
        for records, one, two in (
            (on_postgres, first, second),
            (other, second, first),
        )
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for someone in (first, second):
        said = on_postgres.read(
            lambda unit, someone=someone: unit.messages.after(
                someone.conversation, None
            )
        )
        assert sorted(message.text for message in said) == ["one", "two"]
    assert len(runs) > 2, "one of them was sent back to the start"
    other.close()


@pytest.mark.slow
def test_a_statement_without_end_is_ended_and_takes_nobody_with_it(
    on_postgres: Records,
) -> None:
    outcomes = on_postgres.write_together(
        lambda unit: unit.connection.exec_driver_sql("SELECT pg_sleep(20)"),
        puts_a_link,
    )

    assert getattr(outcomes[0], "code", None) is Outage.BUSY
    assert outcomes[1] is None
    assert on_postgres.read(lambda unit: unit.chat_links.get("kept"))


def test_an_outage_says_nothing_of_what_was_written(on_sqlite: Records) -> None:
    canary = "canary-c0ffee"

    def work(unit: UnitOfWork) -> None:
        unit.connection.exec_driver_sql("SELECT * FROM nowhere WHERE x=?", (canary,))

    with pytest.raises(DatabaseUnavailable) as unavailable:
        on_sqlite.write(work)

    error = unavailable.value
    shown = repr((error, error.args, error.__cause__))
    assert canary not in shown
    assert error.__suppress_context__ or error.__context__ is None
