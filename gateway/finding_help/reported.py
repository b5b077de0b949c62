"""Which services a person has yet to look at, for pages that anyone may load often."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from foundations.clock import Clock
from signposting import ServiceId
from storage import Database, DatabaseUnavailable, UnitOfWork

KEPT_FOR: Final = timedelta(minutes=1)


class Reported:
    """Looks the reports up once a minute; keeps what it knew when it cannot."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: frozenset[ServiceId] = frozenset()
        self._looked_at: datetime | None = None

    async def now(self) -> frozenset[ServiceId]:
        """Name the services that two people say did not work. Never raises."""
        now = self._clock()
        if self._looked_at is None or now - self._looked_at >= KEPT_FOR:
            self._looked_at = now
            # A page without its marks is better than no page.
            with suppress(DatabaseUnavailable):
                self._known = await self._database.read(flagged)
        return self._known


def flagged(unit: UnitOfWork) -> frozenset[ServiceId]:
    """Name them from inside a unit of work."""
    return frozenset(ServiceId(each.service) for each in unit.service_reports.flagged())
