"""`make stops N=...`: each process is stopped dead N times while people text.

The outbox worker lives in the gateway's process, so both stop together. Every batch is
a night of its own, held against the invariants; its figures are a line in var/stops.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from foundations.clock import utc_now
from runtime.settings import ROOT
from tests.campaign.invariants import RULES
from tests.campaign.night import Kind, Night, NotSettled, night
from tests.campaign.run import say
from tests.campaign.seen import Seen
from tests.campaign.texting import people_texting
from tests.storage.postgres import Postgres, running_postgres

FIGURES: Final = ROOT / "var" / "stops" / "figures.jsonl"
BATCH: Final = 50
"""The minute after which a crisis text is sent again is waited for once a batch."""
BETWEEN_S: Final = (0.5, 3.0)
SETTLES_WITHIN_S: Final = 300.0


StopsDead = Callable[[Night], Awaitable[None]]


async def gateway(here: Night) -> None:
    """SIGKILL; the watch starts it again."""
    await here.stop_dead(here.door)
    await here.up(here.door)


async def rasa(here: Night) -> None:
    """SIGKILL of what answers; another fork of what is loaded takes its place."""
    gone = here.answering()
    os.kill(gone, signal.SIGKILL)
    await here.replaced(gone)


async def all_of_rasa(here: Night) -> None:
    """SIGKILL of what loads it, which takes along what answers: a whole start."""
    assert here.dialogue is not None
    await here.stop_dead(here.dialogue)
    await here.up(here.dialogue)


async def database(here: Night) -> None:
    """SIGKILL of the server's first process; it mends itself at the next start."""
    assert here.postgres is not None
    await asyncio.to_thread(here.postgres.stop, signal.SIGKILL)
    await asyncio.to_thread(here.postgres.start)


STOPS: Final[dict[str, StopsDead]] = {
    "gateway": gateway,
    "database": database,
    "rasa": rasa,
    "all_of_rasa": all_of_rasa,
}


def main() -> None:
    """Stop what was asked for, batch by batch; fail if anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="of each process")
    parser.add_argument("--only", choices=tuple(STOPS), action="append")
    parser.add_argument("--people", type=int, default=6)
    parser.add_argument("--minutes", type=float, default=600.0, help="at most")
    asked = parser.parse_args()
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + asked.minutes * 60
    wrong = 0
    with running_postgres() as postgres:
        left = Counter(dict.fromkeys(asked.only or STOPS, asked.times))
        while any(left.values()) and time.monotonic() < until:
            for part in [part for part, times in left.items() if times]:
                times = min(BATCH, left[part])
                left[part] -= times
                figures = asyncio.run(_batch(part, times, asked.people, postgres))
                with FIGURES.open("a") as kept:
                    kept.write(json.dumps(figures) + "\n")
                say(json.dumps(figures))
                wrong += len(figures["wrong"])
                if time.monotonic() > until:
                    break
    sys.exit(1 if wrong else 0)


async def _batch(
    part: str, times: int, people: int, postgres: Postgres
) -> dict[str, object]:
    """Stop one process so many times under texts; give the figures."""
    seed = time.time_ns() % 1_000_000
    choosing, begun = random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="handrail-stops-") as folder:
        home = Path(folder) / "home"
        async with night(
            home, Kind.POSTGRESQL, postgres=postgres, with_rasa="rasa" in part
        ) as here:
            async with people_texting(here, people):
                for _ in range(times):
                    await asyncio.sleep(choosing.uniform(*BETWEEN_S))
                    await STOPS[part](here)
                # The last stop is followed by a while of being well.
                await asyncio.sleep(BETWEEN_S[1])
            resting = time.monotonic()
            wrong = await _at_rest(here)
            rested_after = time.monotonic() - resting
            seen = await here.seen()
            wrong += [rule for each in RULES for rule in each(seen)]
    return {
        "at": f"{utc_now():%Y-%m-%d %H:%M}",
        "stopped": part,
        "times": times,
        "seed": seed,
        "seconds": round(time.monotonic() - begun),
        "at_rest_after_s": round(rested_after),
        **_counted(seen),
        "wrong": wrong,
    }


async def _at_rest(here: Night) -> list[str]:
    """Bring again what Twilio could not bring, and wait until all is answered."""
    try:
        await here.settled(SETTLES_WITHIN_S)
        await here.bring_again()
        await here.settled(SETTLES_WITHIN_S)
    except NotSettled as left:
        return [f"not settled: {left}"]
    return []


def _counted(seen: Seen) -> dict[str, int]:
    """Count what was accepted, and crisis words that left more than once."""
    left = Counter(text.outbox for text in seen.texts_out if text.outbox)
    crisis = {row.id for row in seen.outbox if row.kind == "crisis"}
    return {
        "texts": len(seen.texts_in),
        "accepted": sum(text.accepted for text in seen.texts_in),
        "crisis_replies": len(crisis),
        "crisis_twice": sum(times > 1 for id, times in left.items() if id in crisis),
    }


if __name__ == "__main__":
    main()
