"""Codes that put a phone and a web chat together: six digits, ten minutes, five tries.

A code that is wrong, old, used, or tried too often is told apart by nothing: the same
rows are looked up and written, and the answer is None.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, update

from foundations.clock import Clock
from foundations.ids import ConversationId, YoungPersonId
from storage.dialects import write_once
from storage.encryption import Vault
from storage.tables.joining import join_codes, join_tries

LASTS: Final = timedelta(minutes=10)
TRIES_AT_MOST: Final = 5
"""Wrong codes from one phone within ten minutes; after that every code is wrong."""

CODES_ARE_FOR: Final = "join_code"

_LIVE = select(join_codes).where(
    join_codes.c.token_hash == bindparam("hash"),
    join_codes.c.expires_at > bindparam("now"),
)
_TRIES = select(join_tries).where(join_tries.c.young_person == bindparam("person"))


@dataclass(frozen=True)
class WebChat:
    """The web chat that a code was made in, and whose it is."""

    conversation: ConversationId
    young_person: YoungPersonId


@dataclass(frozen=True)
class JoinCodes:
    """Codes, kept as hashes under a key that is not in the database."""

    connection: Connection
    vault: Vault
    clock: Clock

    def make(self, chat: WebChat) -> str:
        """Make the one code of a web chat that works; an older one stops working."""
        now = self.clock()
        self.connection.execute(
            delete(join_codes).where(
                (join_codes.c.conversation == chat.conversation)
                | (join_codes.c.expires_at <= now)
            )
        )
        while True:
            code = f"{secrets.randbelow(1_000_000):06}"
            row = {
                "conversation": chat.conversation,
                "young_person": chat.young_person,
                "token_hash": self._hash(code),
                "expires_at": now + LASTS,
            }
            if write_once(self.connection, join_codes, row):
                return code

    def redeem(self, phone_owner: YoungPersonId, code: str) -> WebChat | None:
        """Find the web chat of a code, which then works no more; None for any other."""
        now = self.clock()
        tries = self._tries(phone_owner, now)
        found = self.connection.execute(
            _LIVE, {"hash": self._hash(code), "now": now}
        ).first()
        works = found is not None and tries < TRIES_AT_MOST
        self._count(phone_owner, 0 if works else tries + 1, now)
        if found is None or not works:
            return None
        self.connection.execute(
            delete(join_codes).where(join_codes.c.conversation == found.conversation)
        )
        return WebChat(found.conversation, found.young_person)

    def _tries(self, person: YoungPersonId, now: datetime) -> int:
        found = self.connection.execute(_TRIES, {"person": person}).first()
        if found is None or found.since + LASTS <= now:
            return 0
        return int(found.tries)

    def _count(self, person: YoungPersonId, tries: int, now: datetime) -> None:
        """Keep the count; the ten minutes run from the first of the wrong codes."""
        values: dict[str, object] = {"tries": tries}
        if tries <= 1:
            values["since"] = now
        changed = self.connection.execute(
            update(join_tries).where(join_tries.c.young_person == person), values
        )
        if changed.rowcount == 0:
            row = {"young_person": person, "tries": tries, "since": now}
            write_once(self.connection, join_tries, row)

    def _hash(self, code: str) -> bytes:
        return self.vault.token_hash(CODES_ARE_FOR, code)
