"""Do what was promised for later, when it is due: at least looked at, once done.

A handler runs inside the transaction that marks its work as done. It may say things
(`gateway.speaking.speak`), queue texts and promise more work; it calls nobody outside.
To add a kind: write `def handler(unit: UnitOfWork, work: DueWork) -> None`, look at the
records again (what was true when it was promised may not be now), and name it in
`runtime/wiring/due.py`. `storage/due_work.py` shows how to promise it.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from foundations.clock import Clock
from foundations.ids import ConversationId
from gateway.rounds import Rounds
from storage import CannotOpen, Database, DatabaseUnavailable, UnitOfWork
from storage.due_work import DueWork

log = logging.getLogger("handrail.due")

CLAIM_AT_ONCE: Final = 16
LEASE_S: Final = 60.0
PAUSES_S: Final = (5, 30, 120, 600, 3600)
"""Seconds after a handler failed. The last repeats: a promise is not given up."""

Handler = Callable[[UnitOfWork, DueWork], None]


class NoSuchKind(Exception):
    """Work of a kind that has no handler here; another version may know it."""


class DueWorker(Rounds):
    """Claims what is due, does it, and tries again what failed, until cancelled."""

    name = "due work"
    gathers_s = 0.1

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        clock: Clock,
        said: Callable[[ConversationId], None],
    ) -> None:
        super().__init__()
        self._database = database
        self._handlers = handlers
        self._clock = clock
        self._said = said

    async def do_round(self) -> bool:
        """Do one round of what is due; say whether there was anything."""
        next_at = await self._database.read(lambda unit: unit.due_work.next_at())
        if next_at is None or next_at > self._clock():
            return False
        claimed = await self._database.write(
            lambda unit: unit.due_work.claim(CLAIM_AT_ONCE, LEASE_S)
        )
        await asyncio.gather(*(self._do(work) for work in claimed))
        return bool(claimed)

    async def _do(self, work: DueWork) -> None:
        try:
            await self._database.write(lambda unit: self._handle(unit, work))
        except DatabaseUnavailable:
            # The lease runs out by itself, and then the work is claimed again.
            raise
        except Exception as trouble:
            await self._try_later(work, type(trouble).__name__)
            return
        if work.conversation is not None:
            self._said(work.conversation)

    def _handle(self, unit: UnitOfWork, work: DueWork) -> None:
        if work.kind not in self._handlers:
            raise NoSuchKind
        if work.is_sealed:
            raise CannotOpen
        if unit.due_work.take(work.id):
            self._handlers[work.kind](unit, work)

    async def _try_later(self, work: DueWork, fault: str) -> None:
        # The kind and the type only: a message could hold what somebody wrote.
        log.error("due work %s (%s) failed: %s", work.id, work.kind, fault)
        later = pause_after(work.tries, self._clock())
        await self._database.write(
            lambda unit: unit.due_work.failed(work.id, later, fault)
        )


def pause_after(tries: int, now: datetime) -> datetime:
    """Give when to try again after so many tries have failed."""
    return now + timedelta(seconds=PAUSES_S[min(tries, len(PAUSES_S)) - 1])
