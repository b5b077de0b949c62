"""What a database driver's error means for us, without its words."""

from typing import Final

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import DatabaseUnavailable, Outage, RecordConflict, RecordRefused

_SQLITE: Final = {
    "SQLITE_BUSY": Outage.LOCKED,
    "SQLITE_LOCKED": Outage.LOCKED,
    "SQLITE_FULL": Outage.FULL,
    "SQLITE_CORRUPT": Outage.CORRUPT,
    "SQLITE_NOTADB": Outage.CORRUPT,
    "SQLITE_CANTOPEN": Outage.REFUSED,
    "SQLITE_PERM": Outage.REFUSED,
    "SQLITE_AUTH": Outage.REFUSED,
    "SQLITE_IOERR": Outage.LOST,
    "SQLITE_PROTOCOL": Outage.LOCKED,
    "SQLITE_READONLY": Outage.READ_ONLY,
    "SQLITE_ERROR": Outage.SCHEMA,
    "SQLITE_SCHEMA": Outage.SCHEMA,
}

# SQLSTATE classes and codes (PostgreSQL manual, appendix A); longest match first.
_POSTGRESQL: Final = {
    "53100": Outage.FULL,
    "53200": Outage.BUSY,
    "53300": Outage.BUSY,
    "57014": Outage.BUSY,
    "55P03": Outage.LOCKED,
    "40001": Outage.CONFLICTED,
    "40P01": Outage.CONFLICTED,
    "25006": Outage.READ_ONLY,
    "XX001": Outage.CORRUPT,
    "XX002": Outage.CORRUPT,
    "08": Outage.LOST,
    "57": Outage.LOST,
    "58": Outage.LOST,
    "25P": Outage.LOST,
    "28": Outage.REFUSED,
    "3D": Outage.REFUSED,
    "42": Outage.SCHEMA,
    "53": Outage.BUSY,
}


def as_storage_error(
    error: SQLAlchemyError,
) -> DatabaseUnavailable | RecordConflict | RecordRefused:
    """Turn a driver's error into one of ours; nothing of its text comes along."""
    match error:
        case IntegrityError():
            return RecordConflict()
        case DBAPIError() if _sqlite_name(error) is not None:
            return DatabaseUnavailable(_of_sqlite(error))
        case DataError():
            return RecordRefused()
        case DBAPIError():
            return DatabaseUnavailable(_of_postgresql(error))
        case PoolTimeoutError():
            return DatabaseUnavailable(Outage.BUSY)
        case _:
            return DatabaseUnavailable(Outage.UNKNOWN)


def _of_sqlite(error: DBAPIError) -> Outage:
    name = _sqlite_name(error) or ""
    found = (code for start, code in _SQLITE.items() if name.startswith(start))
    return next(found, Outage.UNKNOWN)


def _of_postgresql(error: DBAPIError) -> Outage:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return Outage.LOST if error.connection_invalidated else Outage.REFUSED
    found = (code for start, code in _POSTGRESQL.items() if state.startswith(start))
    return next(found, Outage.UNKNOWN)


def _sqlite_name(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlite_errorname", None)
