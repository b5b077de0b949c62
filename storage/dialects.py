"""The three places where SQLite and PostgreSQL are spoken to differently."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

_SQLITE_NOW = text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')")
_POSTGRESQL_NOW = select(func.clock_timestamp())
_AUDIT_TURN = text("SELECT pg_advisory_xact_lock(7230145)")


def on_postgresql(connection: Connection) -> bool:
    """Say which of the two databases this is."""
    return connection.dialect.name == "postgresql"


def insert_once(connection: Connection, table: Table) -> Insert:
    """Insert a row unless one with the same unique key is there (rowcount says)."""
    return _insert_once(connection.dialect.name, table)


def insert_once_unless(
    connection: Connection, table: Table, columns: tuple[str, ...], known: Select[Any]
) -> Insert:
    """Insert a row likewise, unless `known` finds one; one statement for both."""
    return _insert_once_unless(connection.dialect.name, table, columns, known)


def database_now(connection: Connection) -> datetime:
    """Tell the time by the database, the one clock that several workers share."""
    if on_postgresql(connection):
        now: datetime = connection.execute(_POSTGRESQL_NOW).scalar_one()
        return now.astimezone(UTC)
    return datetime.fromisoformat(connection.execute(_SQLITE_NOW).scalar_one())


def wait_for_audit_turn(connection: Connection) -> None:
    """Hold the audit chain until this transaction ends; SQLite has one writer anyway."""
    if on_postgresql(connection):
        connection.execute(_AUDIT_TURN)


@cache
def _insert_once(dialect: str, table: Table) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


@cache
def _insert_once_unless(
    dialect: str, table: Table, columns: tuple[str, ...], known: Select[Any]
) -> Insert:
    values = (bindparam(name, type_=table.c[name].type) for name in columns)
    row = select(*values).where(~known.exists())
    if dialect == "postgresql":
        filled = postgresql.insert(table).from_select(list(columns), row)
        return filled.on_conflict_do_nothing()
    return sqlite.insert(table).from_select(list(columns), row).on_conflict_do_nothing()
