"""Running a web server on this machine for as long as a test lasts."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sanic import Sanic


def loopback_socket() -> socket.socket:
    """Take a free port on this machine; its address is known before any server is."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    return taken


def address_of(taken: socket.socket) -> str:
    """Give the http address of a port that was taken."""
    host, port = taken.getsockname()
    return f"http://{host}:{port}"


@asynccontextmanager
async def serving(app: Sanic[Any, Any], on: socket.socket) -> AsyncIterator[str]:
    """Serve an app in this event loop, and give its address."""
    # Sanic rewrites its own methods for the first app it starts, which cannot be
    # done again for a second one in the same process.
    app.config.TOUCHUP = False
    server: Any = await app.create_server(
        sock=on, return_asyncio_server=True, access_log=False
    )
    await server.startup()
    await server.before_start()
    await server.after_start()
    await server.start_serving()
    try:
        yield address_of(on)
    finally:
        await server.before_stop()
        closed = server.close()
        for connection in list(server.connections):
            # Callers keep connections open, and a closing server waits for them.
            connection.abort()
        await closed
        await server.after_stop()
