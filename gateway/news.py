"""Tell whoever waits on a conversation that something was said in it."""

import asyncio
from collections import defaultdict

from foundations.ids import ConversationId


class News:
    """In-process news. `tell` may be called from any thread once `listen_on` was."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: defaultdict[ConversationId, set[asyncio.Event]] = defaultdict(
            set
        )

    def listen_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say which event loop the waiters live on."""
        self._loop = loop

    def tell(self, conversation: ConversationId) -> None:
        """Wake everyone who waits on this conversation."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake, conversation)

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

    def _wake(self, conversation: ConversationId) -> None:
        for event in self._waiting.get(conversation, ()):
            event.set()
