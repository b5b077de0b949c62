"""The record: tables, repositories, sealed columns, one writer, and a spool."""

from storage.database import Database
from storage.encryption import Vault
from storage.errors import (
    CannotOpen,
    DatabaseUnavailable,
    KeysUnusable,
    NotFound,
    Outage,
    RecordConflict,
    RecordRefused,
    StorageError,
)
from storage.keys import Keys
from storage.spool import Spool
from storage.unit_of_work import UnitOfWork

__all__ = [
    "CannotOpen",
    "Database",
    "DatabaseUnavailable",
    "Keys",
    "KeysUnusable",
    "NotFound",
    "Outage",
    "RecordConflict",
    "RecordRefused",
    "Spool",
    "StorageError",
    "UnitOfWork",
    "Vault",
]
