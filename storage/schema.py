"""Bringing the schema up to date, one numbered migration after another."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from storage.dialects import on_postgresql
from storage.encryption import Vault
from storage.engines import MIGRATING_WAIT_S

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_WAIT_FOR_OTHERS: Final = text(f"SET LOCAL lock_timeout = '{MIGRATING_WAIT_S}s'")
_TAKE_AS_LONG_AS_IT_NEEDS: Final = text("SET LOCAL statement_timeout = 0")
_MIGRATION_TURN: Final = text("SELECT pg_advisory_xact_lock(7230144)")
# A table that is in use is not waited for: everybody would wait behind us.
_WAIT_FOR_NO_TABLE: Final = text("SET LOCAL lock_timeout TO DEFAULT")
_NOW: Final = text("SELECT version_num FROM alembic_version")


def migrate(engine: Engine, vault: Vault) -> None:
    """Apply what is missing, in one transaction, and check the keys.

    A schema newer than this code is left as it is: an old gateway may start again
    while a new one is being rolled out.
    """
    with engine.begin() as connection:
        if on_postgresql(connection):
            connection.execute(_TAKE_AS_LONG_AS_IT_NEEDS)
            connection.execute(_WAIT_FOR_OTHERS)
            connection.execute(_MIGRATION_TURN)
            connection.execute(_WAIT_FOR_NO_TABLE)
        if _lacks_some(connection):
            # Imported here: a tenth of a start, and most have nothing to apply.
            from alembic import command

            command.upgrade(configuration(connection), "head")
        vault.check(connection)


def configuration(connection: Connection) -> "Config":
    """Tell Alembic where the migrations are and which connection to use."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _lacks_some(connection: Connection) -> bool:
    """Tell whether there is no schema yet, or an older one that this code knows."""
    if not inspect(connection).has_table("alembic_version"):
        return True
    now = connection.execute(_NOW).scalar_one_or_none()
    known = _numbers()
    return now is None or (now in known and now != max(known))


def _numbers() -> Collection[str]:
    """List the migrations' numbers, which their files' names start with."""
    return {file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}
