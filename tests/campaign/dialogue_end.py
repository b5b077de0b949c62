"""Stands where Rasa is, and answers as badly as it is told to."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Final

from tests.campaign.fault_proxy import HOST

GOOD: Final = json.dumps(
    {"replies": [{"key": "campaign.said", "text": "I hear you."}]}
).encode()

BAD: Final = {
    "500": (500, b"{}"),
    "an empty list": (200, b"[]"),
    "no replies": (200, b'{"replies": []}'),
    "a page": (200, b"<html><h1>Bad gateway</h1></html>"),
    "half of JSON": (200, GOOD[: len(GOOD) // 2]),
    "5 MB": (200, b'{"replies": [{"key": "k", "text": "' + b"x" * 5_000_000 + b'"}]}'),
    "a number for a text": (200, b'{"replies": [{"key": "k", "text": 7}]}'),
    "a list of nulls": (200, b'{"replies": [null]}'),
    "other people's ids": (200, b'[{"recipient_id": "somebody", "text": "hi"}]'),
}
"""Answers that must never reach anybody, by what is wrong with them."""


@dataclass
class DialogueEnd:
    """A server with Rasa's address for messages; `asked` counts them."""

    port: int = 0
    status: int = 200
    body: bytes = GOOD
    asked: int = 0
    slow_s: float = 0.0
    _server: asyncio.Server | None = None
    _serving: set["asyncio.Task[None]"] = field(default_factory=set)

    async def open(self) -> None:
        """Listen on a free port of this machine."""
        self._server = await asyncio.start_server(self._taken, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening, whoever is waiting."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def answer(self, status: int = 200, body: bytes = GOOD) -> None:
        """Answer like this from now on."""
        self.status, self.body = status, body

    def _taken(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while True:
                await self._one(reader, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    async def _one(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        await reader.readexactly(int(length or 0))
        status, body = 200, b"{}"
        if "/messages" in head.partition("\r\n")[0]:
            self.asked += 1
            await asyncio.sleep(self.slow_s)
            status, body = self.status, self.body
        lines = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
        writer.write(f"{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
