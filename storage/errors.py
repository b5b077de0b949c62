"""What storage may raise: few, typed, and silent about what was being stored."""

from enum import Enum

from foundations.refusals import HadToStop, WillNotStart


class StorageError(HadToStop):
    """Anything storage raises on purpose."""


class Outage(str, Enum):
    """Why the database cannot be had right now; safe to log and to count."""

    BUSY = "busy"
    LOCKED = "locked"
    FULL = "full"
    CORRUPT = "corrupt"
    REFUSED = "refused"
    LOST = "lost"
    READ_ONLY = "read_only"
    CONFLICTED = "conflicted"
    SCHEMA = "schema"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class DatabaseUnavailable(StorageError):
    """The work may not be on disk: spool it, answer anyway, try again later.

    After `Outage.BUSY` and `Outage.LOST` the work may yet have been written, so a
    repeat must carry the same ids.
    """

    def __init__(self, code: Outage) -> None:
        super().__init__(f"the database is unavailable: {code.value}")
        self.code = code


class RecordConflict(StorageError):
    """The rows break a rule of the schema: a repeat, or a row that is not there."""

    def __init__(self) -> None:
        super().__init__("the record conflicts with what is already stored")


class RecordRefused(StorageError):
    """The database cannot hold this value in this column."""

    def __init__(self) -> None:
        super().__init__("the database cannot hold this value")


class NotFound(StorageError):
    """No row has this id."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no such {kind}")


class CannotOpen(StorageError):
    """Sealed bytes do not open: wrong key, moved, changed, or its person forgotten."""

    def __init__(self) -> None:
        super().__init__("sealed content cannot be opened")


class KeysUnusable(StorageError, WillNotStart):
    """A key is missing, short, repeated or an example; the message names which."""


class NotItsKeys(CannotOpen, WillNotStart):
    """The database was made with other keys than these."""

    def __init__(self) -> None:
        HadToStop.__init__(self, "these are not the keys that the database was made by")


class AddressUnusable(StorageError, WillNotStart):
    """The address of the database is none; it may hold a password and is not told."""

    def __init__(self) -> None:
        super().__init__(
            "HANDRAIL_DATABASE_URL: a database address is sqlite:///file or "
            "postgresql://..."
        )
