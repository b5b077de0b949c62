"""Texts that come when they come, whether or not the last one was answered.

Every time is from the moment a text was due, so a gateway that holds up the next one
is charged for it.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from tests.bench.connection import Connection
from tests.bench.people import Line, texts
from tests.bench.promises import Promise, percentile, spread
from tests.bench.services import Running, handrail
from tests.bench.talks import HANDRAIL, NUMBERS, phone
from tests.bench.twilio_end import TwilioEnd

CONNECTIONS: Final = 256
"""As many webhooks as may be under way; the next one waits, and its time counts."""
WARM_S: Final = 5.0
STEADY_A_SECOND: Final = 50
STEADY_P99_MS: Final = 250.0
BURST_A_SECOND: Final = 200
BURST_S: Final = 30.0
DRAINED_WITHIN_S: Final = 120.0
LOOKED_AT_FOR_S: Final = 300.0
"""How long a backlog is watched that is not drained in time."""


@dataclass
class Arrivals:
    """Texts to one line, so many a second, from all the drama numbers in turn."""

    line: Line
    a_second: float
    took: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    sent: int = 0

    async def come(self, lasts_s: float, warm_s: float = 0.0) -> None:
        """Come for so long; those of the warm-up are counted and not timed."""
        free: asyncio.Queue[Connection] = asyncio.Queue()
        for _ in range(CONNECTIONS):
            free.put_nowait(Connection(self.line.port))
        begun = perf_counter()
        async with asyncio.TaskGroup() as coming:
            while (due := self.sent / self.a_second) < warm_s + lasts_s:
                await asyncio.sleep(max(begun + due - perf_counter(), 0))
                coming.create_task(
                    self._comes(self.sent, begun + due, free, is_timed=due >= warm_s)
                )
                self.sent += 1
        while not free.empty():
            free.get_nowait().close()

    async def _comes(
        self,
        number: int,
        due: float,
        free: asyncio.Queue[Connection],
        *,
        is_timed: bool,
    ) -> None:
        said = HANDRAIL[number // NUMBERS % len(HANDRAIL)]
        connection = await free.get()
        try:
            answer = await texts(connection, self.line, phone(number), said)
        except (OSError, EOFError) as away:
            self.faults[type(away).__name__] += 1
            return
        finally:
            free.put_nowait(connection)
        if answer.status != 200:
            self.faults[str(answer.status)] += 1
        elif is_timed:
            self.took.append((perf_counter() - due) * 1000)


async def steady(quick: bool, minutes: float) -> list[Promise]:
    """Take fifty texts a second for minutes, with the real Rasa behind."""
    lasts_s = 5.0 if quick else minutes * 60
    far_end = TwilioEnd()
    await far_end.open()
    async with handrail(far_end.port, with_rasa=True) as ours:
        coming = Arrivals(ours.line, STEADY_A_SECOND)
        await coming.come(lasts_s, WARM_S)
        drained_s = await _drained(ours, coming.sent)
        recorded = ours.records.count("inbox")
    far_end.close()
    p99 = percentile(coming.took, 99)
    return [
        Promise(
            f"ordinary texts accepted, {STEADY_A_SECOND} a second for "
            f"{lasts_s / 60:g} minutes",
            f"no error, p99 under {STEADY_P99_MS:.0f} ms",
            f"{spread(coming.took, 'ms')}; {_faults(coming, recorded)}; answered "
            f"{drained_s:.0f} s after the last one",
            p99 < STEADY_P99_MS and _is_whole(coming, recorded),
        )
    ]


async def burst(quick: bool) -> list[Promise]:
    """Take two hundred a second for half a minute, and work it off."""
    lasts_s = 2.0 if quick else BURST_S
    far_end = TwilioEnd()
    await far_end.open()
    async with handrail(far_end.port, with_rasa=True) as ours:
        coming, begun = Arrivals(ours.line, BURST_A_SECOND), perf_counter()
        await coming.come(lasts_s)
        accepted_s = perf_counter() - begun
        drained_s = await _drained(ours, coming.sent)
        recorded = ours.records.count("inbox")
    far_end.close()
    return [
        Promise(
            f"a burst of {BURST_A_SECOND} texts a second for {lasts_s:.0f} s",
            "accepted whole",
            f"{spread(coming.took, 'ms')}; the last one {accepted_s:.0f} s after the "
            f"first; {_faults(coming, recorded)}",
            _is_whole(coming, recorded),
        ),
        Promise(
            "the backlog of it, answered and sent",
            f"within {DRAINED_WITHIN_S:.0f} s of the last one",
            f"{drained_s:.0f} s ({far_end.taken} texts sent)",
            drained_s <= DRAINED_WITHIN_S,
        ),
    ]


async def _drained(ours: Running, sent: int) -> float:
    """Wait until everything is recorded, answered and sent, and give the seconds."""

    def is_done() -> bool:
        everything = ours.records.count("inbox") >= sent
        return everything and not any(ours.records.unfinished())

    begun = perf_counter()
    while (spent := perf_counter() - begun) < LOOKED_AT_FOR_S:
        if await asyncio.to_thread(is_done):
            return spent
        await asyncio.sleep(1)
    return float("inf")


def _is_whole(coming: Arrivals, recorded: int) -> bool:
    return not coming.faults and recorded == coming.sent


def _faults(coming: Arrivals, recorded: int) -> str:
    faults = ", ".join(f"{n} {what}" for what, n in coming.faults.items()) or "no fault"
    return f"{coming.sent} sent, {recorded} recorded, {faults}"
