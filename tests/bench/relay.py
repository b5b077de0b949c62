"""How quickly words pass between two hundred young people and their workers.

`python -m tests.bench.live --only relay`: one gateway process, each young person and
each worker with a page that listens as the real pages do. They take turns, with a pause
before each answer; a word's time is from sending it until it is on the other's page.
"""

import asyncio
import json
import random
import re
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.connection import Connection
from tests.bench.held_cases import HeldCase, held_by_one, records
from tests.bench.people import writes
from tests.bench.promises import Promise, percentile, spread
from tests.bench.services import handrail
from tests.bench.twilio_end import TwilioEnd

LIVE: Final = 200
EACH_WORKER: Final = 10
PAUSE_S: Final = 10.0
"""Between hearing and answering, on average: quicker than anybody types."""
WARM_S: Final = 15.0
LASTS_S: Final = 75.0
LONGEST_S: Final = 20.0
P95_MS: Final = 300.0
_LINE: Final = re.compile(rb'data-line="(\w+)"')


async def promises(quick: bool) -> list[Promise]:
    """Let everybody talk for a while."""
    far_end = TwilioEnd()
    await far_end.open()
    live, lasts = (20, 20.0) if quick else (LIVE, LASTS_S)
    async with handrail(far_end.port, with_rasa=False) as ours:
        held: list[HeldCase] = []
        async with records(ours) as (database, tokens):
            for _ in range(live // EACH_WORKER):
                held += await database.write(
                    lambda unit: held_by_one(unit, tokens, EACH_WORKER)
                )
        talks = [Talk(ours.port, case) for case in held]
        async with asyncio.timeout(lasts + WARM_S + 120):
            await _all_talk(talks, lasts)
    far_end.close()
    return [
        _promise(
            live, "worker to young person", [t for talk in talks for t in talk.to_them]
        ),
        _promise(
            live,
            "young person to worker",
            [t for talk in talks for t in talk.from_them],
        ),
    ]


def _promise(live: int, which: str, took: list[float]) -> Promise:
    lost = took.count(LONGEST_S * 1000)
    found = spread(took, "ms") + (
        f", {lost} not within {LONGEST_S:.0f} s" if lost else ""
    )
    return Promise(
        f"{which}, {live} live conversations",
        f"p95 under {P95_MS:.0f} ms",
        found,
        percentile(took, 95) < P95_MS and not lost,
    )


@dataclass
class Talk:
    """One conversation: two pages that listen, and two people who take turns."""

    port: int
    case: HeldCase
    to_them: list[float] = field(default_factory=list)
    from_them: list[float] = field(default_factory=list)
    _heard: dict[bytes, asyncio.Event] = field(default_factory=dict)

    async def young_persons_page(self) -> None:
        """Ask for what is new, again and again, from the last thing seen."""
        connection, after = Connection(self.port), ""
        while True:
            answer = await connection.get(
                f"/api/chat/messages?wait=25{after}", Authorization=self._bearer
            )
            said = json.loads(answer.body)["messages"]
            if said:
                after = f"&after={said[-1]['id']}"
                self._hears(answer.body)

    async def workers_page(self) -> None:
        """Ask for the thread, again and again, from the last line seen."""
        connection, seen = Connection(self.port), ""
        while True:
            where = f"/staff/cases/{self.case.id}/thread?fragment=1&seen={seen}"
            answer = await connection.get(where, Cookie=self._cookie)
            if answer.status not in (200, 204):
                raise AssertionError(f"a thread answered {answer.status}")
            if lines := _LINE.findall(answer.body):
                seen = lines[-1].decode()
                self._hears(answer.body)

    async def take_turns(self, begins: float, ends: float) -> None:
        """Speak and answer until the end; only what begins after the warm-up counts."""
        young_person, worker = Connection(self.port), Connection(self.port)
        await asyncio.sleep(random.uniform(0, PAUSE_S))
        while perf_counter() < ends:
            for speaker, took, says in (
                (worker, self.to_them, self._worker_says),
                (young_person, self.from_them, self._young_person_says),
            ):
                begun = perf_counter()
                spent = await self._passes(says(speaker, word := uuid4().hex), word)
                if begun >= begins:
                    took.append(spent)
                await asyncio.sleep(random.expovariate(1 / PAUSE_S))

    async def _passes(self, saying: object, word: str) -> float:
        """Say a word and give the milliseconds until it was on the other's page."""
        heard = self._heard[word.encode()] = asyncio.Event()
        begun = perf_counter()
        saying = asyncio.ensure_future(saying)  # type: ignore[call-overload]
        try:
            async with asyncio.timeout(LONGEST_S):
                await heard.wait()
        except TimeoutError:
            return LONGEST_S * 1000
        spent = perf_counter() - begun
        await saying
        return spent * 1000

    async def _worker_says(self, connection: Connection, word: str) -> None:
        form = {"form_token": self.case.worker.form_token, "text": f"I am here. {word}"}
        answer = await connection.post(
            f"/staff/cases/{self.case.id}/say",
            urlencode(form).encode(),
            Cookie=self._cookie,
            Origin=f"http://127.0.0.1:{self.port}",
            Content_Type="application/x-www-form-urlencoded",
        )
        if answer.status != 303:
            raise AssertionError(f"a worker's words were answered {answer.status}")

    async def _young_person_says(self, connection: Connection, word: str) -> None:
        said = f"ok, and {word}"
        answer = await writes(connection, self.case.chat_token, said)
        if answer.status != 200:
            raise AssertionError(f"a message was answered {answer.status}")

    def _hears(self, body: bytes) -> None:
        for word in [word for word in self._heard if word in body]:
            self._heard.pop(word).set()

    @property
    def _bearer(self) -> str:
        return f"Bearer {self.case.chat_token}"

    @property
    def _cookie(self) -> str:
        return f"handrail_staff={self.case.worker.session}"


async def _all_talk(talks: list[Talk], lasts: float) -> None:
    begins = perf_counter() + WARM_S
    pages = [
        asyncio.create_task(page())
        for talk in talks
        for page in (talk.young_persons_page, talk.workers_page)
    ]
    talking = asyncio.gather(
        *(talk.take_turns(begins, begins + lasts) for talk in talks)
    )
    done, _ = await asyncio.wait([talking, *pages], return_when=asyncio.FIRST_COMPLETED)
    for task in pages:
        task.cancel()
    for task in done:
        task.result()
