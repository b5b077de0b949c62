"""A private PostgreSQL server for tests: its own folder, its own port, gone after."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

ADMIN = "handrail"
_TABLES = b"""SELECT tablename FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version'"""
_FIRST_ROW = """(SELECT '{0}' FROM "{0}" LIMIT 1)"""
_COUNTS = b"SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"


class NoPostgres(Exception):
    """PostgreSQL cannot be had on this machine; says what to install."""


class Postgres:
    """One server. It refuses to run as root, so root lends it another account."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="handrail-postgres-"))
        self._account = _account()
        if self._account:
            shutil.chown(self._folder, self._account)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        subprocess.run(
            self._as_account(
                "initdb",
                f"--pgdata={self._folder / 'cluster'}",
                f"--username={ADMIN}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ),
            check=True,
            capture_output=True,
            cwd=self._folder,
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._launch()
        self._wait_until_it_answers()

    def _launch(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._as_account(
                    "postgres",
                    "-D",
                    str(self._folder / "cluster"),
                    "-c",
                    f"port={self.port}",
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    f"unix_socket_directories={self._folder}",
                    "-c",
                    "shared_buffers=32MB",
                    # Processes are stopped here, never the machine: no need to wait
                    # for the disk a thousand times.
                    "-c",
                    "fsync=off",
                    # Little to go through again when it was stopped at once.
                    "-c",
                    "checkpoint_timeout=30s",
                ),
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop the server at once, as a power cut would, and wait until it is gone.

        SIGKILL leaves its children to find out; `start` then waits for their end.
        """
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        """Stop the server and remove all that it wrote."""
        self.stop()
        shutil.rmtree(self._folder)

    def url(self, database: str) -> str:
        """Give the address of a database on this server."""
        return f"postgresql://{ADMIN}@127.0.0.1:{self.port}/{database}"

    def socket_url(self, database: str, account: str = ADMIN) -> str:
        """Give the address of a database over the server's socket."""
        return (
            f"postgresql://{account}@/{database}?host={self._folder}&port={self.port}"
        )

    def new_database(self, template: str = "template1") -> str:
        """Make an empty database, or a copy of another, and give its name."""
        name = f"test_{uuid4().hex}"
        self.run_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        self.run_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def run_sql(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return list(found) if found.description else []

    def empty(self, database: str) -> None:
        """Take out every row, and let every count begin again; the schema stays."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            tables = [name for (name,) in connection.execute(_TABLES)]
            rows = " UNION ALL ".join(_FIRST_ROW.format(name) for name in tables)
            held = [name for (name,) in connection.execute(rows.encode())]
            counts = [name for (name,) in connection.execute(_COUNTS)]
            steps = [
                # Neither the order of tables nor what keeps rows matters here.
                "SET session_replication_role = replica",
                *(f'DELETE FROM "{name}"' for name in held),  # noqa: S608 (our own tables)
                *(f"SELECT setval('\"{name}\"', 1, false)" for name in counts),
            ]
            connection.execute(";".join(steps).encode())

    def folder_of_its_own(self, name: str) -> Path:
        """Make a folder beside its cluster that it may write to."""
        folder = self._folder / name
        folder.mkdir()
        self.owns(folder)
        return folder

    def owns(self, path: Path) -> None:
        """Let the account that it runs as have a file or folder."""
        if self._account:
            shutil.chown(path, self._account)

    def file_of(self, database: str, table: str) -> Path:
        """Name the file that holds the rows of a table."""
        ((name,),) = self.run_sql(f"SELECT pg_relation_filepath('{table}')", database)
        return self._folder / "cluster" / str(name)

    def files(self) -> list[Path]:
        """List every file the server wrote, its write-ahead log included."""
        return [path for path in self._folder.rglob("*") if path.is_file()]

    def _as_account(self, program: str, *arguments: str) -> list[str]:
        command = [str(self._programs / program), *arguments]
        if self._account is None:
            return command
        return [
            "setpriv",
            f"--reuid={self._account}",
            f"--regid={pwd.getpwnam(self._account).pw_gid}",
            "--clear-groups",
            *command,
        ]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 90
        while True:
            try:
                self.run_sql("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
                self._launch_again_if_it_left()
            else:
                return

    def _launch_again_if_it_left(self) -> None:
        """A server that finds children of the one before it leaves at once."""
        if self._process is not None and self._process.poll() is not None:
            self._launch()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Lend a running server; NoPostgres where there is none to be had."""
    server = Postgres()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextmanager
def postgres_or_skip() -> Iterator[Postgres]:
    """Lend a running server; a test that cannot have one says why and is skipped."""
    try:
        with running_postgres() as server:
            yield server
    except NoPostgres as reason:
        pytest.skip(str(reason))


def _programs() -> Path:
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    found = installed[-1] if installed else shutil.which("initdb")
    if found is None:
        raise NoPostgres("no PostgreSQL found: install the package `postgresql`")
    return Path(found).resolve().parent


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and no other account is there")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
