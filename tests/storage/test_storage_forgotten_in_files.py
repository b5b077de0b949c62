"""Somebody who is forgotten on PostgreSQL, looked for in the server's own files.

The words are in none of them at any time. The key that opens them, itself sealed,
stands in the table's file and in the write-ahead log until both are cleaned: what that
takes is in docs/deployment.md, and is done here as it says.
"""

from pathlib import Path

import pytest
from sqlalchemy import select

from storage import CannotOpen, Database, Keys
from storage.tables.core import data_keys, messages
from tests.canaries import found_in_bytes
from tests.storage.keeping import Records, Watch, arrives, hears
from tests.storage.postgres import Postgres

pytestmark = pytest.mark.slow

NUMBER = "+447700900655"
SAID = "my lantern is called marmalade heron"
CLEANING = Path("deploy/postgresql/3_clean.sql")


def holding(postgres: Postgres, content: bytes) -> set[str]:
    """Name the folders of the server in which a file holds these bytes."""
    return {
        file.parent.name for file in postgres.files() if content in content_of(file)
    }


def content_of(file: Path) -> bytes:
    """Read a file of a server that runs; it may have removed it since it was listed."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def cleans(postgres: Postgres, name: str) -> None:
    for line in CLEANING.read_text("utf-8").splitlines():
        if line and not line.startswith("--"):
            postgres.run_sql(line.rstrip(";"), name)


def test_after_a_deletion_and_the_nights_cleaning_no_file_holds_the_key(
    postgres: Postgres, keys: Keys
) -> None:
    name = postgres.new_database()
    watch, url = Watch(), postgres.url(name)
    records = Records(Database(url, keys, watch), watch, url)
    records.database.migrate()
    robin = records.write(lambda unit: arrives(unit, NUMBER))
    records.write(lambda unit: hears(unit, robin, SAID))
    key, (row, sealed) = records.read(
        lambda unit: (
            unit.connection.execute(
                select(data_keys.c.wrapped).where(data_keys.c.holder == robin.id)
            ).scalar_one(),
            unit.connection.execute(
                select(messages.c.id, messages.c.text).where(
                    messages.c.young_person == robin.id
                )
            ).one(),
        )
    )
    postgres.run_sql("CHECKPOINT", name)
    before = holding(postgres, bytes(key))
    records.write(lambda unit: unit.people.forget(robin.id))
    words = [SAID, NUMBER.removeprefix("+"), NUMBER.removeprefix("+44")]
    told = [f for f in postgres.files() if found_in_bytes(content_of(f), words)]
    after = holding(postgres, bytes(key))
    cleans(postgres, name)
    cleaned = holding(postgres, bytes(key))
    with pytest.raises(CannotOpen):
        records.read(
            lambda unit: unit.sealer.open_text(
                messages.c.text, row, robin.id, bytes(sealed)
            )
        )
    records.close()
    postgres.drop_database(name)

    assert told == []
    assert "pg_wal" in before
    assert "pg_wal" in after, "this is why the cleaning is needed"
    assert cleaned == set()
