"""The web chat on a real port, in a thread of its own, in front of a fake door."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, TypeVar

from sanic import Sanic
from sanic.response import html

from channels.web_chat.blueprint import blueprint
from channels.web_chat.settings import CrisisNumber, PageSettings, ReachedBy
from tests.done_once import do_once
from tests.web_chat.fake_door import FakeDoor

do_once()

T = TypeVar("T")
_names = count()

# Drama numbers beside the emergency one: the page shows what it is handed.
NUMBERS = (
    CrisisNumber("Emergency", "If someone is in danger now. Day and night.", "999"),
    CrisisNumber(
        "Night line", "To talk about anything. Day and night.", "07700 900123"
    ),
    CrisisNumber(
        "Text line", "To talk without a sound.", "07700 900456", ReachedBy.TEXT
    ),
)


class ServedChat:
    """A running web chat that a test can stop, start again, and talk to."""

    def __init__(self) -> None:
        self.door = FakeDoor()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = PageSettings(
            public_url=self.url,
            crisis_numbers=NUMBERS,
            exit_to=f"{self.url}/weather",
        )
        self.start()

    def start(self) -> None:
        self.run(self._start())

    def stop(self) -> None:
        self.run(self._stop())

    def close(self) -> None:
        self.stop()
        self.run(self.door.give_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def hold_replies(self) -> Callable[[], object]:
        """Make the door slow to answer, until what is returned is called."""
        slow = asyncio.Event()
        self.door.slow = slow
        return lambda: self._loop.call_soon_threadsafe(slow.set)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=20)

    async def _start(self) -> None:
        app = Sanic(f"web-chat-{next(_names)}", configure_logging=False)
        app.config.TOUCHUP = False  # it cannot be done twice in one process
        app.config.REQUEST_MAX_SIZE = 10_000_000
        app.config.KEEP_ALIVE_TIMEOUT = 5
        app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 0.1
        app.blueprint(blueprint(self.door, self.settings))
        app.add_route(_weather, "/weather", name="weather")
        self._app = app
        self._server = await app.create_server(
            host="127.0.0.1", port=self.port, return_asyncio_server=True
        )
        assert self._server is not None
        await self._server.startup()
        await self._server.start_serving()

    async def _stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._server.connections):
            connection.abort()
        await self._server.wait_closed()
        Sanic.unregister_app(self._app)


async def _weather(_request: object) -> object:
    return html("<!doctype html><title>Weather</title><p>Light rain.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
