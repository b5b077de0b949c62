"""Young people: their data key, their phone number, and being forgotten."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from foundations.clock import Clock
from foundations.ids import YoungPersonId, new_id
from storage.dialects import write_once
from storage.encryption import Sealer
from storage.forgetting import remove_rows
from storage.tables.core import data_keys, people

_BY_PHONE = select(people.c.id).where(people.c.phone_index == bindparam("index"))
_PHONE = select(people.c.phone).where(people.c.id == bindparam("person"))
_INSERT = insert(people)


@dataclass(frozen=True)
class People:
    """Young people, known by an id that says nothing about them."""

    connection: Connection
    sealer: Sealer
    clock: Clock
    after_commit: Callable[[Callable[[], object]], None]

    def create(self) -> YoungPersonId:
        """Make a young person with a data key of their own."""
        person = YoungPersonId(new_id())
        self.sealer.vault.create_key(self.connection, person)
        self.connection.execute(
            _INSERT,
            {
                "id": person,
                "created_at": self.clock(),
                "phone_index": None,
                "phone": None,
            },
        )
        return person

    def find_by_phone(self, e164: str) -> YoungPersonId | None:
        """Find who texts from this number."""
        index = self.sealer.vault.phone_index(e164)
        found = self.connection.execute(_BY_PHONE, {"index": index}).scalar()
        return None if found is None else YoungPersonId(found)

    def with_phone(self, e164: str) -> YoungPersonId:
        """Find who texts from this number, or make them; never makes two."""
        found = self.find_by_phone(e164)
        if found is not None:
            return found
        person = YoungPersonId(new_id())
        self.sealer.vault.create_key(self.connection, person)
        row = {"id": person, "created_at": self.clock(), **self._phone(person, e164)}
        if write_once(self.connection, people, row):
            return person
        self.connection.execute(delete(data_keys).where(data_keys.c.holder == person))
        return self.with_phone(e164)

    def phone_of(self, person: YoungPersonId) -> str | None:
        """Tell the number to text, None when there is none."""
        sealed = self.connection.execute(_PHONE, {"person": person}).scalar()
        if sealed is None:
            return None
        return self.sealer.open_text(people.c.phone, person, person, sealed)

    def forget(self, person: YoungPersonId) -> None:
        """Remove a young person's keys, then every row of theirs, for good.

        What stays is a keyed hash of each provider message id, so that a message
        delivered again is still known.
        """
        vault = self.sealer.vault
        vault.forget_key(self.connection, person)
        remove_rows(self.connection, vault, person, self.clock())
        # A reader may have looked the key up again before this was committed.
        self.after_commit(lambda: vault.drop(person))

    def _phone(self, person: YoungPersonId, e164: str) -> dict[str, bytes]:
        return {
            "phone_index": self.sealer.vault.phone_index(e164),
            "phone": self.sealer.seal_text(people.c.phone, person, person, e164),
        }
