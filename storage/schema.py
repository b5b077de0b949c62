"""Bringing the schema up to date, one numbered migration after another."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from storage.dialects import on_postgresql
from storage.encryption import Vault

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_MIGRATION_TURN: Final = text("SELECT pg_advisory_xact_lock(7230144)")


def migrate(engine: Engine, vault: Vault) -> None:
    """Apply what is missing, in one transaction, and check the keys.

    A schema newer than this code is left as it is: an old gateway may start again
    while a new one is being rolled out.
    """
    with engine.begin() as connection:
        if on_postgresql(connection):
            connection.execute(_MIGRATION_TURN)
        if not _at_head(connection):
            command.upgrade(configuration(connection), "head")
        vault.check(connection)


def configuration(connection: Connection) -> Config:
    """Tell Alembic where the migrations are and which connection to use."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _at_head(connection: Connection) -> bool:
    now = MigrationContext.configure(connection).get_current_revision()
    if now is None:
        return False
    scripts = ScriptDirectory(str(MIGRATIONS))
    return now == scripts.get_current_head() or not _known(scripts, now)


def _known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False
