"""People who text again and again, as they do whatever becomes of the gateway."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from tests.campaign.night import CRISIS, ORDINARY, Night

PAUSE_S: Final = 0.1


@asynccontextmanager
async def people_texting(here: Night, people: int) -> AsyncIterator[None]:
    """Let so many people text until the block ends, then wait for their last answer.

    While the gateway is away nobody begins a text: those under way when it stopped
    are what is looked at, not how many a second Twilio's fallback can answer.
    """
    over = asyncio.Event()

    async def talks() -> None:
        while not over.is_set():
            sender = here.person()
            for body in (ORDINARY, "WHO", CRISIS):
                await here.door.ready.wait()
                await here.text(sender, body)
                await asyncio.sleep(PAUSE_S)

    talking = [asyncio.create_task(talks()) for _ in range(people)]
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(*talking)
