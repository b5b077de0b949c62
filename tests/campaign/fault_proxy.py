"""A door between two of our processes that can be slow, silent, or slammed shut.

Ours because no kept Python library does it: Toxiproxy's client needs its Go server.
"""

import asyncio
import socket
import struct
from dataclasses import dataclass
from enum import Enum
from typing import Final

HOST: Final = "127.0.0.1"
_CHUNK: Final = 64 * 1024
_RESET: Final = struct.pack("ii", 1, 0)
"""SO_LINGER with no time to linger: closing sends a reset."""


class Fault(str, Enum):
    """What befalls a connection."""

    PASS = "pass"
    DELAY = "delay"
    BLACK_HOLE = "black_hole"
    RESET = "reset"
    HALF_CLOSE = "half_close"
    TRUNCATE = "truncate"
    THROTTLE = "throttle"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Weather:
    """How connections fare from now on; those already open notice at their next bytes.

    `after_bytes` counts both directions of one connection: RESET, HALF_CLOSE and
    TRUNCATE strike when so many have passed. DELAY waits `seconds` before each piece;
    THROTTLE lets `bytes_per_s` through. BLACK_HOLE takes everything and gives nothing.
    """

    fault: Fault = Fault.PASS
    after_bytes: int = 0
    seconds: float = 0.0
    bytes_per_s: int = 0


FAIR: Final = Weather()


class FaultProxy:
    """Listens on a port of its own and passes bytes on to another."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.weather = FAIR
        self._server: asyncio.Server | None = None
        self._open: set[_Connection] = set()
        self._serving: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._taken, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def turn(self, weather: Weather, *, cut: bool = False) -> None:
        """Change the weather; `cut` resets what is open, so that nothing slips by."""
        self.weather = weather
        if cut or weather.fault is Fault.REFUSE:
            self._reset_all()
        if weather.fault is Fault.REFUSE and self._server is not None:
            self._server.close()
            self._server = None
        elif weather.fault is not Fault.REFUSE and self._server is None:
            await self.open()

    async def close(self) -> None:
        """Stop listening and let go of every connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._reset_all()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _reset_all(self) -> None:
        for connection in list(self._open):
            connection.reset()

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
            onward = await asyncio.open_connection(HOST, self.target)
        except OSError:
            _reset(writer)
            return
        connection = _Connection(self, writer, onward[1])
        self._open.add(connection)
        try:
            await asyncio.gather(
                connection.carry(reader, onward[1]),
                connection.carry(onward[0], writer, is_answer=True),
            )
        except (OSError, asyncio.IncompleteReadError):
            connection.reset()
        finally:
            self._open.discard(connection)
            writer.close()
            onward[1].close()


class _Connection:
    """One connection through the door, and how many bytes have passed."""

    def __init__(
        self,
        proxy: FaultProxy,
        near: asyncio.StreamWriter,
        far: asyncio.StreamWriter,
    ) -> None:
        self._proxy = proxy
        self._ends = (near, far)
        self._passed = 0

    def reset(self) -> None:
        for end in self._ends:
            _reset(end)

    async def carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        is_answer: bool = False,
    ) -> None:
        """Carry one direction until its end."""
        while piece := await reader.read(_CHUNK):
            weather = self._proxy.weather
            await self._pass_on(piece, writer, weather, is_answer=is_answer)
        if not writer.is_closing():
            writer.write_eof()

    async def _pass_on(
        self,
        piece: bytes,
        writer: asyncio.StreamWriter,
        weather: Weather,
        *,
        is_answer: bool,
    ) -> None:
        before, self._passed = self._passed, self._passed + len(piece)
        match weather.fault:
            case Fault.PASS:
                await _write(writer, piece)
            case Fault.DELAY:
                await asyncio.sleep(weather.seconds)
                await _write(writer, piece)
            case Fault.BLACK_HOLE:
                return
            case Fault.THROTTLE:
                await _drip(writer, piece, weather.bytes_per_s)
            case Fault.HALF_CLOSE if not is_answer:
                # The far end hears us; we do not hear its answer to the end.
                await _write(writer, piece)
            case Fault.RESET | Fault.REFUSE | Fault.HALF_CLOSE | Fault.TRUNCATE:
                await _write(writer, piece[: max(weather.after_bytes - before, 0)])
                if self._passed > weather.after_bytes:
                    self._strike(weather.fault, writer)

    def _strike(self, fault: Fault, writer: asyncio.StreamWriter) -> None:
        if fault is Fault.TRUNCATE:
            for end in self._ends:
                end.close()
        elif fault is Fault.HALF_CLOSE:
            writer.write_eof()
        else:
            self.reset()


async def _write(writer: asyncio.StreamWriter, piece: bytes) -> None:
    if piece and not writer.is_closing():
        writer.write(piece)
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter, piece: bytes, bytes_per_s: int) -> None:
    step = max(bytes_per_s // 10, 1)
    for at in range(0, len(piece), step):
        await _write(writer, piece[at : at + step])
        await asyncio.sleep(step / bytes_per_s)


def _reset(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    if raw is not None and not writer.is_closing():
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    if writer.transport is not None:
        writer.transport.abort()
