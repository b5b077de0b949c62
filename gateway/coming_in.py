"""What is being written down now; finding answers makes way for it when it is slow."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

SLOW_S: Final = 0.1
"""Seconds after which somebody who texts has waited too long to be written down."""
MAKES_WAY_S: Final = 1.0
"""Seconds for which one answer makes way at the most: answers go on in any flood."""
LOOKS: Final = 20
STANDS_STILL_S: Final = 1.0
"""Seconds without a message written down after which the records are not only slow."""


class ComingIn:
    """Since when each message that is being received has waited."""

    def __init__(self) -> None:
        self._since: dict[object, float] = {}
        self._last_in = float("-inf")

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one message for as long as this lasts."""
        message = object()
        self._since[message] = monotonic()
        try:
            yield
        finally:
            del self._since[message]

    def went_in(self) -> None:
        """Be told that a message was written down."""
        self._last_in = monotonic()

    def goes_on(self) -> bool:
        """Tell whether messages are being written down, however slowly."""
        return monotonic() - self._last_in < STANDS_STILL_S

    def is_slow(self) -> bool:
        """Tell whether the one that has waited longest has waited too long."""
        oldest = next(iter(self._since.values()), None)
        return oldest is not None and monotonic() - oldest > SLOW_S

    async def make_way(self) -> None:
        """Wait while it is slow, but not for ever."""
        for _ in range(LOOKS):
            if not self.is_slow():
                return
            await asyncio.sleep(MAKES_WAY_S / LOOKS)
