"""How the two databases are opened: one connection that writes, a few that read."""

import sqlite3
from contextlib import closing
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import AddressUnusable
from storage.ready import ReadyConnection

WRITER_POOL: Final = 1
_SQLITE_WAIT_MS: Final = 5000
MIGRATING_WAIT_S: Final = 60
"""For another gateway that migrates, which takes longer than a write."""
_STATEMENTS_KEPT: Final = 512
"""More than there are: the driver keeps 128, and reads the words of others anew."""
_SCRUB_WAIT_MS: Final = 100
"""Short: while it waits for readers, nobody can write."""
_POSTGRESQL: Final = {
    "synchronous_commit": "on",
    "statement_timeout": "4000",
    "lock_timeout": "3000",
    "idle_in_transaction_session_timeout": "10000",
}


def database_url(written: str) -> URL:
    """Read `sqlite:///file` or `postgresql://...`; AddressUnusable: anything else.

    SQLite needs a file: an in-memory database would be another one per connection.
    """
    try:
        url = make_url(written)
    except ArgumentError:
        raise AddressUnusable from None
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case _:
            raise AddressUnusable


def writing_engine(url: URL) -> Engine:
    """Open the one connection that writes; each transaction starts as a writer."""
    return _engine(url, size=WRITER_POOL, read_only=False)


def migrating_engine(url: URL) -> Engine:
    """Open a connection like the one that writes, which waits for its turn longer."""
    wait_ms = MIGRATING_WAIT_S * 1000
    return _engine(url, size=WRITER_POOL, read_only=False, wait_ms=wait_ms)


def reading_engine(url: URL, size: int) -> Engine:
    """Open connections on which nothing can be written."""
    return _engine(url, size=size, read_only=True)


def scrub_log(url: URL) -> bool:
    """Empty SQLite's write-ahead log into its file; False when somebody was reading.

    What was removed from the file stands in the log until then. A server looks after
    its own log (docs/deployment.md).
    """
    if url.get_backend_name() != "sqlite":
        return True
    try:
        with closing(sqlite3.connect(str(url.database))) as connection:
            connection.execute(f"PRAGMA busy_timeout={_SCRUB_WAIT_MS}")
            (busy, *_) = connection.execute(
                "PRAGMA wal_checkpoint(TRUNCATE)"
            ).fetchone()
    except sqlite3.Error:
        return False
    return not busy


def _engine(
    url: URL, *, size: int, read_only: bool, wait_ms: int = _SQLITE_WAIT_MS
) -> Engine:
    on_sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        # A reader meets a server that was restarted; the writer looks for itself.
        pool_pre_ping=read_only and not on_sqlite,
        hide_parameters=True,
        connect_args=_sqlite_arguments() if on_sqlite else _server_arguments(read_only),
    )
    if on_sqlite:
        _prepare_sqlite(engine, read_only=read_only, wait_ms=wait_ms)
    return engine


def _sqlite_arguments() -> dict[str, Any]:
    # No transactions behind our back: BEGIN is ours to say.
    return {
        "isolation_level": None,
        "timeout": _SQLITE_WAIT_MS / 1000,
        "cached_statements": _STATEMENTS_KEPT,
    }


def _server_arguments(read_only: bool) -> dict[str, Any]:
    settings = dict(_POSTGRESQL)
    if read_only:
        settings["default_transaction_read_only"] = "on"
        # As SQLite: a read sees the records as they were at one moment. What only
        # reads is never turned away for it.
        settings["default_transaction_isolation"] = r"repeatable\ read"
    return {
        "application_name": "handrail",
        "connect_timeout": 3,
        "tcp_user_timeout": 5000,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }


def _prepare_sqlite(engine: Engine, *, read_only: bool, wait_ms: int) -> None:
    begin = "BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: object) -> None:
        for setting in _sqlite_settings(read_only, wait_ms):
            connection.execute(f"PRAGMA {setting}")

    def _begin(dbapi_connection: Any) -> None:
        dbapi_connection.execute(begin)

    # Not the "begin" event: with one listener, every statement looks for listeners.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign]
    engine._connection_cls = ReadyConnection


def _sqlite_settings(read_only: bool, wait_ms: int) -> tuple[str, ...]:
    if read_only:
        return (f"busy_timeout={wait_ms}", "query_only=ON")
    return (
        f"busy_timeout={wait_ms}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    )
