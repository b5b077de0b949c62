"""A phone in someone's hand: what it sent, what it got, and waiting for the next."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from twilio_stand_in.texts import Text


class Network(Protocol):
    """What a phone is connected to."""

    async def from_phone(self, number: str, body: str, to: str | None) -> None:
        """Carry a text to our number and see it answered."""


@dataclass(frozen=True)
class ReceivedText:
    """One text as it lies on the phone."""

    sid: str
    sender: str
    body: str
    segments: int
    at: datetime


@dataclass
class Phone:
    """One phone; every change to what is on it wakes whoever waits."""

    number: str
    network: Network
    changed: Callable[[], None]
    texts: list[ReceivedText] = field(default_factory=list)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def sends(self, body: str, to: str | None = None) -> None:
        """Text our number; returns when the webhook was answered or given up."""
        await self.network.from_phone(self.number, body, to)

    async def received(self, count: int, within: float = 10.0) -> list[ReceivedText]:
        """Wait until this many texts have arrived in all, and give them.

        Raises:
            TimeoutError: when they do not arrive in `within` seconds.
        """
        async with asyncio.timeout(within), self._arrived:
            await self._arrived.wait_for(lambda: len(self.texts) >= count)
        return list(self.texts)

    async def gets(self, text: Text, at: datetime) -> None:
        """Put a text on the phone."""
        got = ReceivedText(text.sid, text.sender, text.body, text.segments, at)
        async with self._arrived:
            self.texts.append(got)
            self._arrived.notify_all()
        self.changed()
