"""Visits to a plan page, and copies of a plan that phones keep; tokens only hashed."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from foundations.clock import Clock
from foundations.ids import YoungPersonId
from storage.encryption import Sealer
from storage.tables.core import people
from storage.tables.pages import plan_copies, plan_visits

LASTS: Final = timedelta(hours=1)
"""A visit ends an hour after the last thing that was done on the page."""
LONGEST: Final = timedelta(hours=12)

_TOKEN_BYTES = 32
_BY_TOKEN = select(plan_visits.c.young_person).where(
    plan_visits.c.token_hash == bindparam("hash"),
    plan_visits.c.expires_at > bindparam("now"),
    plan_visits.c.began_at > bindparam("latest"),
)


@dataclass(frozen=True)
class PlanVisits:
    """Who is looking at their plan page now, and which phones keep a copy of it."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def begin(self, young_person: YoungPersonId) -> str:
        """Begin a visit and give its token; visits that have ended are removed."""
        now, token = self.clock(), secrets.token_urlsafe(_TOKEN_BYTES)
        self.connection.execute(
            delete(plan_visits).where(
                plan_visits.c.young_person == young_person,
                plan_visits.c.expires_at <= now,
            )
        )
        self.connection.execute(
            insert(plan_visits),
            {
                "token_hash": self._hash("visit", token),
                "young_person": young_person,
                "began_at": now,
                "expires_at": now + LASTS,
            },
        )
        self._was_looked_at(people.c.id == young_person)
        return token

    def visitor(self, token: str) -> YoungPersonId | None:
        """Tell whose plan a visit shows; None when it has ended or never was."""
        now = self.clock()
        asked = {
            "hash": self._hash("visit", token),
            "now": now,
            "latest": now - LONGEST,
        }
        found = self.connection.execute(_BY_TOKEN, asked).scalar()
        return None if found is None else YoungPersonId(found)

    def go_on(self, token: str) -> YoungPersonId | None:
        """Tell whose plan a visit shows, and start its hour anew."""
        visitor = self.visitor(token)
        if visitor is not None:
            self.connection.execute(
                update(plan_visits)
                .where(plan_visits.c.token_hash == self._hash("visit", token))
                .values(expires_at=self.clock() + LASTS)
            )
        return visitor

    def end(self, token: str) -> None:
        """End a visit; its token shows nothing any more."""
        self.connection.execute(
            delete(plan_visits).where(
                plan_visits.c.token_hash == self._hash("visit", token)
            )
        )

    def end_all(self, young_person: YoungPersonId) -> None:
        """End every visit of a person."""
        self.connection.execute(
            delete(plan_visits).where(plan_visits.c.young_person == young_person)
        )

    def keep_copy(self, young_person: YoungPersonId) -> str:
        """Note that a phone keeps a copy; its token shows nothing, it only asks."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self.connection.execute(
            insert(plan_copies),
            {
                "token_hash": self._hash("copy", token),
                "young_person": young_person,
                "kept_at": self.clock(),
            },
        )
        return token

    def may_keep(self, token: str) -> bool:
        """Tell whether the copy with this token may stay where it is.

        It asks when it is opened in signal, so its plan was looked at.
        """
        found = self.connection.execute(
            select(plan_copies.c.young_person).where(
                plan_copies.c.token_hash == self._hash("copy", token)
            )
        )
        owner = found.scalar()
        if owner is not None:
            self._was_looked_at(people.c.id == owner)
        return owner is not None

    def drop_copy(self, token: str) -> None:
        """Note that a phone has removed its copy."""
        self.connection.execute(
            delete(plan_copies).where(
                plan_copies.c.token_hash == self._hash("copy", token)
            )
        )

    def drop_copies(self, young_person: YoungPersonId) -> int:
        """Have every phone remove its copy when it next asks; give how many."""
        dropped = self.connection.execute(
            delete(plan_copies).where(plan_copies.c.young_person == young_person)
        )
        return dropped.rowcount

    def copies(self, young_person: YoungPersonId) -> int:
        """Count the phones that keep a copy."""
        found = self.connection.execute(
            select(plan_copies.c.kept_at).where(
                plan_copies.c.young_person == young_person
            )
        )
        return len(found.all())

    def _was_looked_at(self, whose: ColumnElement[bool]) -> None:
        """Note the day: somebody who looks at their plan is not quiet."""
        today = self.clock().replace(hour=0, minute=0, second=0, microsecond=0)
        self.connection.execute(
            update(people)
            .where(whose, or_(people.c.looked_at.is_(None), people.c.looked_at < today))
            .values(looked_at=today)
        )

    def mark_of(self, young_person: YoungPersonId) -> str:
        """Give what a phone tells its own copy by from another person's."""
        return self.sealer.vault.token_hash("plan_owner", young_person)[:8].hex()

    def _hash(self, purpose: str, token: str) -> bytes:
        return self.sealer.vault.token_hash(f"plan_{purpose}", token)
