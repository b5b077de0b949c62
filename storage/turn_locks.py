"""Whose turn it is, between several gateways on one PostgreSQL.

A turn is an advisory lock of a session: nothing is written, and the server gives it
back by itself when the gateway that held it is gone (`kill -9`, a power cut).
"""

import asyncio
import hashlib
import logging
import struct
import time
from typing import Any, Final

import psycopg
from sqlalchemy import URL

from storage.engines import database_url
from storage.errors import DatabaseUnavailable, Outage

log = logging.getLogger("handrail.turns")

LONGEST_WAIT_S: Final = 30.0
"""Far longer than any answer takes; who still waits then is answered by the sweep."""
FIRST_LOOK_AFTER_S: Final = 0.02
LOOK_EVERY_S: Final = 0.25
NOTICED_GONE: Final = (
    "-c idle_session_timeout=0 -c statement_timeout=4000"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
"""A machine that vanished without a word holds its turns for 20 seconds."""

_TAKE: Final = "SELECT pg_try_advisory_lock(%s)"
_LET_GO: Final = "SELECT pg_advisory_unlock(%s)"


class TurnLocks:
    """Turns held on one connection of their own, which looks after itself.

    Only for one event loop. A key must not be taken twice by the same gateway at once:
    to the server, one connection is one holder.
    """

    def __init__(self, url: str, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self._url = database_url(url)
        self._longest_wait_s = longest_wait_s
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._opening = asyncio.Lock()
        self._held: dict[str, psycopg.AsyncConnection[Any]] = {}

    async def take(self, key: str) -> None:
        """Wait until nobody else holds this key, then hold it.

        Raises DatabaseUnavailable without the server, or after `longest_wait_s`.
        """
        pause, until = FIRST_LOOK_AFTER_S, time.monotonic() + self._longest_wait_s
        # Not cut short by a timeout: a try that was cancelled may have taken it.
        while not await self._is_taken(key):
            if time.monotonic() > until:
                raise DatabaseUnavailable(Outage.LOCKED)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LOOK_EVERY_S)

    async def let_go(self, key: str) -> None:
        """Give a key back; when its connection was lost the server has done so."""
        held_on = self._held.pop(key)
        try:
            await held_on.execute(_LET_GO, (_number(key),))
        except psycopg.Error as trouble:
            log.warning("turn given back by its end: %s", type(trouble).__name__)
            # A connection that cannot unlock must not go on holding.
            await held_on.close()

    async def close(self) -> None:
        """Let go of the connection, and of every turn with it."""
        if self._connection is not None:
            await self._connection.close()

    async def _is_taken(self, key: str) -> bool:
        """Try to take a key; a connection that was lost meanwhile is replaced, once."""
        for _ in range(2):
            connection = await self._open()
            try:
                found = await connection.execute(_TAKE, (_number(key),))
                taken = await found.fetchone()
            except psycopg.Error as trouble:
                log.warning("turns: %s", type(trouble).__name__)
                await connection.close()
                continue
            if taken is not None and taken[0]:
                self._held[key] = connection
                return True
            return False
        raise DatabaseUnavailable(Outage.LOST)

    async def _open(self) -> psycopg.AsyncConnection[Any]:
        async with self._opening:
            if self._connection is None or self._connection.closed:
                try:
                    self._connection = await _connect(self._url)
                except psycopg.Error:
                    raise DatabaseUnavailable(Outage.REFUSED) from None
            return self._connection


async def _connect(url: URL) -> psycopg.AsyncConnection[Any]:
    plain = url.set(drivername="postgresql")
    return await psycopg.AsyncConnection.connect(
        plain.render_as_string(hide_password=False),
        autocommit=True,
        application_name="handrail turns",
        connect_timeout=3,
        tcp_user_timeout=5000,
        options=NOTICED_GONE,
    )


def _number(key: str) -> int:
    """Give the 64 bits that stand for a key."""
    number: int = struct.unpack(">q", hashlib.sha256(key.encode()).digest()[:8])[0]
    return number
