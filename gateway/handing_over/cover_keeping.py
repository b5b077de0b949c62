"""Cover as leads have set it, kept in the records and put over the files.

The records are looked at every few seconds, so that a change made through another
gateway counts here too; one made here counts at once.
"""

import asyncio
import json
import logging
from typing import Final

from foundations.ids import StaffMemberId
from handover import Organisation, Organisations
from handover.changing_cover import NotChanged, with_cover
from handover.writing import Written
from storage import Database, DatabaseUnavailable, UnitOfWork

log = logging.getLogger("handrail.cover")

LOOK_EVERY_S: Final = 5.0


class CoverKeeping:
    """Keeps `organisations` as the files and then the records say."""

    def __init__(self, database: Database, organisations: Organisations) -> None:
        self._database = database
        self._organisations = organisations
        self._on_file = dict(organisations.by_id)
        self._seen = 0

    async def run(self) -> None:
        """Look again and again, until this is cancelled."""
        while True:
            try:
                await self._database.read(self.refresh)
            except DatabaseUnavailable:
                log.warning("cover stays as it was: the database is away")
            await asyncio.sleep(LOOK_EVERY_S)

    def refresh(self, unit: UnitOfWork) -> None:
        """Take over what was changed since the last look."""
        newest = unit.cover_plans.newest_number()
        if newest == self._seen:
            return
        for on_file in self._on_file.values():
            kept = unit.cover_plans.newest(on_file.id)
            if kept is not None:
                self._take_over(on_file, kept.plan_json)
        self._seen = newest

    def change(
        self,
        unit: UnitOfWork,
        organisation: Organisation,
        plan: Written,
        by: StaffMemberId,
    ) -> None:
        """Keep a new version, from this moment on. Raises NotChanged."""
        made = with_cover(organisation, plan)
        unit.cover_plans.put(organisation.id, json.dumps(plan), by)
        unit.after_commit(lambda: self._organisations.change(made))

    def _take_over(self, on_file: Organisation, plan_json: str) -> None:
        try:
            made = with_cover(on_file, json.loads(plan_json))
        except (NotChanged, ValueError):
            # What is on file has somebody in it; a version nobody can read has not.
            log.error("cover of %s cannot be read: the file counts", on_file.id)
            return
        self._organisations.change(made)
