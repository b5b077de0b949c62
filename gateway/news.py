"""Tell whoever waits on a conversation that something was said in it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from time import monotonic
from typing import Final, Protocol

from foundations.ids import ConversationId

QUIET_S: Final = 60.0
"""How long nothing new is taken on trust: then whoever waits looks for themselves.

It bounds what a page misses when another process wrote and told nobody here.
"""


LOOKS_ANYWAY_S: Final = 2.0
"""How long a page waits at most while other gateways cannot be heard."""


class OtherGateways(Protocol):
    """The line to other gateways, where there are any."""

    is_heard: bool

    def tell(self, conversation: ConversationId) -> None: ...


class News:
    """News of this gateway, and of `others` if there are any.

    `tell` may be called from any thread once `listen_on` was.

    Two thousand open pages ask again every twenty seconds. So it is kept for a minute
    that a conversation had nothing new after a message; anything said there ends it.
    """

    def __init__(
        self,
        monotonic_s: Callable[[], float] = monotonic,
        others: OtherGateways | None = None,
    ) -> None:
        self._now_s = monotonic_s
        self._others = others
        self._loop: asyncio.AbstractEventLoop | None = None
        self._quiet: dict[ConversationId, tuple[str, float]] = {}
        self._waiting: defaultdict[ConversationId, set[asyncio.Event]] = defaultdict(
            set
        )

    def listen_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say which event loop the waiters live on."""
        self._loop = loop

    def tell(self, conversation: ConversationId) -> None:
        """Wake everyone who waits on this conversation."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._tell, conversation)

    def hear(self, conversation: ConversationId) -> None:
        """Wake them because another gateway said so; on the event loop only."""
        self._wake(conversation)

    def missed(self) -> None:
        """Wake everyone: what other gateways said was not heard for a while."""
        self._quiet.clear()
        for conversation in self._waiting:
            self._wake(conversation)

    def longest_wait(self, seconds: float) -> float:
        """Give how long to wait for news at most, of those seconds."""
        return seconds if self._hears_all else min(seconds, LOOKS_ANYWAY_S)

    def subscribe(self, conversation: ConversationId) -> asyncio.Event:
        """Give an event to wait on; hand it back with `unsubscribe`."""
        event = asyncio.Event()
        self._waiting[conversation].add(event)
        return event

    def unsubscribe(self, conversation: ConversationId, event: asyncio.Event) -> None:
        """Forget a waiter."""
        self._waiting[conversation].discard(event)
        if not self._waiting[conversation]:
            del self._waiting[conversation]

    def was_quiet(self, conversation: ConversationId, after: str | None) -> bool:
        """Say whether it was just seen that nothing comes after this message."""
        if not self._hears_all:
            return False
        self._forget_what_is_old()
        known = self._quiet.get(conversation)
        return known is not None and known[0] == after

    def note_quiet(self, conversation: ConversationId, after: str | None) -> None:
        """Keep that a look found nothing after this message.

        Only for a look begun after `subscribe`, and when its event is not set: what is
        said from then on is told here.
        """
        self._quiet.pop(conversation, None)
        if after is not None:
            self._quiet[conversation] = (after, self._now_s() + QUIET_S)

    @property
    def _hears_all(self) -> bool:
        return self._others is None or self._others.is_heard

    def _tell(self, conversation: ConversationId) -> None:
        self._wake(conversation)
        if self._others is not None:
            self._others.tell(conversation)

    def _forget_what_is_old(self) -> None:
        now_s = self._now_s()
        while self._quiet:
            conversation, (_, until_s) = next(iter(self._quiet.items()))
            if until_s > now_s:
                break
            del self._quiet[conversation]

    def _wake(self, conversation: ConversationId) -> None:
        self._quiet.pop(conversation, None)
        for event in self._waiting.get(conversation, ()):
            event.set()
