"""What gateways tell each other by Redis or Valkey: who should look, and who knocked.

Nothing of value is there: a notice is a conversation's id, a count has a sealed name.
When it is away nothing is lost: pages look for themselves, and each gateway counts.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.per_address import Knocks
from foundations.ids import ConversationId, new_id

log = logging.getLogger("handrail.between")

CHANNEL: Final = "handrail:said"
ANSWERS_WITHIN_S: Final = 0.25
"""Longer than this nobody waits to be counted."""
RESTS_S: Final = 2.0
"""How long it is left alone after it did not answer."""
LISTENS_S: Final = 5.0
MOST_WAITING: Final = 10_000

AWAY: Final = (RedisError, OSError, TimeoutError)


class BetweenGateways:
    """Notices and counts of one gateway; `name` seals what must not be readable."""

    def __init__(self, url: str, name: Callable[[str], str], alone: Knocks) -> None:
        """`alone` counts while Redis is away."""
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=ANSWERS_WITHIN_S,
            socket_connect_timeout=ANSWERS_WITHIN_S,
            health_check_interval=10,
        )
        self._listening: Redis = Redis.from_url(url, socket_connect_timeout=2)
        self._name = name
        self._alone = alone
        self._me = new_id()
        self._to_tell: asyncio.Queue[ConversationId] = asyncio.Queue(MOST_WAITING)
        self._rests_until = 0.0
        self.is_heard = False

    def tell(self, conversation: ConversationId) -> None:
        """Have the other gateways' pages look; on the event loop only."""
        # One too many is not told: its page looks for itself in a while.
        with suppress(asyncio.QueueFull):
            self._to_tell.put_nowait(conversation)

    async def run(
        self, said: Callable[[ConversationId], None], missed: Callable[[], None]
    ) -> None:
        """Tell and hear until cancelled.

        `missed` is called whenever hearing begins: what was told before was not heard.
        """
        async with asyncio.TaskGroup() as both:
            both.create_task(self._tell())
            both.create_task(self._hear_for_ever(said, missed))

    async def add(self, group: str, address: str, within: timedelta) -> int:
        """Count a knock for all gateways; alone, while Redis is away."""
        if monotonic() < self._rests_until:
            return await self._alone.add(group, address, within)
        key = f"handrail:knocks:{group}:{self._name(address)}"
        try:
            async with self._redis.pipeline(transaction=True) as both:
                both.set(key, 0, px=within, nx=True)
                both.incr(key)
                _, knocks = await both.execute()
        except AWAY as away:
            self._rest(away)
            return await self._alone.add(group, address, within)
        return int(knocks)

    async def close(self) -> None:
        """Let go of the connections."""
        for one in (self._redis, self._listening):
            with suppress(*AWAY):
                await one.aclose()

    async def _tell(self) -> None:
        while True:
            conversation = await self._to_tell.get()
            if monotonic() < self._rests_until:
                continue
            try:
                await self._redis.publish(CHANNEL, f"{self._me}:{conversation}")
            except AWAY as away:
                self._rest(away)

    async def _hear_for_ever(
        self, said: Callable[[ConversationId], None], missed: Callable[[], None]
    ) -> None:
        while True:
            try:
                await self._hear(said, missed)
            except AWAY as away:
                self._rest(away)
            finally:
                self.is_heard = False
            await asyncio.sleep(RESTS_S)

    async def _hear(
        self, said: Callable[[ConversationId], None], missed: Callable[[], None]
    ) -> None:
        async with self._listening.pubsub() as pubsub:
            await pubsub.subscribe(CHANNEL)
            while True:
                found = await pubsub.get_message(timeout=LISTENS_S)
                if found is None:
                    # A dead line is silent too: a live one answers this.
                    async with asyncio.timeout(LISTENS_S):
                        await pubsub.ping()
                elif found["type"] == "subscribe":
                    self.is_heard = True
                    missed()
                elif found["type"] == "message":
                    sender, _, conversation = found["data"].decode().partition(":")
                    if sender != self._me:
                        said(ConversationId(conversation))

    def _rest(self, away: Exception) -> None:
        log.warning("the line between gateways is away: %s", type(away).__name__)
        self._rests_until = monotonic() + RESTS_S
