"""A disk of a few megabytes under a PostgreSQL server's rows, to be filled up."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.storage.postgres import Postgres

SIZE: Final = "24m"
_MOVES: Final = (
    "ALTER TABLE ALL IN TABLESPACE {before} SET TABLESPACE {after}",
    "ALTER INDEX ALL IN TABLESPACE {before} SET TABLESPACE {after}",
)


class NoSmallDisk(Exception):
    """This machine lends no disk; says what is needed."""


@contextmanager
def small_disk(postgres: Postgres, database: str) -> Iterator[Path]:
    """Keep every row of a database on a small disk meanwhile; give where that is."""
    disk = postgres.folder_of_its_own("small")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        raise NoSmallDisk("a small disk needs leave to mount one: run this as root")
    try:
        postgres.owns(disk)
        postgres.run_sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
        _move(postgres, database, "pg_default", "small")
        yield disk
        _move(postgres, database, "small", "pg_default")
        postgres.run_sql("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
        disk.rmdir()


def fill(disk: Path) -> Path:
    """Take all the room that is left; give the file to be removed again."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError as full:
            if full.errno != errno.ENOSPC:
                raise
    return filler


def _move(postgres: Postgres, database: str, before: str, after: str) -> None:
    for statement in _MOVES:
        postgres.run_sql(statement.format(before=before, after=after), database)
