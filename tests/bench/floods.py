"""A flood from one number, and from one address, beside somebody else in a crisis."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Final

from tests.bench.connection import Connection
from tests.bench.people import Line, texts, writes
from tests.bench.promises import Promise, spread
from tests.bench.services import handrail
from tests.bench.talks import CRISIS, HANDRAIL, NUMBERS, phone
from tests.bench.twilio_end import TwilioEnd

AT_ONCE: Final = 16
"""How many requests the flood keeps under way."""
LASTS_S: Final = 30.0
EVERY_S: Final = 0.5
NEVER_ABOVE_MS: Final = 1000.0
ELSEWHERE: Final = "127.0.0.9"
"""The flood's own address; whoever is in a crisis has another."""

Flood = Callable[[Connection, Line, int], Awaitable[int]]
"""Makes one more request of it, and gives its status."""


async def promises(quick: bool) -> list[Promise]:
    """Measure one flood after the other, each on a gateway of its own, Rasa stopped."""
    lasts_s = 5.0 if quick else LASTS_S
    return [
        await _beside("one number", _texting, lasts_s),
        await _beside("one address", _chatting, lasts_s),
    ]


async def _beside(whose: str, flood: Flood, lasts_s: float) -> Promise:
    far_end = TwilioEnd()
    await far_end.open()
    statuses: dict[int, int] = {}
    async with handrail(far_end.port, with_rasa=False) as ours:
        over = asyncio.Event()

        async def floods(place: int) -> None:
            connection = Connection(ours.port, ELSEWHERE)
            number = place
            while not over.is_set():
                status = await flood(connection, ours.line, number)
                statuses[status] = statuses.get(status, 0) + 1
                number += AT_ONCE
            connection.close()

        flooding = [asyncio.create_task(floods(place)) for place in range(AT_ONCE)]
        took = await _in_a_crisis(ours.line, lasts_s)
        over.set()
        await asyncio.gather(*flooding)
    far_end.close()
    answers = ", ".join(f"{n} x {status}" for status, n in sorted(statuses.items()))
    return Promise(
        f"others' crisis replies beside a flood from {whose}",
        f"never above {NEVER_ABOVE_MS:.0f} ms",
        f"{spread(took, 'ms')}, longest {max(took):.0f} ms; the flood, {AT_ONCE} at "
        f"once: {sum(statuses.values()) / lasts_s:.0f} a second ({answers})",
        max(took) < NEVER_ABOVE_MS,
    )


async def _in_a_crisis(line: Line, lasts_s: float) -> list[float]:
    """Text from another phone each time, and give the ms to the words.

    Raises AssertionError when the words did not come.
    """
    connection, begun = Connection(line.port), perf_counter()
    took: list[float] = []
    while (at := perf_counter()) < begun + lasts_s:
        number = 1 + len(took) % (NUMBERS - 1)
        answer = await texts(connection, line, phone(number), CRISIS[number % 3])
        took.append((perf_counter() - at) * 1000)
        assert b"<Message" in answer.body, answer.status
        await asyncio.sleep(EVERY_S)
    connection.close()
    return took


async def _texting(connection: Connection, line: Line, number: int) -> int:
    text = HANDRAIL[number % len(HANDRAIL)]
    return (await texts(connection, line, phone(0), text)).status


async def _chatting(connection: Connection, line: Line, number: int) -> int:
    """Open a chat and say something in it; a refused one says nothing."""
    opened = await connection.post(
        "/api/chat", b'{"link":"demo"}', Content_Type="application/json"
    )
    if opened.status != 200:
        return opened.status
    token, text = json.loads(opened.body)["token"], HANDRAIL[number % len(HANDRAIL)]
    return (await writes(connection, token, text, waits=False)).status
