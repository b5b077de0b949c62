"""`make gameday HOURS=n SEED=s`: people text all the while, and things break at random.

The same seed breaks the same things in the same order. The report goes to var/gameday.
`make soak HOURS=n` breaks everything but the gateway, and less often, to see what the
gateway's memory comes to.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from foundations.clock import utc_now
from runtime.settings import ROOT
from tests.campaign.fault_proxy import FAIR, Fault, Weather
from tests.campaign.invariants import broken
from tests.campaign.night import CRISIS, ORDINARY, Kind, Night, NotSettled, night
from tests.campaign.run import say
from tests.storage.postgres import running_postgres
from twilio_stand_in.settings import Behaviour, SendFault

REPORTS: Final = ROOT / "var" / "gameday"
PEOPLE: Final = 5
"""Each says one thing a second at most: about five texts a second."""
SETTLES_WITHIN_S: Final = 300.0
MOST_GROWTH: Final = 0.05
PARTLY: Final = 0.8
"""How often Rasa's end is the end of what answers only, and not of what loads it."""
"""Of the gateway's memory, from the second eighth of a soak to its last."""


@dataclass
class Tally:
    """What was done, and how long somebody in a crisis waited for words, in seconds."""

    faults: Counter[str] = field(default_factory=Counter)
    waited_s: list[float] = field(default_factory=list)
    memory_kb: list[int] = field(default_factory=list)


Breaks = Callable[[Night, random.Random], Awaitable[None]]


async def gateway_stops(here: Night, _choosing: random.Random) -> None:
    """SIGKILL."""
    await here.stop_dead(here.door)
    await here.up(here.door)


async def rasa_stops(here: Night, choosing: random.Random) -> None:
    """SIGKILL: of what answers, and now and then of all of it."""
    if here.dialogue is None:
        return
    answering = here.answering()
    if answering and choosing.random() < PARTLY:
        os.kill(answering, signal.SIGKILL)
    else:
        await here.stop_dead(here.dialogue)


async def database_stops(here: Night, choosing: random.Random) -> None:
    """The server is gone for some seconds."""
    if here.postgres is not None:
        await asyncio.to_thread(here.postgres.stop)
        await asyncio.sleep(choosing.uniform(0.5, 5))
        await asyncio.to_thread(here.postgres.start)


async def database_is_cut(here: Night, choosing: random.Random) -> None:
    """Every connection is reset after a few hundred bytes."""
    weather = Weather(Fault.RESET, after_bytes=choosing.randrange(4000))
    await here.to_database.turn(weather, cut=True)
    await asyncio.sleep(choosing.uniform(0.5, 5))
    await here.to_database.turn(FAIR, cut=True)


async def database_is_silent(here: Night, choosing: random.Random) -> None:
    """Nothing comes back, and no connection ends."""
    await here.to_database.turn(Weather(Fault.BLACK_HOLE))
    await asyncio.sleep(choosing.uniform(0.5, 5))
    await here.to_database.turn(FAIR, cut=True)


async def dialogue_is_bad(here: Night, choosing: random.Random) -> None:
    """Slow, cut short, or silent on the way to Rasa."""
    fault = choosing.choice((Fault.DELAY, Fault.TRUNCATE, Fault.BLACK_HOLE))
    await here.to_dialogue.turn(Weather(fault, after_bytes=200, seconds=2))
    await asyncio.sleep(choosing.uniform(1, 8))
    await here.to_dialogue.turn(FAIR, cut=True)


async def twilio_is_bad(here: Night, choosing: random.Random) -> None:
    """Refusals, drops and unreadable answers, for the next twenty sends."""
    faults = [
        fault
        for fault in SendFault
        if fault not in (SendFault.SILENT, SendFault.ACCEPTED_THEN_SILENT)
    ]
    here.stand_in.behave(
        Behaviour(faults=tuple(choosing.choice(faults) for _ in range(20)))
    )
    await asyncio.sleep(choosing.uniform(1, 8))
    here.stand_in.behave(Behaviour())


async def twilio_is_away(here: Night, choosing: random.Random) -> None:
    """No connection to it can be made."""
    await here.to_twilio.turn(Weather(Fault.REFUSE))
    await asyncio.sleep(choosing.uniform(1, 8))
    await here.to_twilio.turn(FAIR)


BREAKS: Final[tuple[Breaks, ...]] = (
    gateway_stops,
    rasa_stops,
    database_stops,
    database_is_cut,
    database_is_silent,
    dialogue_is_bad,
    twilio_is_bad,
    twilio_is_away,
)


@dataclass(frozen=True)
class Weathers:
    """What may break, and how long it is well in between, in seconds."""

    breaks: tuple[Breaks, ...]
    breathes_s: tuple[float, float]


