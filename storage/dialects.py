"""The places where SQLite and PostgreSQL are spoken to differently."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

_SQLITE_NOW = text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')")
_POSTGRESQL_NOW = select(func.clock_timestamp())
_AUDIT_TURN = text("SELECT pg_advisory_xact_lock(7230145)")

Row = Mapping[str, object]


def on_postgresql(connection: Connection) -> bool:
    """Say which of the two databases this is."""
    return connection.dialect.name == "postgresql"


def write_once(connection: Connection, table: Table, row: Row) -> bool:
    """Insert a row; False when one with the same unique key is there already."""
    statement = _write_once(connection.dialect.name, table)
    return connection.execute(statement, row).rowcount == 1


def write_once_unless(
    connection: Connection,
    table: Table,
    row: Row,
    known: Select[Any],
    **found_by: object,
) -> bool:
    """Insert a row likewise, unless `known` finds anything; one statement for both."""
    name = connection.dialect.name
    statement = _write_once_unless(name, table, tuple(row), known)
    return connection.execute(statement, {**row, **found_by}).rowcount == 1


def database_now(connection: Connection) -> datetime:
    """Tell the time by the database, the one clock that several workers share."""
    if on_postgresql(connection):
        now: datetime = connection.execute(_POSTGRESQL_NOW).scalar_one()
        return now.astimezone(UTC)
    return datetime.fromisoformat(connection.execute(_SQLITE_NOW).scalar_one())


def wait_for_audit_turn(connection: Connection) -> None:
    """Hold the audit chain until this transaction ends; SQLite has one writer."""
    if on_postgresql(connection):
        connection.execute(_AUDIT_TURN)


def _insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    if dialect == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


@cache
def _write_once(dialect: str, table: Table) -> Insert:
    return _counted(_insert(dialect, table))


@cache
def _write_once_unless(
    dialect: str, table: Table, columns: tuple[str, ...], known: Select[Any]
) -> Insert:
    values = (bindparam(name, type_=table.c[name].type) for name in columns)
    filled = _insert(dialect, table).from_select(
        list(columns), select(*values).where(~known.exists())
    )
    return _counted(filled)


def _counted(statement: postgresql.Insert | sqlite.Insert) -> Insert:
    """Leave out what is there already, and tell by the count alone whether it was."""
    once: Insert = statement.on_conflict_do_nothing().inline()
    return once.execution_options(preserve_rowcount=True)
