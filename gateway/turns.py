"""Whose turn it is to be answered: one message of one person at a time, everywhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from gateway.keyed_locks import KeyedLocks


class BetweenGateways(Protocol):
    """Turns that several gateways share; the end of one gives back what it held."""

    async def take(self, key: str) -> None: ...
    async def let_go(self, key: str) -> None: ...
    async def close(self) -> None: ...


class Turns:
    """One at a time for each key: in this gateway first, then among all of them."""

    def __init__(self, between: BetweenGateways | None = None) -> None:
        self._here = KeyedLocks()
        self._between = between

    @asynccontextmanager
    async def one_at_a_time(self, key: str) -> AsyncIterator[None]:
        """Wait for this key's turn. Raises DatabaseUnavailable when it cannot be had.

        In one gateway whoever asked first comes first; among several nobody knows, so
        whoever has the turn looks for what is older (`Pipeline.answer`).
        """
        async with self._here.one_at_a_time(key):
            if self._between is None:
                yield
                return
            await self._between.take(key)
            try:
                yield
            finally:
                await self._between.let_go(key)

    async def close(self) -> None:
        """Give back everything."""
        if self._between is not None:
            await self._between.close()
