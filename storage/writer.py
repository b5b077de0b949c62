"""The one writer: works that wait together are written together, in order.

A single transaction for many works means a single flush to disk for all of them. What
takes a message in goes before what answers one: accepting never waits for answering.
When one of them fails, the others are done again with a savepoint each, so that it
takes nobody with it; savepoints are not set before, since failures are few.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from foundations.clock import Clock
from storage.encryption import Vault
from storage.errors import DatabaseUnavailable, Outage, RecordRefused
from storage.faults import as_storage_error
from storage.standing_still import StandingStill
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

TOGETHER_AT_MOST: Final = 64
OTHERS_AT_LEAST: Final = 4
"""One in so many of what is written together is not of those that go first."""
_TRIES_WHEN_CONFLICTED: Final = 5


@dataclass
class _Job:
    """A work on its way through the writer, and who waits for it."""

    work: Callable[[UnitOfWork], Any]
    future: Future[Any] = field(default_factory=Future)
    hooks: list[Callable[[], object]] = field(default_factory=list)
    result: Any = None
    error: Exception | None = None

    def settle(self) -> None:
        """Tell whoever waits how it went."""
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """A thread that owns the writing connection.

    `beside` is the loop that stands still for it, where that is of use.
    """

    beside: StandingStill | None = None

    def __init__(self, engine: Engine, vault: Vault, clock: Clock) -> None:
        self._engine = engine
        self._vault = vault
        self._clock = clock
        self._first: deque[_Job] = deque()
        self._others: deque[_Job] = deque()
        # Rings once for each job, True, and False at the end.
        self._bell: SimpleQueue[bool] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(
            target=self._run, name="handrail-writer", daemon=True
        )
        self._thread.start()

    def submit(
        self, work: Callable[[UnitOfWork], Any], *, first: bool = False
    ) -> Future[Any]:
        """Queue a work; its future is done once it is on disk, or was refused.

        `first` goes before what is not, each kind in its own order. Cancelling the
        future takes back a work that has not been started.
        """
        job = _Job(work)
        if self._closed:
            job.future.set_exception(DatabaseUnavailable(Outage.CLOSED))
        else:
            (self._first if first else self._others).append(job)
            self._bell.put(True)
        return job.future

    def close(self) -> None:
        """Write what is queued, then stop."""
        self._closed = True
        self._bell.put(False)
        self._thread.join()
        self._engine.dispose()

    def _run(self) -> None:
        open_ = True
        while open_:
            rings = [self._bell.get()]
            while len(rings) < TOGETHER_AT_MOST:
                try:
                    rings.append(self._bell.get_nowait())
                except Empty:
                    break
            open_ = all(rings)
            self._write(
                [
                    job
                    for job in self._next(sum(rings))
                    if job.future.set_running_or_notify_cancel()
                ]
            )

    def _next(self, count: int) -> list[_Job]:
        """Take so many jobs: a few of the others too, so that nobody waits for ever."""
        wanted = max(count - len(self._first), count // OTHERS_AT_LEAST)
        others = min(len(self._others), wanted)
        first = [self._first.popleft() for _ in range(count - others)]
        return first + [self._others.popleft() for _ in range(others)]

    def _write(self, jobs: list[_Job]) -> None:
        """Write jobs together; what the database itself undoes is written singly."""
        if not jobs:
            return
        outage = self._together(jobs, apart=False)
        others = [job for job in jobs if job.error is None]
        if outage is None and others and len(others) < len(jobs):
            outage = self._together(others, apart=True)
        if outage is Outage.CONFLICTED:
            for job in others:
                self._singly(job)
        elif outage is not None:
            for job in others:
                job.error = DatabaseUnavailable(outage)
        for job in jobs:
            self._finish(job)

    def _singly(self, job: _Job) -> None:
        """Try one job alone, again while others on the same server are in its way."""
        outage: Outage | None = Outage.CONFLICTED
        for _ in range(_TRIES_WHEN_CONFLICTED):
            if outage is not Outage.CONFLICTED:
                break
            outage = self._together([job], apart=False)
        if outage is not None:
            job.error = DatabaseUnavailable(outage)

    def _together(self, jobs: list[_Job], *, apart: bool) -> Outage | None:
        """Write jobs in one transaction; say why when nothing was kept.

        `apart` gives each a savepoint; without, one job's own failure undoes all.
        """
        try:
            with self._begun() as connection:
                unit = UnitOfWork(connection, self._vault, self._clock)
                with self.beside.held() if self.beside else nullcontext():
                    for job in jobs:
                        self._one(unit, job, apart=apart)
                        if job.error is not None and not apart:
                            connection.rollback()
                            return None
                connection.commit()
        except _Undone as undone:
            return undone.outage
        except SQLAlchemyError as error:
            return _outage(error)
        except Exception as error:
            # Whatever it was, this thread must live to write the next message.
            log.error("writer: %s", type(error).__name__)
            return Outage.UNKNOWN
        return None

    def _begun(self) -> Connection:
        """Open the connection and start; a dead one is replaced, once."""
        try:
            return self._probe()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._probe()

    def _probe(self) -> Connection:
        connection = self._engine.connect()
        try:
            connection.begin()
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT 1")
        except BaseException:
            connection.close()
            raise
        return connection

    def _one(self, unit: UnitOfWork, job: _Job, *, apart: bool) -> None:
        """Do one job's work; a failure of its own undoes it and nothing else."""
        job.error = None
        # One unit for all of them: what is in it is the same for each, but for this.
        unit.hooks.clear()
        savepoint = unit.connection.begin_nested() if apart else None
        try:
            job.result = job.work(unit)
            job.hooks = list(unit.hooks)
            if savepoint is not None:
                savepoint.commit()
        except SQLAlchemyError as error:
            found = as_storage_error(error)
            if isinstance(found, DatabaseUnavailable) and _undoes_all(found.code):
                raise _Undone(found.code) from None
            job.error = found
        except UnicodeError:
            # Its words would hold what was being written.
            job.error = RecordRefused()
        except Exception as error:
            job.error = error
        if job.error is not None and savepoint is not None:
            savepoint.rollback()

    def _finish(self, job: _Job) -> None:
        if job.error is None:
            for hook in job.hooks:
                try:
                    hook()
                except Exception as error:
                    log.error("after_commit hook: %s", type(error).__name__)
        job.settle()


class _Undone(Exception):
    """The database undid the whole transaction."""

    def __init__(self, outage: Outage) -> None:
        super().__init__(outage.value)
        self.outage = outage


def _undoes_all(code: Outage) -> bool:
    """Say whether the transaction is gone, rather than one statement of it."""
    return code not in (Outage.BUSY, Outage.SCHEMA)


def _outage(error: SQLAlchemyError) -> Outage:
    found = as_storage_error(error)
    return found.code if isinstance(found, DatabaseUnavailable) else Outage.UNKNOWN
