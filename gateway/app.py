"""The Sanic application: blueprints, limits, and what runs beside the requests."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.blueprint_group import BlueprintGroup
from sanic.exceptions import SanicException
from sanic.response import empty

log = logging.getLogger("handrail.gateway")

LARGEST_BODY: Final = 4 * 1024 * 1024
"""Rasa's action calls carry a tracker; outside routes have smaller limits."""

Background = Callable[[], Awaitable[None]]


def make_app(
    blueprints: Sequence[Blueprint | BlueprintGroup],
    *,
    background: Sequence[Background],
    at_start: Callable[[asyncio.AbstractEventLoop], Awaitable[None]],
    at_stop: Callable[[], Awaitable[None]],
    name: str = "handrail",
) -> Sanic[Any, Any]:
    """Put the parts on one server. Nothing starts until the server does."""
    app = Sanic(name, configure_logging=False)
    app.config.update(
        ACCESS_LOG=False,
        REQUEST_MAX_SIZE=LARGEST_BODY,
        REQUEST_TIMEOUT=10,
        RESPONSE_TIMEOUT=35,
        KEEP_ALIVE_TIMEOUT=65,
        GRACEFUL_SHUTDOWN_TIMEOUT=3,
        FALLBACK_ERROR_FORMAT="text",
        OAS=False,
    )
    for blueprint in blueprints:
        app.blueprint(blueprint)
    app.exception(Exception)(_silent)
    _run_beside(app, background, at_start, at_stop)
    return app


async def _silent(_request: Request, problem: Exception) -> HTTPResponse:
    """Answer a refusal with its status and nothing of what was sent."""
    if isinstance(problem, SanicException):
        return empty(problem.status_code)
    log.error("request failed: %s", type(problem).__name__)
    return empty(503)


def _run_beside(
    app: Sanic[Any, Any],
    background: Sequence[Background],
    at_start: Callable[[asyncio.AbstractEventLoop], Awaitable[None]],
    at_stop: Callable[[], Awaitable[None]],
) -> None:
    running: set[asyncio.Task[None]] = set()

    @app.before_server_start
    async def start(_app: Sanic[Any, Any]) -> None:
        await at_start(asyncio.get_running_loop())
        for work in background:
            running.add(asyncio.create_task(_again_and_again(work)))

    @app.after_server_stop
    async def stop(_app: Sanic[Any, Any]) -> None:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await at_stop()


async def _again_and_again(work: Background) -> None:
    """Background work never ends quietly: its fault is named, and it starts again."""
    while True:
        try:
            await work()
        except Exception as trouble:
            log.error("background work failed: %s", type(trouble).__name__)
            await asyncio.sleep(1)