GAMEDAY: Final = Weathers(BREAKS, (2.0, 6.0))
SOAK: Final = Weathers(tuple(b for b in BREAKS if b is not gateway_stops), (10.0, 40.0))


def main() -> None:
    """Run for so long, write the report, and fail if anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-rasa", action="store_true")
    parser.add_argument("--soak", action="store_true", help="the gateway never stops")
    asked = parser.parse_args()
    began = f"{utc_now():%Y-%m-%d %H:%M} UTC"
    tally, wrong = asyncio.run(
        game_day(
            asked.hours * 3600,
            asked.seed,
            SOAK if asked.soak else GAMEDAY,
            with_rasa=not asked.without_rasa,
        )
    )
    if asked.soak and growth(tally.memory_kb) > MOST_GROWTH:
        wrong.append("the gateway's memory grew by more than it may")
    text = report(tally, wrong, f"{began}, {asked.hours} hours, seed {asked.seed}")
    REPORTS.mkdir(parents=True, exist_ok=True)
    page = REPORTS / f"{utc_now():%Y%m%d-%H%M}-seed{asked.seed}.md"
    page.write_text(text)
    say(f"{text}\n{page}")
    sys.exit(1 if wrong else 0)


async def game_day(
    seconds: float, seed: int, weathers: Weathers, *, with_rasa: bool
) -> tuple[Tally, list[str]]:
    """Break something, let it heal, and again; give what was seen to be wrong."""
    choosing, tally = random.Random(seed), Tally()
    with (
        running_postgres() as postgres,
        tempfile.TemporaryDirectory(prefix="handrail-gameday-") as folder,
    ):
        home = Path(folder) / "home"
        async with night(
            home, Kind.POSTGRESQL, postgres=postgres, with_rasa=with_rasa
        ) as here:
            over = asyncio.Event()
            people = [
                asyncio.create_task(_talks(here, tally, over, seed + number))
                for number in range(PEOPLE)
            ]
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                breaks = choosing.choice(weathers.breaks)
                tally.faults[breaks.__name__] += 1
                await breaks(here, choosing)
                await asyncio.sleep(choosing.uniform(*weathers.breathes_s))
                tally.memory_kb.append(_memory_kb(here))
            over.set()
            await asyncio.gather(*people)
            await here.up(here.door)
            await here.bring_again()
            try:
                await here.settled(SETTLES_WITHIN_S)
                wrong = []
            except NotSettled as left:
                wrong = [f"not settled: {left}"]
            wrong += broken(await here.seen())
            tally.faults["texts"] = len((await here.seen()).texts_in)
    return tally, wrong


async def _talks(here: Night, tally: Tally, over: asyncio.Event, seed: int) -> None:
    """Talk for a while as one person after another; each ends in a crisis."""
    choosing = random.Random(seed)
    while not over.is_set():
        sender = here.person()
        for body in (ORDINARY, "WHO", ORDINARY):
            await here.text(sender, body)
            await asyncio.sleep(choosing.uniform(0.2, 1.5))
        begun = time.monotonic()
        await here.text(sender, CRISIS)
        tally.waited_s.append(time.monotonic() - begun)


def _memory_kb(here: Night) -> int:
    """Give what the gateway holds in memory now; 0 while it is gone."""
    process = here.door.process
    try:
        lines = Path(f"/proc/{process.pid if process else 0}/status").read_text()
    except OSError:
        return 0
    (resident,) = [line for line in lines.splitlines() if "VmRSS" in line] or ["x 0"]
    return int(resident.split()[1])


def growth(memory_kb: list[int]) -> float:
    """Give by how much memory grew from the second eighth of the readings to the last.

    What is filled once and then kept (tables, pools) is filled in the first eighth.
    """
    seen = [reading for reading in memory_kb if reading]
    eighth = len(seen) // 8
    if eighth == 0:
        return 0.0
    return median(seen[-eighth:]) / median(seen[eighth : 2 * eighth]) - 1


def report(tally: Tally, wrong: list[str], when: str) -> str:
    """Put what happened on a page."""
    waited = sorted(tally.waited_s) or [0.0]
    at = {p: waited[min(int(len(waited) * p / 100), len(waited) - 1)] for p in (50, 99)}
    lines = [f"# Game day: {when}", ""]
    lines += [f"* {name}: {times}" for name, times in sorted(tally.faults.items())]
    lines += [
        f"* crisis texts: {len(tally.waited_s)}; Twilio had its answer (ours, or the",
        f"  fallback's) after {at[50]:.2f} s (p50), {at[99]:.2f} s (p99)",
        f"* the gateway holds {max(tally.memory_kb or [0]) // 1024} MB at most; from",
        f"  the second eighth of the time to the last: {growth(tally.memory_kb):+.1%}",
        f"* load average at the end: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores",
        "",
        "Everything held." if not wrong else "## What did not hold",
        *(f"* {one}" for one in wrong),
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
