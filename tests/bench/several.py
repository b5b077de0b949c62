"""`make load-several`: gateways side by side, one killed, into docs/load_several.md.

`--only stopped` tries one part and writes nothing; `--quick` tries with little.
"""

import asyncio
import json
import os
import random
import signal
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from runtime.settings import ROOT
from tests.bench.connection import Answer, Connection
from tests.bench.measuring import Amount, measure
from tests.bench.people import PersonInCrisis
from tests.bench.promises import Promise, spread
from tests.bench.run_parts import Page, Part, arguments, run
from tests.bench.several_services import several
from tests.bench.twilio_end import TwilioEnd
from tests.storage.postgres import running_postgres

PAGE: Final = Page(
    "make load-several",
    ROOT / "docs" / "load_several.md",
    Path(__file__).with_name("several_page.md"),
)
SIDE_BY_SIDE: Final = (1, 2, 4)
PEOPLE: Final = 32
AMOUNT: Final = Amount(3000, within_s=20)
CHATS: Final = 60
LASTS_S: Final = 30.0
STOPPED_AFTER_S: Final = 8.0
PAUSE_S: Final = 1.5
WAIT_S: Final = 5
SAID: Final = "i want to die"


async def side_by_side(quick: bool) -> list[Promise]:
    """Measure crisis texts through nginx with one, two and four gateways."""
    amount = Amount(200) if quick else AMOUNT
    found = []
    with running_postgres() as postgres:
        for how_many in SIDE_BY_SIDE:
            far_end = TwilioEnd()
            await far_end.open()
            async with several(how_many, postgres, far_end.port) as ours:
                crowd = partial(PersonInCrisis, ours.line)
                one = await measure([crowd(n, PEOPLE) for n in range(PEOPLE)], amount)
                recorded = await ours.records.settled("escalations", one.messages)
            far_end.close()
            found.append(
                Promise(
                    f"crisis texts, gateways: {how_many}, {PEOPLE} people at once",
                    "every one recorded",
                    f"{one.a_second:.0f} a second, p50 {one.p50:.0f}, p99 "
                    f"{one.p99:.0f} ms ({one.messages}, {recorded} records); "
                    f"faults: {one.faults or 'none'}",
                    recorded >= one.messages and not one.faults,
                )
            )
    return found


async def stopped_dead(quick: bool) -> list[Promise]:
    """Kill one of two gateways while chats talk and listen; look at what each saw."""
    how_many = 6 if quick else CHATS
    far_end = TwilioEnd()
    await far_end.open()
    with running_postgres() as postgres:
        async with several(2, postgres, far_end.port) as ours:
            chats = [Chat(ours.line.port) for _ in range(how_many)]
            await asyncio.gather(*(chat.opens() for chat in chats))
            listening = [asyncio.create_task(chat.listens()) for chat in chats]
            ends = perf_counter() + LASTS_S
            talking = [asyncio.create_task(chat.talks(ends)) for chat in chats]
            await asyncio.sleep(STOPPED_AFTER_S)
            process = ours.gateways[0].process
            assert process is not None
            os.kill(process.pid, signal.SIGKILL)
            await asyncio.gather(*talking)
            kept = [await chat.everything() for chat in chats]
            await asyncio.sleep(2 * WAIT_S)
            for page in listening:
                page.cancel()
            unanswered, _ = await asyncio.to_thread(ours.records.unfinished)
    far_end.close()
    mine = [[m["text"] for m in one if m["from"] == "young_person"] for one in kept]
    lost = sum(chat.said != said for chat, said in zip(chats, mine, strict=True))
    missed = sum(
        [m["id"] for m in one] != chat.seen
        for chat, one in zip(chats, kept, strict=True)
    )
    took = [spent for chat in chats for spent in chat.took]
    return [
        Promise(
            f"{how_many} chats talk, one of two gateways is killed",
            "nothing lost, doubled or out of order; no page misses a line",
            f"{sum(map(len, mine))} messages; {lost} chats with a message lost, "
            f"doubled or out of order, {missed} pages that missed or saw a line "
            f"twice, {unanswered} unanswered; acknowledged {spread(took, 'ms')}, "
            f"longest {max(took):.0f} ms; the page asked again "
            f"{sum(chat.again for chat in chats)} times",
            not (lost or missed or unanswered),
        )
    ]


@dataclass
class Chat:
    """One open chat: a page that listens and somebody who talks, through nginx."""

    port: int
    token: str = ""
    begins: str = ""
    said: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    again: int = 0

    async def opens(self) -> None:
        """Open it, and remember the last line that stood there."""
        answer = await self._asks("/api/chat", {"link": "demo"})
        chat = json.loads(answer.body)
        self.token, self.begins = chat["token"], chat["messages"][-1]["id"]

    async def listens(self) -> None:
        """Ask for what is new from the last line seen, as the page does."""
        while True:
            after = self.seen[-1] if self.seen else self.begins
            answer = await self._asks(f"/api/chat/messages?wait={WAIT_S}&after={after}")
            self.seen += [m["id"] for m in json.loads(answer.body)["messages"]]

    async def talks(self, ends: float) -> None:
        """Say the next thing after each acknowledgement, every third about dying."""
        await asyncio.sleep(random.uniform(0, PAUSE_S))
        while (begun := perf_counter()) < ends:
            text = SAID if len(self.said) % 3 == 2 else f"this is {len(self.said)}"
            self.said.append(text)
            await self._asks("/api/chat/messages", {"id": str(uuid4()), "text": text})
            self.took.append((perf_counter() - begun) * 1000)
            await asyncio.sleep(random.expovariate(1 / PAUSE_S))

    async def everything(self) -> list[dict[str, Any]]:
        """Give all that was said since it was opened, from the records."""
        answer = await self._asks(f"/api/chat/messages?after={self.begins}")
        return list(json.loads(answer.body)["messages"])

    async def _asks(self, path: str, body: dict[str, str] | None = None) -> Answer:
        """Ask until there is an answer, a moment apart, as the page does."""
        while True:
            connection = Connection(self.port)
            try:
                answer = await self._ask(connection, path, body)
                if answer.status in (200, 202):
                    return answer
            except (OSError, EOFError):
                pass
            finally:
                connection.close()
            self.again += 1
            await asyncio.sleep(random.uniform(0.2, 1))

    async def _ask(
        self, connection: Connection, path: str, body: dict[str, str] | None
    ) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is None:
            return await connection.get(path, **headers)
        content = json.dumps(body).encode()
        headers["Content_Type"] = "application/json"
        return await connection.post(path, content, **headers)


PARTS: Final[dict[str, Part]] = {"stopped": stopped_dead, "side_by_side": side_by_side}

if __name__ == "__main__":
    run(PARTS, PAGE, arguments(__doc__).parse_args())
