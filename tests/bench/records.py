"""A look into a gateway's records from outside it, while it runs."""

import asyncio
import time

from sqlalchemy import NullPool, create_engine, func, select

from storage.tables.core import metadata
from tests.campaign.seen import unfinished


class Records:
    """Counts rows at an address; holds nothing open."""

    def __init__(self, address: str) -> None:
        self._engine = create_engine(address, poolclass=NullPool)

    def count(self, table: str) -> int:
        """Say how many rows a table has."""
        rows = select(func.count()).select_from(metadata.tables[table])
        with self._engine.connect() as connection:
            return int(connection.execute(rows).scalar_one())

    async def settled(self, table: str, at_least: int, within_s: float = 120) -> int:
        """Wait until so many rows are there, the spool's too; give how many are."""
        deadline = time.monotonic() + within_s
        while (found := await asyncio.to_thread(self.count, table)) < at_least:
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(1)
        return found

    def unfinished(self) -> tuple[int, int]:
        """Count what is unanswered, and what has not left."""
        return unfinished(self._engine)
