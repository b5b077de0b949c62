"""Remove what others hold of somebody who is forgotten here, until it is gone there."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from gateway.rounds import Rounds
from storage import Database
from storage.copies_elsewhere import CopyElsewhere, Keeper

AT_ONCE: Final = 20

Remove = Callable[[str], Awaitable[bool]]
"""Removes the copy of one reference; False to try again later. Never raises."""


class ForgettingElsewhere(Rounds):
    """Asks each keeper to remove its copies, outside of any transaction."""

    name = "forgetting elsewhere"
    look_every_s = 5.0

    def __init__(self, database: Database, keepers: Mapping[Keeper, Remove]) -> None:
        super().__init__()
        self._database = database
        self._keepers = keepers
        self._is_scrubbed = False

    async def do_round(self) -> bool:
        """Do one round; say whether there was anything.

        Whoever is forgotten leaves notes here, so the database's own log is emptied
        with them; and once after a start, for who was forgotten before it.
        """
        due = await self._database.read(lambda unit: unit.copies_elsewhere.due(AT_ONCE))
        if due or not self._is_scrubbed:
            self._is_scrubbed = await self._database.scrub()
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
