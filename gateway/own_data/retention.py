"""Every night, remove what is older than its period; the counts are logged, no more."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from foundations.clock import Clock
from storage import Database, StorageError
from storage.audit_trimming import TrailNotSound
from storage.retention_rules import Kind

log = logging.getLogger("handrail.retention")

LONDON: Final = ZoneInfo("Europe/London")
AT: Final = time(4, 10)
"""When the fewest people write, and no clock is ever changed."""
ROWS_AT_ONCE: Final = 200


class NightlyRetention:
    """Removes what is old, a portion at a time, so that no message waits for it."""

    def __init__(
        self, database: Database, periods: Mapping[Kind, timedelta], clock: Clock
    ) -> None:
        self._database = database
        self._periods = periods
        self._clock = clock

    async def run(self) -> None:
        """Work each night until cancelled; a night without a database is made up."""
        while True:
            await asyncio.sleep(seconds_until_next(self._clock()))
            try:
                await self.remove_old()
            except StorageError as trouble:
                log.warning("retention waits a night: %s", type(trouble).__name__)

    async def count_old(self) -> dict[Kind, int]:
        """Count what the next night would remove; nothing goes."""
        return await self._database.read(
            lambda unit: unit.retention.count(self._periods)
        )

    async def remove_old(self) -> dict[Kind, int]:
        """Remove what is old now; give how many rows of each kind, people by head."""
        removed = {kind: await self.remove_kind(kind) for kind in Kind}
        log.info(
            "retention %s",
            " ".join(f"{kind.value}={count}" for kind, count in removed.items()),
        )
        return removed

    async def remove_kind(self, kind: Kind) -> int:
        """Remove what is old of one kind; a trail that is not sound stays whole."""
        removed = 0
        try:
            while portion := await self._database.write(
                lambda unit: unit.retention.remove_some(
                    kind, self._periods, ROWS_AT_ONCE
                )
            ):
                removed += portion
        except TrailNotSound:
            log.error("retention: the audit trail is not sound; none of it goes")
        return removed


def seconds_until_next(now: datetime) -> float:
    """Give the seconds until it is next ten past four in London."""
    here = now.astimezone(LONDON)
    tonight = datetime.combine(here.date(), AT, LONDON)
    if tonight <= here:
        tonight = datetime.combine(here.date() + timedelta(days=1), AT, LONDON)
    return tonight.timestamp() - now.timestamp()
