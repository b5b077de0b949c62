"""Look whether an organisation has cover at this moment, holidays of its part of the
UK included, before anything is asked or promised.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundations.clock import Clock
from handover import CoverNow, IsHoliday, Organisation, cover_now
from signposting import Directory
from signposting.records import Division


@dataclass(frozen=True)
class CoverLook:
    """Cover by an organisation's hours, and by who is on shift where that counts."""

    directory: Directory
    clock: Clock

    def now(self, unit: Any, organisation: Organisation) -> CoverNow:
        """Look at this moment, inside one unit of work."""
        on_shift = 0
        if organisation.cover.shifts_count:
            on_shift = len(unit.shifts.covering(organisation.id))
        return cover_now(
            organisation.cover, self.clock(), self.is_holiday(organisation), on_shift
        )

    def is_holiday(self, organisation: Organisation) -> IsHoliday:
        """Give the bank holidays of the organisation's part of the UK."""
        holidays, division = self.directory.holidays, Division(organisation.division)

        def is_one(day: date) -> bool:
            return holidays.is_one(day, division)

        return is_one

    def when(self, moment: datetime) -> str:
        """Say a moment as a young person reads it, seen from now."""
        return self.directory.phrases.when(moment, self.clock())
