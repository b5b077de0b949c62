"""The migrations make the very tables that the code believes in, and explain them."""

import asyncio
import re
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import LargeBinary, create_engine, inspect, text

from storage import Database, Keys
from storage.dialects import on_postgresql
from storage.engines import database_url as read_url
from storage.engines import migrating_engine
from storage.schema import _MIGRATION_TURN, MIGRATIONS
from storage.tables.core import metadata
from tests.storage.keeping import Records, Watch

LONGER_THAN_A_WRITE_S = 5.5

DATA_MAP = Path(__file__).parents[2] / "docs" / "data_map.md"


def test_migrations_and_tables_agree(records: Records) -> None:
    engine = create_engine(read_url(records.url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def test_migrations_are_numbered_one_after_another() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    in_order = [script.revision for script in scripts.walk_revisions()][::-1]

    assert in_order == [f"{n:04}" for n in range(1, len(in_order) + 1)]
    for script in scripts.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")


def test_migrating_again_changes_nothing(records: Records) -> None:
    records.database.migrate()
    records.database.migrate()

    assert asyncio.run(records.database.ping())


def test_a_gateway_waits_for_one_that_migrates_longer_than_a_write_would(
    records: Records,
) -> None:
    """A write gives up after five seconds, and a gateway that gives up must go."""
    holding = migrating_engine(read_url(records.url))
    holds, ended = threading.Event(), []

    def holds_on() -> None:
        with holding.begin() as connection:
            if on_postgresql(connection):
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(_MIGRATION_TURN)
            holds.set()
            time.sleep(LONGER_THAN_A_WRITE_S)
        ended.append(time.monotonic())

    other = threading.Thread(target=holds_on)
    other.start()
    assert holds.wait(10)
    records.database.migrate()
    came = time.monotonic()
    other.join()
    holding.dispose()

    assert came > ended[0]


def test_gateways_that_start_together_migrate_once(keys: Keys, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    gateways = [Records(Database(url, keys), Watch(), url) for _ in range(4)]
    failures: list[Exception] = []

    def starts(gateway: Records) -> None:
        try:
            gateway.database.migrate()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=starts, args=(one,)) for one in gateways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    for gateway in gateways:
        assert gateway.read(lambda unit: unit.chat_links.get("demo")) is None
        gateway.close()


def test_a_schema_newer_than_this_code_is_left_as_it_is(records: Records) -> None:
    def sets(revision: str) -> None:
        records.write(
            lambda unit: unit.connection.execute(
                text("UPDATE alembic_version SET version_num = :it"), {"it": revision}
            )
        )

    now = records.read(
        lambda unit: unit.connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one()
    )
    sets("9999")
    records.database.migrate()

    left = records.read(
        lambda unit: unit.connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one()
    )
    sets(now)
    assert left == "9999"


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "not a url"]
)
def test_an_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(Exception, match=r"(?i)database address|parse"):
        read_url(url)


def rows_of_the_data_map() -> dict[str, dict[str, list[str]]]:
    """Read the tables of the map: table -> column -> the cells after its name."""
    found: dict[str, dict[str, list[str]]] = {}
    table = ""
    for line in DATA_MAP.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"## `(\w+)`.*", line)
        row = re.fullmatch(r"\| `(\w+)` \|(.*)\|", line)
        if heading:
            table = heading[1]
            found[table] = {}
        elif row:
            cells = [cell.strip() for cell in row[2].split("|")]
            found[table][row[1]] = cells
    return found


def test_the_data_map_names_every_table_and_column(records: Records) -> None:
    engine = create_engine(read_url(records.url))
    schema = inspect(engine)
    real = {
        table: {column["name"] for column in schema.get_columns(table)}
        for table in schema.get_table_names()
    }
    engine.dispose()

    mapped = {table: set(columns) for table, columns in rows_of_the_data_map().items()}
    assert mapped == real


def test_the_data_map_leaves_no_cell_empty() -> None:
    for table, columns in rows_of_the_data_map().items():
        for column, cells in columns.items():
            assert len(cells) == 4, (table, column)
            assert all(cells), (table, column)


def test_the_data_map_says_sealed_of_every_sealed_column_and_no_other() -> None:
    hashed = {"phone_index", "provider_hash", "token_hash", "wrapped", "chain"}
    hashed |= {"identity", "email_index", "code_hash", "source", "pin_hash"}
    hashed |= {"credential_index", "challenge_hash", "link"}
    sealed = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column.name not in hashed
    }
    said = {
        (table, column)
        for table, columns in rows_of_the_data_map().items()
        for column, cells in columns.items()
        if cells[2].startswith("sealed")
    }

    assert said == sealed
