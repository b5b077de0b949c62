"""Work in rounds until cancelled: again at once while there is any, else in a while."""

import asyncio
import logging
from abc import ABC, abstractmethod

from storage import DatabaseUnavailable

log = logging.getLogger("handrail.rounds")


class Rounds(ABC):
    """Whoever works in rounds; an unavailable database is waited for."""

    name: str
    look_every_s: float = 1.0
    gathers_s: float = 0.0
    """How long whoever is woken waits, so that being woken often is one look."""

    def __init__(self) -> None:
        self._wake = asyncio.Event()

    @abstractmethod
    async def do_round(self) -> bool:
        """Do one round of what is due; say whether there was anything."""

    def wake(self) -> None:
        """Look now, rather than at the next look."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._wake.clear()
            try:
                did_any = await self.do_round()
            except DatabaseUnavailable as away:
                log.warning("%s waits for the database: %s", self.name, away.code.value)
                did_any = False
            if not did_any:
                await self._until_woken()

    async def _until_woken(self) -> None:
        try:
            async with asyncio.timeout(self.look_every_s):
                await self._wake.wait()
        except TimeoutError:
            return
        if self.gathers_s:
            await asyncio.sleep(self.gathers_s)
