"""Servers in a test's own process: several side by side, and let go when they end."""

import socket
from typing import Any

from sanic import Sanic
from sanic.router import Router

from tests.done_once import do_once

do_once()


async def serve(app: Any, listening: socket.socket) -> Any:
    """Start one application on a socket that is bound already."""
    # Sanic rewrites its own code for one application; here two share a process.
    app.config.TOUCHUP = False
    # Nobody reads what it says of itself at each start.
    app.config.MOTD = False
    server = await app.create_server(
        sock=listening, return_asyncio_server=True, access_log=False
    )
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    return server


async def let_go(server: Any) -> None:
    """Stop one server, its connections too."""
    await server.before_stop()
    closing = server.close()
    for connection in list(server.connections):
        connection.abort()
    await closing
    await server.after_stop()
    # With Sanic's own memories of it the whole house would stay to the end of a run.
    Sanic.unregister_app(server.app)
    Router.find_route_by_view_name.cache_clear()
    Router.get.cache_clear()
