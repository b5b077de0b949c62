"""Answer what was accepted and never answered: after a crash, an outage, a spool."""

import asyncio
import logging
from datetime import timedelta
from typing import Final

from foundations.clock import Clock
from gateway.pipeline import Pipeline
from gateway.received import Received
from gateway.replaying import Replaying
from storage import Database, DatabaseUnavailable, StorageError
from storage.records import Unanswered

log = logging.getLogger("handrail.sweeper")

SWEEP_EVERY_S: Final = 5.0
WAITED: Final = timedelta(seconds=15)
AT_ONCE: Final = 50


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

    async def run(self) -> None:
        """Sweep until cancelled; an unavailable database is waited for."""
        while True:
            try:
                await self.sweep()
            except StorageError as trouble:
                log.warning("sweep waits: %s", trouble)
            await asyncio.sleep(SWEEP_EVERY_S)

    async def sweep(self, waited: timedelta = WAITED) -> int:
        """Replay the spool, then answer what has waited so long, oldest first."""
        try:
            await self._replaying.do()
        except OSError as trouble:
            log.error("spool unavailable: %s", type(trouble).__name__)
        older_than = self._clock() - waited
        forgotten = await self._database.read(
            lambda unit: unit.inbox.unanswered(AT_ONCE, older_than)
        )
        for message in forgotten:
            await self._answer(message)
        return len(forgotten)

    async def _answer(self, message: Unanswered) -> None:
        """Answer one; what goes wrong with it keeps nobody after it waiting."""
        try:
            await self._pipeline.answer(_received(message))
        except DatabaseUnavailable:
            raise
        except Exception as trouble:
            # The type only: a message could hold what somebody wrote.
            log.error("answering failed: %s", type(trouble).__name__)


def _received(message: Unanswered) -> Received:
    return Received(
        conversation=message.conversation,
        inbox=message.inbox_id,
        message=message.message_id,
        channel=message.channel,
        text=message.text,
        received_at=message.received_at,
    )
