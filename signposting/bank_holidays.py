"""Bank holidays of the parts of the UK, from the kept copy of the GOV.UK list."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from signposting.records import Division

LIST = Path(__file__).with_name("bank_holidays.json")


@dataclass(frozen=True)
class BankHolidays:
    """The days of each division, and the last day the list knows about.

    Past `known_until` no one has said which days are bank holidays.
    """

    days: Mapping[Division, frozenset[date]]
    known_until: date

    def is_one(self, day: date, division: Division) -> bool:
        """Tell whether a day is on the list of that division."""
        return day in self.days[division]


@cache
def load_bank_holidays(path: Path = LIST) -> BankHolidays:
    """Read a list in the shape GOV.UK publishes at /bank-holidays.json."""
    listed = json.loads(path.read_text(encoding="utf-8"))
    days = {
        division: frozenset(
            date.fromisoformat(event["date"])
            for event in listed[division.value]["events"]
        )
        for division in Division
    }
    # The list is made a whole year at a time.
    last_year = min(max(each) for each in days.values()).year
    return BankHolidays(days, date(last_year, 12, 31))
