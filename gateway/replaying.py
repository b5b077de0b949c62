"""Replay the spool in order; what the records refuse is set aside and holds up nobody.

It stays sealed in a second spool beside the first. Somebody is told how many there
are, never what they hold, and each is tried again every hour.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from foundations.clock import Clock
from gateway.inbound import Inbound, Sender
from gateway.without_records import from_spool
from storage import DatabaseUnavailable, Spool

log = logging.getLogger("handrail.replaying")

TRIED_AGAIN_EVERY: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=90)
"""As long as a chat's lines: by then nobody is helped by what was said."""


@dataclass(frozen=True)
class SetAside:
    """How many are `kept` because the records refuse them, and how many lines are
    `unreadable`, some of them `new`.
    """

    kept: int
    unreadable: int
    new: int


class Replaying:
    """Brings what waited in the spool into the records, or sets it aside.

    `tell` is handed how many are set aside whenever that is looked at.
    """

    def __init__(
        self,
        spool: Spool,
        set_aside: Spool,
        replay: Callable[[Inbound], Awaitable[object]],
        tell: Callable[[SetAside], Awaitable[None]],
        clock: Clock,
    ) -> None:
        self._spool = spool
        self._set_aside = set_aside
        self._replay = replay
        self._tell = tell
        self._clock = clock
        self._next_try = clock()
        """At once: a new version may hold what the last one did not."""
        self._turn = asyncio.Lock()
        self._told_unreadable = 0

    async def do(self) -> None:
        """Replay what waits, and now and then what was set aside.

        Raises DatabaseUnavailable, or OSError of the disk; then everything stays.
        """
        # Two at once would both set aside what is refused.
        async with self._turn:
            await self._do()

    async def _do(self) -> None:
        before = await self._set_aside.off_loop(self._set_aside.waiting)
        await self._spool.drain(self._take_or_set_aside)
        now = self._clock()
        is_time = not now < self._next_try <= now + TRIED_AGAIN_EVERY
        if is_time:
            await self._try_again()
            self._next_try = now + TRIED_AGAIN_EVERY
        kept = await self._set_aside.off_loop(self._set_aside.waiting)
        unreadable = await self._spool.off_loop(self._spool.unreadable)
        new = max(unreadable - self._told_unreadable, 0)
        if new:
            log.error("lines of the spool that do not open: %d", new)
        if is_time or new or kept != before:
            await self._tell(SetAside(kept, unreadable, new))
        self._told_unreadable = unreadable

    async def _take_or_set_aside(self, record: dict[str, Any]) -> None:
        if not await self._is_taken(record):
            await self._set_aside.off_loop(self._set_aside.append, record)

    async def _try_again(self) -> None:
        """Let go of what is taken now; an outage in the middle changes nothing."""
        done = [
            record
            for record in await self._set_aside.off_loop(self._set_aside.records)
            if self._is_old(record) or await self._is_taken(record)
        ]
        if done:
            await self._set_aside.off_loop(self._set_aside.drop, done.__contains__)
        ends = self._clock() - KEPT_FOR
        await self._spool.off_loop(self._spool.end_unreadable, ends)

    def _is_old(self, record: dict[str, Any]) -> bool:
        inbound = _read(record)
        return inbound is not None and self._clock() - inbound.received_at > KEPT_FOR

    async def _is_taken(self, record: dict[str, Any]) -> bool:
        try:
            await self._replay(from_spool(record))
        except DatabaseUnavailable:
            raise
        except Exception as trouble:
            # The type only: a message could hold what somebody wrote.
            log.error("the records refuse what waited: %s", type(trouble).__name__)
            return False
        return True


async def let_go_of(set_aside: Spool, sender: Sender) -> None:
    """Drop what is set aside of whoever has everything of theirs wiped.

    Raises OSError of the disk; then everything stays.
    """

    def is_theirs(record: dict[str, Any]) -> bool:
        inbound = _read(record)
        return inbound is not None and inbound.sender == sender

    await set_aside.off_loop(set_aside.drop, is_theirs)


def _read(record: dict[str, Any]) -> Inbound | None:
    """Read what this version wrote; None for what another one did."""
    try:
        return from_spool(record)
    except (KeyError, ValueError):
        return None
