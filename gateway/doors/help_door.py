"""Tells the help pages who stands behind a link, and what was reported."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from channels.help_pages.door import Behind
from gateway.finding_help.reported import Reported
from handover import Organisations
from signposting.home import NO_HOME, Home
from signposting.places import Places
from storage import Database, DatabaseUnavailable

log = logging.getLogger("handrail.help_door")


@dataclass(frozen=True)
class LinksHelpDoor:
    """Looks a link up; a page is drawn all the same when it cannot."""

    database: Database
    organisations: Organisations
    homes: Mapping[str, Home]
    places: Places
    reported: Reported

    async def behind(self, link: str) -> Behind:
        """Tell who stands behind an open link; nobody for any other."""
        behind = await self._who(link) if link else Behind()
        return replace(behind, reported=await self.reported.now())

    async def _who(self, link: str) -> Behind:
        try:
            found = await self.database.read(lambda unit: unit.chat_links.get(link))
        except DatabaseUnavailable:
            log.warning("a help page was drawn without its link: no database")
            return Behind()
        if found is None or not found.active:
            return Behind()
        known = self.organisations.by_id.get(found.organisation)
        home = self.homes.get(found.organisation, NO_HOME)
        home = home.of_link(found.area, self.places)
        return Behind(known.name if known else None, home)
