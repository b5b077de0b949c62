"""Stand-ins for what takes an alert: a mail server, and a system with a webhook."""

import asyncio
import ssl
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """Speaks enough SMTP to take a message; `refuses` turns every recipient away."""

    refuses: bool = False
    taken: list[str] = field(default_factory=list)
    port: int = 0

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 mail.example.org")
        while line := (await reader.readline()).decode().strip():
            match line.split()[0].upper():
                case "RCPT" if self.refuses:
                    await say("550 no such person")
                case "DATA":
                    await say("354 go on")
                    body = await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append(body.decode())
                    await say("250 taken")
                case "QUIT":
                    await say("221 bye")
                    break
                case _:
                    await say("250 ok")
        writer.close()


@dataclass
class HookedSystem:
    """Takes a webhook and answers with `status`; over TLS when it has a certificate."""

    status: int = 204
    tls: ssl.SSLContext | None = None
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""

    async def start(self) -> asyncio.Server:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.tls)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/alerts"
        return server

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value for name, value in lines}
        body = await reader.readexactly(int(headers["content-length"]))
        self.taken.append((headers, body))
        writer.write(
            f"HTTP/1.1 {self.status} Taken\r\ncontent-length: 0\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()


async def closed(server: asyncio.Server) -> None:
    """Stop listening."""
    server.close()
