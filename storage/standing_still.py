"""The event loop stands still while SQLite's statements run.

Every statement lets go of the interpreter and takes it again behind whoever computes.
Two threads that both compute are slower than one after the other: a text's statements
cost up to twice what they cost alone, and so do the texts that the loop is busy with.
While the disk takes the commit, the loop goes on.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

COMES_WITHIN_S: Final = 0.03
"""How long statements wait for the loop to end what it is at."""

STANDS_AT_MOST_S: Final = 0.05
"""How long the loop stands; what takes longer runs beside it, as on a server."""


class StandingStill:
    """Stops one loop for the length of a block in another thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._stands = threading.Event()
        self._over = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Run a block while the loop stands still, or beside it if it cannot."""
        self._stands.clear()
        self._over.clear()
        try:
            self.loop.call_soon_threadsafe(self._stand)
        except RuntimeError:
            # A loop that is closed computes nothing.
            yield
            return
        self._stands.wait(COMES_WITHIN_S)
        try:
            yield
        finally:
            self._over.set()

    def _stand(self) -> None:
        self._stands.set()
        self._over.wait(STANDS_AT_MOST_S)
