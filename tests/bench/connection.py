"""A very small HTTP client: one kept-open connection, so that little is spent here."""

import asyncio
from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What came back: a status and a body."""

    status: int
    body: bytes


class Connection:
    """Makes one request at a time to one port of this machine, from one address."""

    def __init__(self, port: int, comes_from: str = HOST) -> None:
        self._port = port
        self._comes_from = (comes_from, 0)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: bytes, **headers: str) -> Answer:
        """Post and read the whole answer; a closed connection is opened again."""
        return await self._asks("POST", path, body, headers)

    async def get(self, path: str, **headers: str) -> Answer:
        """Get a page and read all of it; a closed connection is opened again."""
        return await self._asks("GET", path, b"", headers)

    def close(self) -> None:
        """Let go of the connection."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _asks(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Answer:
        try:
            return await self._ask(method, path, body, headers)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.close()
            return await self._ask(method, path, body, headers)

    async def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Answer:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                HOST, self._port, local_addr=self._comes_from
            )
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self._port}"]
        lines += [f"{name.replace('_', '-')}: {what}" for name, what in headers.items()]
        lines += [f"Content-Length: {len(body)}", "", ""]
        self._writer.write("\r\n".join(lines).encode() + body)
        return await _answer(self._reader)


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    status = int(head[0].split(" ")[1])
    if fields.get("transfer-encoding") == "chunked":
        return Answer(status, await _chunks(reader))
    return Answer(
        status, await reader.readexactly(int(fields.get("content-length", 0)))
    )


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body
