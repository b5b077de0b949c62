"""Every storage test runs on SQLite and on PostgreSQL, on a schema freshly migrated."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Database, Keys
from tests.done_once import do_once
from tests.storage.keeping import Records, Watch
from tests.storage.postgres import Postgres, postgres_or_skip

do_once()

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys.generate()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_or_skip() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "handrail.db"
    _migrate(f"sqlite:///{path}", keys)
    return path


@pytest.fixture(scope="session")
def shared_database(postgres: Postgres, keys: Keys) -> str:
    name = postgres.new_database()
    _migrate(postgres.url(name), keys)
    return name


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    shutil.copy(migrated_file, tmp_path / "handrail.db")
    return f"sqlite:///{tmp_path / 'handrail.db'}"


@pytest.fixture
def postgres_url(postgres: Postgres, shared_database: str, keys: Keys) -> Iterator[str]:
    url = postgres.url(shared_database)
    yield url
    # TRUNCATE makes new files for every table, and takes ten times as long.
    postgres.empty(shared_database)
    _migrate(url, keys)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database of each kind."""
    kind = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(kind)
    return url


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def records(database_url: str, keys: Keys, watch: Watch) -> Iterator[Records]:
    """A database of each kind, waited for."""
    records = Records(Database(database_url, keys, watch), watch, database_url)
    yield records
    records.close()


def _migrate(url: str, keys: Keys) -> None:
    database = Database(url, keys)
    database.migrate()
    asyncio.run(database.close())
