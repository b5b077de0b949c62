"""The far end of every text sent: takes it as Twilio does, and tells who waits.

Far simpler than the stand-in of `make run`, so that little is spent here.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import parse_qs
from uuid import uuid4

from tests.bench.connection import HOST

SILENT_FOR_S = 60.0
"""Longer than anybody waits for an answer."""


class Fault(Enum):
    """What is wrong with a number: it is refused, or nothing is answered at all."""

    REFUSES = "refuses"
    SILENT = "silent"


@dataclass
class TwilioEnd:
    """A server that accepts every text; `taken` counts them.

    `faults` names numbers with which something is wrong; `on_text` is told the number
    and the words of every text that was taken.
    """

    port: int = 0
    taken: int = 0
    faults: dict[str, Fault] = field(default_factory=dict)
    on_text: Callable[[str, str], None] | None = None
    _waiting: dict[str, "asyncio.Event"] = field(default_factory=dict)
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen on a free port of this machine."""
        self._server = await asyncio.start_server(self._serve, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    def next_text_to(self, number: str) -> asyncio.Event:
        """Give what is set as soon as a text to this number is taken."""
        event = self._waiting[number] = asyncio.Event()
        return event

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while True:
                await self._take(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = head.partition("content-length: ")[2].partition("\r\n")[0]
        body = await reader.readexactly(int(length or 0))
        if not head.startswith("post"):
            _answer(writer, "200 OK", {"messages": [], "page_size": 50})
            return
        sent = parse_qs(body.decode())
        match self.faults.get(sent["To"][0]):
            case Fault.REFUSES:
                _answer(writer, "400 Bad Request", {"code": 21211, "status": 400})
            case Fault.SILENT:
                await asyncio.sleep(SILENT_FOR_S)
            case None:
                self._tell(sent["To"][0], sent["Body"][0])
                _answer(writer, "201 Created", _accepted())

    def _tell(self, number: str, body: str) -> None:
        self.taken += 1
        if self.on_text is not None:
            self.on_text(number, body)
        if event := self._waiting.get(number):
            event.set()


def _accepted() -> dict[str, str]:
    return {"sid": f"SM{uuid4().hex}", "status": "queued", "num_segments": "1"}


def _answer(writer: asyncio.StreamWriter, status: str, body: dict[str, object]) -> None:
    content = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
