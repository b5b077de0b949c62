"""On PostgreSQL the service owns nothing: neither the trail nor a table."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from storage import Database, Keys, UnitOfWork
from storage.retention import read_periods
from storage.retention_rules import Kind
from storage.tables.core import metadata
from tests.storage.keeping import Records, Watch, arrives, hears
from tests.storage.postgres import Postgres
from tests.storage.test_storage_audit import audits

pytestmark = pytest.mark.slow

SCRIPTS = Path(__file__).resolve().parents[2] / "deploy" / "postgresql"
ROLES = (
    "handrail_owner",
    "handrail_service",
    "handrail_backup",
    "handrail_retention",
)


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
        "INSERT INTO audit_marks (upto) VALUES (9)",
        "DELETE FROM audit_marks",
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


def test_the_account_of_retention_ends_the_trail_and_reads_nothing_else(
    as_role: dict[str, str], keys: Keys
) -> None:
    watch = Watch()
    service = Records(
        Database(as_role["handrail_service"], keys, watch),
        watch,
        as_role["handrail_service"],
    )
    audits(service, 4)
    watch.move(days=2193)
    audits(service, 1)
    periods = read_periods()
    kind = Kind.AUDIT_TRAIL

    def trims(unit: UnitOfWork) -> int:
        return unit.retention.remove_some(kind, periods, 200)

    assert service.write(trims) == 0, "the gateway's own account leaves it alone"
    address = as_role["handrail_retention"]
    nightly = Records(Database(address, keys, watch), watch, address)
    assert nightly.read(lambda unit: unit.retention.trail.may_remove())
    assert nightly.write(trims) == 4
    nightly.close()
    assert service.read(lambda unit: unit.audit.verify()) is None
    service.close()
    for table in ("people", "messages", "data_keys", "staff_members"):
        assert refused(address, f"TABLE {table}"), table
    for statement in (
        "UPDATE audit_rows SET actor = 'nobody'",
        "INSERT INTO audit_rows (number) VALUES (99)",
        "UPDATE audit_marks SET upto = 99",
        "DELETE FROM audit_marks",
        "TRUNCATE audit_rows",
    ):
        assert refused(address, statement), statement
    # A table of the same name that only this account sees opens nothing.
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE audit_marks (upto bigint)")
        connection.execute("INSERT INTO pg_temp.audit_marks VALUES (99)")
        with pytest.raises(psycopg.errors.RaiseException):
            connection.execute("DELETE FROM public.audit_rows")


def test_the_database_is_reached_over_a_socket_without_a_password(
    as_role: dict[str, str], postgres: Postgres, keys: Keys
) -> None:
    name = as_role["handrail_service"].rpartition("/")[2]
    address = postgres.socket_url(name, "handrail_service")
    watch = Watch()
    records = Records(Database(address, keys, watch), watch, address)
    someone = records.write(arrives)

    assert records.read(lambda unit: unit.conversations.of_person(someone.id))
    records.close()
