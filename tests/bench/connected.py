"""Two thousand open chats on one gateway process, two hundred of which talk.

`python -m tests.bench.live --only connected`: every chat has a page that listens as the
real page does. Those who talk say free text to the real Rasa, with a pause before each
message. As the page does, they ask to be told once it is written down: that, or its
answer when it comes sooner, is the acknowledgement. Memory is the gateway's own (its
resident set), after a warm-up.
"""

import asyncio
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Final

from tests.bench.connection import Connection
from tests.bench.measuring import Amount, measure
from tests.bench.people import WebPerson, writes
from tests.bench.promises import Promise, percentile, spread
from tests.bench.services import Running, handrail
from tests.bench.talks import HANDRAIL, WITHOUT_RASA
from tests.bench.twilio_end import TwilioEnd

CONNECTED: Final = 2000
ACTIVE: Final = 200
PAUSE_S: Final = 15.0
"""Between an answer and the next message, on average: to read it and to type."""
AT_ONCE: Final = 20
WAIT_S: Final = 25
"""How long the page asks to wait for news."""
SETTLE_S: Final = 2.5 * WAIT_S
"""So that every page has come, and has asked at least twice."""
WARM_S: Final = 20.0
LASTS_S: Final = 90.0
P99_MS: Final = 300.0
IDLE_KB: Final = 60.0


async def promises(quick: bool) -> list[Promise]:
    """Connect everybody, weigh the gateway, then let some of them talk."""
    far_end = TwilioEnd()
    await far_end.open()
    connected, active, lasts = (
        (100, 10, 20.0) if quick else (CONNECTED, ACTIVE, LASTS_S)
    )
    async with handrail(far_end.port, with_rasa=True) as ours:
        await measure([WebPerson(ours.port, n, 8) for n in range(8)], Amount(100))
        before = resident_kb(ours)
        chats = await _opened(ours.port, connected)
        pages = [asyncio.create_task(chat.listens()) for chat in chats]
        await asyncio.sleep(SETTLE_S)
        idle = (resident_kb(ours) - before) / connected
        begins = perf_counter() + WARM_S
        talking = chats[:active]
        async with asyncio.timeout(lasts + WARM_S + 120):
            await asyncio.gather(
                *(each.talks(begins, begins + lasts) for each in talking)
            )
        after = resident_kb(ours)
        _look_at(pages)
    far_end.close()
    took = [spent for chat in talking for spent in chat.took]
    faults = sum(chat.faults for chat in talking)
    return [
        Promise(
            f"messages acknowledged, {active} active of {connected} connected chats",
            f"p99 under {P99_MS:.0f} ms",
            f"{spread(took, 'ms')}, {len(took) / lasts:.0f} a second, {faults} faults",
            percentile(took, 99) < P99_MS and not faults,
        ),
        Promise(
            f"memory for each idle chat, {connected} connected",
            f"under {IDLE_KB:.0f} kB",
            f"{idle:.0f} kB; the gateway held {before / 1024:.0f} MB before, "
            f"{after / 1024:.0f} MB at the end",
            idle < IDLE_KB,
        ),
    ]


@dataclass
class Chat:
    """One open chat: a page that listens, and perhaps somebody who talks."""

    port: int
    token: str
    cursor: str
    took: list[float] = field(default_factory=list)
    faults: int = 0

    async def listens(self) -> None:
        """Ask for what is new, again and again, from the last thing seen."""
        connection = Connection(self.port)
        # People open a chat when they do, and not all in one moment.
        await asyncio.sleep(random.uniform(0, WAIT_S))
        while True:
            answer = await connection.get(
                f"/api/chat/messages?wait={WAIT_S}&after={self.cursor}",
                Authorization=f"Bearer {self.token}",
            )
            said = json.loads(answer.body)["messages"]
            self.cursor = said[-1]["id"] if said else self.cursor
            self.faults += WITHOUT_RASA in answer.body

    async def talks(self, begins: float, ends: float) -> None:
        """Say the next thing after each answer; the warm-up does not count."""
        connection = Connection(self.port)
        number = random.randrange(len(HANDRAIL))
        await asyncio.sleep(random.uniform(0, PAUSE_S))
        while (begun := perf_counter()) < ends:
            text = HANDRAIL[number % len(HANDRAIL)]
            answer = await writes(connection, self.token, text, waits=False)
            spent = (perf_counter() - begun) * 1000
            number += 1
            if begun >= begins:
                self._count(answer.status, spent)
            pause = random.expovariate(1 / PAUSE_S)
            await asyncio.sleep(min(pause, max(0.0, ends - perf_counter())))
        connection.close()

    def _count(self, status: int, spent: float) -> None:
        if status in (200, 202):
            self.took.append(spent)
        else:
            self.faults += 1


def resident_kb(ours: Running) -> float:
    """Read how much memory the gateway holds, in kB."""
    status = Path(f"/proc/{ours.process}/status").read_text(encoding="ascii")
    return float(status.partition("VmRSS:")[2].split()[0])


async def _opened(port: int, how_many: int) -> list[Chat]:
    """Open chats as the page does, a few at once."""

    async def some(portion: range) -> list[Chat]:
        connection, opened = Connection(port), []
        for _ in portion:
            answer = await connection.post(
                "/api/chat", b'{"link":"demo"}', Content_Type="application/json"
            )
            chat = json.loads(answer.body)
            opened.append(Chat(port, chat["token"], chat["messages"][-1]["id"]))
        connection.close()
        return opened

    each = how_many // AT_ONCE
    found = await asyncio.gather(*(some(range(each)) for _ in range(AT_ONCE)))
    return [chat for portion in found for chat in portion]


def _look_at(pages: list["asyncio.Task[None]"]) -> None:
    """Stop listening; a page that stopped by itself had trouble."""
    for page in pages:
        if page.done():
            page.result()
        page.cancel()
