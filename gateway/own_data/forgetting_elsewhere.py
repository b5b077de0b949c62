"""Remove what others hold of somebody who is forgotten here, until it is gone there."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from storage import Database, DatabaseUnavailable
from storage.copies_elsewhere import CopyElsewhere, Keeper

log = logging.getLogger("handrail.forgetting")

LOOK_EVERY_S: Final = 5.0
AT_ONCE: Final = 20

Remove = Callable[[str], Awaitable[bool]]
"""Removes the copy of one reference; False to try again later. Never raises."""


class ForgettingElsewhere:
    """Asks each keeper to remove its copies, outside of any transaction."""

    def __init__(self, database: Database, keepers: Mapping[Keeper, Remove]) -> None:
        self._database = database
        self._keepers = keepers

    async def run(self) -> None:
        """Work until cancelled; an unavailable database is waited for."""
        while True:
            try:
                more = await self.remove_due()
            except DatabaseUnavailable as away:
                log.warning("copies elsewhere wait: %s", away.code.value)
                more = False
            if not more:
                await asyncio.sleep(LOOK_EVERY_S)

    async def remove_due(self) -> bool:
        """Do one round; say whether there was anything."""
        due = await self._database.read(lambda unit: unit.copies_elsewhere.due(AT_ONCE))
        for copy in due:
            is_gone = await self._keepers[copy.keeper](copy.reference)
            await self._note(copy, is_gone=is_gone)
        return bool(due)

    async def _note(self, copy: CopyElsewhere, *, is_gone: bool) -> None:
        if is_gone:
            await self._database.write(
                lambda unit: unit.copies_elsewhere.gone(copy.number)
            )
            return
        await self._database.write(lambda unit: unit.copies_elsewhere.later(copy))
