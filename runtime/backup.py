"""A whole copy of the SQLite file while everything runs, and a look at a copy.

What people wrote is sealed inside it with keys that are not in it: keep both, apart.
PostgreSQL has its own tool, pg_dump (docs/deployment.md).
"""

import os
import sqlite3
import sys
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from runtime.settings import Settings

PAGES_AT_ONCE = 256
"""Between portions, messages are written as always."""


class NotASqliteFile(Exception):
    """The records are not in an SQLite file, or the copy is not whole."""


def backup(given: list[str]) -> None:
    """Copy the records to a new file: `backup FILE`."""
    parser = ArgumentParser(prog="python -m runtime backup")
    parser.add_argument("file", type=Path)
    to = parser.parse_args(given).file
    try:
        copy_records(records_of(Settings()), to)
    except (NotASqliteFile, FileExistsError, OSError) as wrong:
        sys.exit(f"No copy was made: {wrong}")
    print(f"{to}: {to.stat().st_size} bytes, whole. Keep the key file elsewhere.")


def records_of(settings: Settings) -> Path:
    """Give the file of the records. Raises NotASqliteFile for a server's."""
    address = make_url(settings.database)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise NotASqliteFile("the records are on a server: use pg_dump")
    return Path(address.database)


def copy_records(records: Path, to: Path) -> None:
    """Copy a file that is being written to, and check the copy.

    Raises FileExistsError rather than write over a copy; NotASqliteFile when there is
    nothing to copy or the copy is damaged (it is taken away again).
    """
    if not records.exists():
        raise NotASqliteFile(f"there is no {records}")
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = f"file:{records}?mode=ro"
    with (
        closing(sqlite3.connect(source, uri=True)) as live,
        closing(sqlite3.connect(to)) as copy,
    ):
        live.backup(copy, pages=PAGES_AT_ONCE)
        (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
    if sound != "ok":
        to.unlink()
        raise NotASqliteFile("the copy was not whole")
