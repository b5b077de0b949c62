"""The records are brought up to date at a start; the doors wait a little for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from storage import DatabaseUnavailable, Outage

log = logging.getLogger("handrail.wiring")

DOORS_WAIT_S: Final = 5.0
"""As long as anything waits for the records; another gateway may hold them longer."""
AGAIN_AFTER_S: Final = 2.0


class UpToDate:
    """Brings the records up to date once: before the doors open, or as soon as it can.

    A crisis can be answered without the records, so nobody is kept out for them.
    """

    def __init__(self, bring: Callable[[], Awaitable[None]]) -> None:
        self._bring = bring
        self._later: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Return once they are, or after a while; what they refuse stops the start."""
        first = asyncio.ensure_future(self._bring())
        try:
            async with asyncio.timeout(DOORS_WAIT_S):
                await asyncio.shield(first)
            return
        except TimeoutError:
            why = Outage.BUSY
        except DatabaseUnavailable as away:
            if away.code is Outage.CORRUPT:
                raise
            why = away.code
        log.error("started without the database: %s", why.value)
        self._later = asyncio.create_task(self._until_it_is_done(first))

    async def close(self) -> None:
        """Bring nothing any more."""
        if self._later is not None:
            self._later.cancel()
            await asyncio.gather(self._later, return_exceptions=True)

    async def _until_it_is_done(self, under_way: Awaitable[None]) -> None:
        """Nobody waits for it any more: what goes wrong is said, and tried again."""
        while True:
            try:
                return await under_way
            except DatabaseUnavailable as away:
                if away.code is Outage.CORRUPT:
                    log.error("the records are not up to date: %s", away.code.value)
            except Exception as trouble:
                log.error("the records are not up to date: %s", type(trouble).__name__)
            await asyncio.sleep(AGAIN_AFTER_S)
            under_way = self._bring()
