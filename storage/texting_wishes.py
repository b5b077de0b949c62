"""How a person wishes to be texted: one sealed document each, whatever it holds."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from foundations.ids import YoungPersonId, new_id
from storage.encryption import Sealer
from storage.tables.texting import texting_wishes

_OF = select(texting_wishes).where(texting_wishes.c.young_person == bindparam("person"))


@dataclass(frozen=True)
class TextingWishes:
    """Wishes about texts, by person."""

    connection: Connection
    sealer: Sealer

    def of_person(self, person: YoungPersonId) -> str | None:
        """Read what was kept; None for somebody who wished for nothing."""
        row = self.connection.execute(_OF, {"person": person}).first()
        if row is None:
            return None
        column = texting_wishes.c.wishes
        return self.sealer.open_text(column, row.id, person, row.wishes)

    def keep(self, person: YoungPersonId, json: str) -> None:
        """Keep wishes in the place of those before."""
        self.connection.execute(
            delete(texting_wishes).where(texting_wishes.c.young_person == person)
        )
        id, column = new_id(), texting_wishes.c.wishes
        sealed = self.sealer.seal_text(column, id, person, json)
        self.connection.execute(
            insert(texting_wishes),
            {"id": id, "young_person": person, "wishes": sealed},
        )
