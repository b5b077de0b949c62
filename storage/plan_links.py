"""Private links to a plan page: few uses, a day long, and a PIN if one was set."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from foundations.clock import Clock
from foundations.ids import YoungPersonId
from foundations.saying import Channel
from storage.encryption import Sealer
from storage.plan_visits import PlanVisits
from storage.tables.pages import plan_links, plan_pins

TOKEN_BYTES: Final = 16
_SALT_BYTES: Final = 16
"""128 bits: a link cannot be found by guessing."""

LASTS: Final = timedelta(hours=24)
MOST_OPENED: Final = 3
"""A message app's own browser, the phone's real one, and once more."""
MOST_WRONG_PINS: Final = 5

_NO_SALT: Final = "0" * 32
_BY_TOKEN = (
    select(plan_links.c.young_person, plan_pins.c.salt, plan_pins.c.pin_hash)
    .outerjoin(plan_pins, plan_pins.c.young_person == plan_links.c.young_person)
    .where(plan_links.c.token_hash == bindparam("hash"))
)
# Counted where it is stored, so that guesses sent together are counted one by one.
_COUNT = (
    update(plan_links)
    .where(
        plan_links.c.token_hash == bindparam("hash"),
        plan_links.c.expires_at > bindparam("now"),
        plan_links.c.opened < MOST_OPENED,
        plan_links.c.wrong_pins < MOST_WRONG_PINS,
    )
    .values(
        opened=plan_links.c.opened + bindparam("opens"),
        wrong_pins=plan_links.c.wrong_pins + bindparam("wrong"),
    )
)


@dataclass(frozen=True)
class PlanLinks:
    """Links and PINs; tokens and PINs are kept as keyed hashes only."""

    connection: Connection
    sealer: Sealer
    clock: Clock
    visits: PlanVisits

    def make(self, young_person: YoungPersonId, channel: Channel) -> str:
        """Make a link's token for a person who asked on their own channel.

        It takes the place of an earlier link. When that was locked, the PIN goes as
        well: whoever holds the channel can read the plan there, so it may be chosen
        anew, and nobody is locked out of their own plan.
        """
        mine = plan_links.c.young_person == young_person
        locked = plan_links.c.wrong_pins >= MOST_WRONG_PINS
        if self.connection.execute(select(plan_links).where(mine, locked)).first():
            self.drop_pin(young_person)
        self.connection.execute(delete(plan_links).where(mine))
        token, now = secrets.token_hex(TOKEN_BYTES), self.clock()
        self.connection.execute(
            insert(plan_links),
            {
                "token_hash": self._hash(token),
                "young_person": young_person,
                "channel": channel.value,
                "made_at": now,
                "expires_at": now + LASTS,
                "opened": 0,
                "wrong_pins": 0,
            },
        )
        return token

    def open(self, token: str, pin: str) -> str | None:
        """Exchange a link for a visit's token; None for every kind of no.

        Wrong, old, used up, locked, or a wrong PIN: the same statements are run and
        the same answer given, so that nothing can be learnt from trying.
        """
        hashed = self._hash(token)
        found = self.connection.execute(_BY_TOKEN, {"hash": hashed}).first()
        salt, kept = (found.salt, found.pin_hash) if found else (None, None)
        given = self._pin_hash(salt or _NO_SALT, pin)
        is_right = hmac.compare_digest(given if kept is None else kept, given)
        counted = self.connection.execute(
            _COUNT,
            {
                "hash": hashed,
                "now": self.clock(),
                "opens": int(is_right),
                "wrong": int(not is_right),
            },
        )
        if found is None or counted.rowcount != 1 or not is_right:
            return None
        return self.visits.begin(YoungPersonId(found.young_person))

    def set_pin(self, young_person: YoungPersonId, pin: str) -> None:
        """Have links ask for this PIN from now on."""
        self.drop_pin(young_person)
        salt = secrets.token_hex(_SALT_BYTES)
        self.connection.execute(
            insert(plan_pins),
            {
                "young_person": young_person,
                "salt": salt,
                "pin_hash": self._pin_hash(salt, pin),
                "set_at": self.clock(),
            },
        )

    def drop_pin(self, young_person: YoungPersonId) -> None:
        """Have links ask for no PIN."""
        self.connection.execute(
            delete(plan_pins).where(plan_pins.c.young_person == young_person)
        )

    def has_pin(self, young_person: YoungPersonId) -> bool:
        """Tell whether links ask for a PIN."""
        found = self.connection.execute(
            select(plan_pins.c.set_at).where(plan_pins.c.young_person == young_person)
        )
        return found.first() is not None

    def _hash(self, token: str) -> bytes:
        return self.sealer.vault.token_hash("plan_link", token)

    def _pin_hash(self, salt: str, pin: str) -> bytes:
        return self.sealer.vault.token_hash("plan_pin", f"{salt}\0{pin}")
