"""On PostgreSQL the service owns nothing: neither the trail nor a table."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from storage import Database, Keys
from storage.tables.core import metadata
from tests.storage.keeping import Records, Watch, arrives, hears
from tests.storage.postgres import Postgres

pytestmark = pytest.mark.slow

SCRIPTS = Path(__file__).resolve().parents[2] / "deploy" / "postgresql"
ROLES = ("handrail_owner", "handrail_service", "handrail_backup")


def script(name: str) -> bytes:
    return (SCRIPTS / name).read_bytes()


@pytest.fixture
def as_role(postgres: Postgres, keys: Keys) -> Iterator[dict[str, str]]:
    """Set a database up as the page says, and give its address for each role."""
    name = postgres.new_database()
    postgres.run_sql(script("1_roles.sql").decode(), name)
    addresses = {
        role: postgres.url(name).replace("//handrail@", f"//{role}@") for role in ROLES
    }
    owner = Database(addresses["handrail_owner"], keys)
    owner.migrate()
    asyncio.run(owner.close())
    with psycopg.connect(addresses["handrail_owner"], autocommit=True) as connection:
        connection.execute(script("2_audit.sql"))
    yield addresses
    postgres.drop_database(name)
    for role in ROLES:
        postgres.run_sql(f"DROP ROLE {role}")


def refused(address: str, statement: str) -> bool:
    with psycopg.connect(address, autocommit=True) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


def test_the_service_works_and_cannot_change_the_trail_or_any_table(
    as_role: dict[str, str], keys: Keys
) -> None:
    service = as_role["handrail_service"]
    database = Database(service, keys)
    database.migrate()
    records = Records(database, Watch(), service)
    someone = records.write(lambda unit: arrives(unit, "+447700900123"))
    records.write(lambda unit: hears(unit, someone, "hello there"))
    records.write(
        lambda unit: unit.audit.append(
            actor="sam", action="read", subject="case", at=unit.clock()
        )
    )
    records.write(lambda unit: unit.people.forget(someone.id))
    sound = records.read(lambda unit: unit.audit.verify())
    records.close()

    assert sound is None
    for statement in (
        "UPDATE audit_rows SET action = 'nothing'",
        "DELETE FROM audit_rows",
        "TRUNCATE audit_rows",
        "ALTER TABLE audit_rows DISABLE TRIGGER ALL",
        "DROP TABLE messages",
        "CREATE TABLE more (id int)",
        "UPDATE alembic_version SET version_num = '0'",
    ):
        assert refused(service, statement), statement


def test_a_backup_reads_every_table_and_writes_none(as_role: dict[str, str]) -> None:
    backup = as_role["handrail_backup"]

    for table in metadata.sorted_tables:
        assert not refused(backup, f"TABLE {table.name}")
        assert refused(backup, f"TRUNCATE {table.name}")
