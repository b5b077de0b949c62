"""Requests to Rasa over connections that are kept, each for one request at a time.

A turn asks once, and a client that can do everything took a quarter of the gateway's
time for that: it looks at every connection it has whenever one is wanted.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser


class NotConnected(Exception):
    """Nobody listens there."""


class NoAnswer(Exception):
    """It broke off, or what came is no answer. It has nothing of what was said."""


@dataclass(frozen=True)
class Answered:
    """A status and a whole body."""

    status: int
    body: bytes = field(repr=False)


class KeptConnections:
    """Asks one http address; a request that takes too long ends with its connection."""

    def __init__(
        self, address: str, headers: Mapping[str, str], *, longest_answer: int
    ) -> None:
        """ValueError when the address is not `http://host:port`."""
        parts = urlsplit(address)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError("an address of Rasa is http://host:port")
        self._host, self._port = parts.hostname, parts.port or 80
        lines = [f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in headers.items())]
        self._head = "\r\n".join(lines).encode("ascii")
        self._longest = longest_answer
        self._free: list[_Line] = []

    async def post(self, path: str, body: bytes, *, within_s: float) -> Answered:
        """Post JSON. Raises NotConnected, NoAnswer or TimeoutError."""
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}"
        return await self._ask("POST", path, f"{length}\r\n".encode(), body, within_s)

    async def get(self, path: str, *, within_s: float) -> Answered:
        """Get. Raises NotConnected, NoAnswer or TimeoutError."""
        return await self._ask("GET", path, b"", b"", within_s)

    def close(self) -> None:
        """Let go of the connections that wait."""
        while self._free:
            self._free.pop().end()

    async def _ask(
        self, method: str, path: str, more: bytes, body: bytes, within_s: float
    ) -> Answered:
        start = f"{method} {path} HTTP/1.1\r\n".encode("ascii")
        request = b"".join((start, self._head, b"\r\n", more, b"\r\n", body))
        async with asyncio.timeout(within_s):
            while (line := self._one_that_waits()) is not None:
                try:
                    return await self._over(line, request)
                except _GoneMeanwhile:
                    # The far end let go of it just then: nothing came of it there, or
                    # the same again is known there by its id.
                    continue
            return await self._over(await self._new(), request)

    def _one_that_waits(self) -> "_Line | None":
        while self._free:
            line = self._free.pop()
            if line.is_open:
                return line
        return None

    async def _new(self) -> "_Line":
        loop = asyncio.get_running_loop()
        try:
            _, line = await loop.create_connection(
                lambda: _Line(self._longest), self._host, self._port
            )
        except OSError:
            raise NotConnected from None
        return line

    async def _over(self, line: "_Line", request: bytes) -> Answered:
        try:
            answered = await line.ask(request)
        except BaseException:
            # Also when it is only too late: an answer that comes now is nobody's.
            line.end()
            raise
        if line.is_open:
            self._free.append(line)
        else:
            line.end()
        return answered


class _GoneMeanwhile(NoAnswer):
    """A connection that was used before ended before anything came over it."""


class _Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, longest: int) -> None:
        self.is_open = False
        self._longest = longest
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answered] | None = None
        self._parser: HttpResponseParser | None = None
        self._body: list[bytes] = []
        self._size = 0
        self._has_answered = False
        self._came = False

    async def ask(self, request: bytes) -> Answered:
        """Send a request and wait for all of its answer."""
        self._body, self._size, self._came = [], 0, False
        waiting: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        if self._transport is None or not self.is_open:
            self._fail()
        else:
            self._parser = HttpResponseParser(self)
            self._transport.write(request)
        return await waiting

    def end(self) -> None:
        """Let go at once, and of whatever is still on its way."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def connection_lost(self, exc: Exception | None) -> None:
        """End, whoever ended it."""
        self.is_open = False
        self._fail()
        # The parser holds on to this: no ring is left.
        self._transport = self._parser = None

    def data_received(self, data: bytes) -> None:
        """Read on; what nobody asked for ends it."""
        self._came = True
        if self._parser is None or self._waiting is None:
            self.end()
            return
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self._give_up()

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body, unless it is too much."""
        self._size += len(body)
        if self._size > self._longest:
            self._give_up()
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        """Hand the answer over."""
        parser, waiting = self._parser, self._waiting
        if parser is None or waiting is None:
            return
        self._waiting, self._has_answered = None, True
        self.is_open = self.is_open and parser.should_keep_alive()
        if not waiting.done():
            answered = Answered(parser.get_status_code(), b"".join(self._body))
            waiting.set_result(answered)

    def _give_up(self) -> None:
        self._fail()
        self.end()

    def _fail(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            is_stale = self._has_answered and not self._came
            waiting.set_exception(_GoneMeanwhile() if is_stale else NoAnswer())
