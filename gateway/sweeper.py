"""Answer what was accepted and never answered: after a crash, an outage, a spool.

What waits on disk is also written down in rounds of its own: a look at a long backlog
takes minutes, and until its end nothing else would be.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from foundations.clock import Clock
from foundations.ids import ConversationId
from gateway.pipeline import Pipeline
from gateway.replaying import Replaying
from storage import Database, DatabaseUnavailable, StorageError
from storage.records import Unanswered

log = logging.getLogger("handrail.sweeper")

SWEEP_EVERY_S: Final = 5.0
WAITED: Final = timedelta(seconds=15)
AT_ONCE: Final = 50
PEOPLE_AT_ONCE: Final = 8
"""Enough to keep the dialogue busy; whoever texts meanwhile still has their share."""


class Sweeper:
    """Looks for forgotten messages at the start and every few seconds after."""

    def __init__(
        self,
        database: Database,
        replaying: Replaying,
        pipeline: Pipeline,
        clock: Clock,
    ) -> None:
        self._database = database
        self._replaying = replaying
        self._pipeline = pipeline
        self._clock = clock
        self._beyond: Unanswered | None = None
        """Where the last look ended: fifty that always fail hide nobody after them."""

    async def run(self) -> None:
        """Sweep until cancelled; an unavailable database is waited for."""
        while True:
            try:
                await self.sweep_all()
            except StorageError as trouble:
                log.warning("sweep waits: %s", trouble)
            await asyncio.sleep(SWEEP_EVERY_S)

    async def run_replays(self) -> None:
        """Replay the spool until cancelled, however long the answers take."""
        while True:
            try:
                await self._replay()
            except StorageError as trouble:
                log.warning("replay waits: %s", trouble)
            await asyncio.sleep(SWEEP_EVERY_S)

    async def sweep_all(self, waited: timedelta = WAITED) -> None:
        """Sweep until a look is not full: after an outage thousands may wait."""
        while await self.sweep(waited) == AT_ONCE:
            continue

    async def sweep(self, waited: timedelta = WAITED) -> int:
        """Replay the spool, then answer what has waited so long: crisis, then by age.

        A look goes on where a full one before it ended, and then from the start again.
        """
        # First, so that nothing older of theirs waits on disk while they are answered.
        await self._replay()
        older_than = self._clock() - waited
        forgotten = await self._database.read(
            lambda unit: unit.inbox.unanswered(AT_ONCE, older_than, self._beyond)
        )
        self._beyond = forgotten[-1] if len(forgotten) == AT_ONCE else None
        await self._answer_all(forgotten)
        return len(forgotten)

    async def _replay(self) -> None:
        try:
            await self._replaying.do()
        except OSError as trouble:
            log.error("spool unavailable: %s", type(trouble).__name__)

    async def _answer_all(self, forgotten: Sequence[Unanswered]) -> None:
        """Answer several people at once, and each of them in order."""
        waiting: dict[ConversationId, list[Unanswered]] = {}
        for message in forgotten:
            waiting.setdefault(message.conversation, []).append(message)
        free = asyncio.Semaphore(PEOPLE_AT_ONCE)

        async def answer(theirs: Sequence[Unanswered]) -> None:
            async with free:
                for message in theirs:
                    await self._answer(message)

        # All come to their end before an outage is told of: none is left running.
        for ended in await asyncio.gather(
            *map(answer, waiting.values()), return_exceptions=True
        ):
            if isinstance(ended, BaseException):
                raise ended

    async def _answer(self, message: Unanswered) -> None:
        """Answer one; what goes wrong with it keeps nobody after it waiting."""
        if message.is_sealed:
            log.error("a message does not open: %s", message.inbox_id)
            return
        try:
            await self._pipeline.take_up(message)
        except DatabaseUnavailable:
            raise
        except Exception as trouble:
            # The type only: a message could hold what somebody wrote.
            log.error("answering failed: %s", type(trouble).__name__)
