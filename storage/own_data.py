"""What is kept of one young person: counted for them, and again once it went."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from foundations.ids import YoungPersonId
from storage.tables.core import metadata

OWNERS = ("young_person", "holder")
"""The columns that say whose a row is; every table that holds a person has one."""


@dataclass(frozen=True)
class OwnData:
    """Counts of a person's rows, over every table there is."""

    connection: Connection

    def rows(self, person: YoungPersonId, table: Table) -> int:
        """Count a person's rows in one table."""
        owner = next(table.c[name] for name in OWNERS if name in table.c)
        counted = select(func.count()).select_from(table).where(owner == person)
        return int(self.connection.execute(counted).scalar_one())

    def left(self, person: YoungPersonId) -> int:
        """Count all that is left of a person, their keys included."""
        tables = [
            table
            for table in metadata.sorted_tables
            if any(name in table.c for name in OWNERS)
        ]
        return sum(self.rows(person, table) for table in tables)
