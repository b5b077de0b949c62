"""The database: synchronous inside, asynchronous at its edge, bounded in time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from foundations.clock import Clock, utc_now
from foundations.tracing import Doing, traced
from storage import schema
from storage.encryption import Vault
from storage.engines import (
    database_url,
    migrating_engine,
    reading_engine,
    scrub_log,
    writing_engine,
)
from storage.errors import DatabaseUnavailable, Outage
from storage.faults import as_storage_error
from storage.keys import Keys
from storage.standing_still import StandingStill
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

T = TypeVar("T")

LONGEST_WAIT_S: Final = 5.0
PING_WAIT_S: Final = 1.0
READERS: Final = 4


class Database:
    """Where everything of value is kept: SQLite in a file, or PostgreSQL."""

    def __init__(
        self,
        url: str,
        keys: Keys,
        clock: Clock = utc_now,
        *,
        longest_wait_s: float = LONGEST_WAIT_S,
    ) -> None:
        self._url = database_url(url)
        self._clock = clock
        self._wait = longest_wait_s
        self.vault = Vault(keys, clock)
        self._reading = reading_engine(self._url, READERS)
        self._readers = ThreadPoolExecutor(READERS, "handrail-reader")
        self._writer = Writer(writing_engine(self._url), self.vault, clock)

    def migrate(self) -> None:
        """Bring the schema up to date, and check that these are its keys.

        CannotOpen when the database was made with other keys.
        """
        engine = migrating_engine(self._url)
        try:
            schema.migrate(engine, self.vault)
        except SQLAlchemyError as error:
            raise as_storage_error(error) from None
        finally:
            engine.dispose()

    @traced(Doing.WRITE)
    async def write(self, work: Callable[[UnitOfWork], T], *, first: bool = False) -> T:
        """Do a work and return once it is on disk; `first` goes before others.

        The work may be run again from the start when other writers were in its way,
        so it must not reach outside its unit except by `after_commit`.
        """
        self._stand_still_for_it()
        return await self._in_time(self._writer.submit(work, first=first), self._wait)

    @traced(Doing.READ)
    async def read(
        self, work: Callable[[UnitOfWork], T], *, within_s: float | None = None
    ) -> T:
        """Look something up, as it was at one moment; writing is refused.

        DatabaseUnavailable after `within_s`, or after as long as everything waits.
        """
        wait = self._wait if within_s is None else within_s
        return await self._in_time(self._submit_read(work), wait)

    async def ping(self) -> bool:
        """Say within a second whether the database answers."""
        try:
            await self._in_time(self._submit_read(_look), PING_WAIT_S)
        except DatabaseUnavailable:
            return False
        return True

    async def scrub(self) -> bool:
        """Let nothing that was removed stay in the write-ahead log; False: not yet."""
        return await asyncio.to_thread(scrub_log, self._url)

    async def close(self) -> None:
        """Write what is queued, then let go of every connection."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.close()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._reading.dispose()

    def _stand_still_for_it(self) -> None:
        """A server's statements are waits: only SQLite's compute in this process."""
        loop, beside = asyncio.get_running_loop(), self._writer.beside
        on_sqlite = self._url.get_backend_name() == "sqlite"
        if on_sqlite and (beside is None or beside.loop is not loop):
            self._writer.beside = StandingStill(loop)

    def _submit_read(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        try:
            return self._readers.submit(self._read, work)
        except RuntimeError:
            raise DatabaseUnavailable(Outage.CLOSED) from None

    def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        try:
            with self._reading.connect() as connection:
                return work(UnitOfWork(connection, self.vault, self._clock))
        except SQLAlchemyError as error:
            raise as_storage_error(error) from None

    async def _in_time(self, future: Future[T], wait: float) -> T:
        try:
            async with asyncio.timeout(wait) as limit:
                return await asyncio.wrap_future(future)
        except TimeoutError:
            if limit.expired():
                raise DatabaseUnavailable(Outage.BUSY) from None
            raise


def _look(unit: UnitOfWork) -> None:
    unit.connection.execute(select(1))
