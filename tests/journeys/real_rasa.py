"""The real Rasa beside a running gateway, as the supervisor starts it."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from foundations.clock import Clock, utc_now
from runtime import model
from runtime.settings import Settings
from runtime.supervisor import rasa
from tests.journeys.handrail import Handrail, free_port, start, stop

WITHIN_S = 240


@contextmanager
def with_real_rasa(home: Path, clock: Clock = utc_now) -> Iterator[Handrail]:
    """Give a Handrail whose dialogue is a real Rasa, trained if need be."""
    trained = model.make_ready()
    handrail = start(
        home,
        clock=clock,
        rasa_port=free_port(),
        rasa_secret=SecretStr(secrets.token_hex(16)),
        rasa_deadline_s=30.0,
    )
    keeping = handrail.thread.do(_keep_rasa(handrail.house.settings, trained), WITHIN_S)
    try:
        yield handrail
    finally:
        keeping.cancel()
        handrail.thread.do(_gone(keeping))
        stop(handrail)


async def _keep_rasa(settings: Settings, trained: Path) -> "asyncio.Task[None]":
    watched = rasa(settings, settings.home, trained)
    keeping = asyncio.create_task(watched.keep_alive())
    async with asyncio.timeout(WITHIN_S):
        await watched.ready.wait()
    return keeping


async def _gone(keeping: "asyncio.Task[None]") -> None:
    await asyncio.gather(keeping, return_exceptions=True)
