"""What others still hold of somebody who is forgotten here, until it is gone there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, update

from foundations.clock import Clock
from storage.dialects import write_once
from storage.tables.core import Moment
from storage.tables.keeping import copies_elsewhere

PAUSES: Final = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(days=1),
)
"""After a try that did not succeed. The last repeats: a copy is not given up."""


class Keeper(str, Enum):
    """Who holds the copy: the carrier that took a text, or our dialogue's memory."""

    CARRIER = "carrier"
    DIALOGUE = "dialogue"


@dataclass(frozen=True)
class CopyElsewhere:
    """One copy to be removed: a text by the carrier's id, a talk by its old id."""

    number: int
    keeper: Keeper
    reference: str
    tries: int


_DUE = (
    select(copies_elsewhere)
    .where(copies_elsewhere.c.not_before <= bindparam("now", type_=Moment))
    .order_by(copies_elsewhere.c.not_before)
    .limit(bindparam("limit"))
)
_LATER = update(copies_elsewhere).where(
    copies_elsewhere.c.number == bindparam("wanted_number")
)
_GONE = delete(copies_elsewhere).where(
    copies_elsewhere.c.number == bindparam("wanted_number")
)


def note(
    connection: Connection, keeper: Keeper, references: Iterable[str], now: datetime
) -> None:
    """Note copies to be removed; one that is noted already stays once."""
    for reference in references:
        row = {
            "keeper": keeper.value,
            "reference": reference,
            "tries": 0,
            "not_before": now,
        }
        write_once(connection, copies_elsewhere, row)


@dataclass(frozen=True)
class CopiesElsewhere:
    """Copies that are still to be removed."""

    connection: Connection
    clock: Clock

    def due(self, limit: int) -> list[CopyElsewhere]:
        """List what should be tried now, the longest waiting first."""
        found = self.connection.execute(_DUE, {"now": self.clock(), "limit": limit})
        return [
            CopyElsewhere(row.number, Keeper(row.keeper), row.reference, row.tries)
            for row in found
        ]

    def gone(self, number: int) -> None:
        """Let go of the note: the copy is no more."""
        self.connection.execute(_GONE, {"wanted_number": number})

    def later(self, copy: CopyElsewhere) -> None:
        """Try again after a pause that grows."""
        pause = PAUSES[min(copy.tries, len(PAUSES) - 1)]
        values = {"tries": copy.tries + 1, "not_before": self.clock() + pause}
        self.connection.execute(_LATER, {"wanted_number": copy.number, **values})
