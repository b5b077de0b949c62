"""T17: the clock jumps, by an hour, by a day, to 1970 and home; T11: by half hours."""

import asyncio
import shutil
import struct
import subprocess
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from storage.tables.core import outbox
from tests.campaign.fault_proxy import FAIR, Fault, Weather
from tests.campaign.night import ORDINARY, Night, until
from tests.campaign.rows import row

SOURCE: Final = Path(__file__).with_name("false_clock.c")
HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S
HALF_HOURS: Final = 8


_TRIES: Final = select(func.sum(outbox.c.tries)).where(outbox.c.state == "waiting")


class NoFalseClock(Exception):
    """A process cannot be given a clock of its own here; says what to install."""


@row("T17", settles_within_s=200)
async def the_clock_jumps(night: Night) -> None:
    """An hour, a day, to 1970 and home: crisis words at once, every text answered."""
    clock = await _with_a_clock_of_its_own(night)
    to_1970 = -int(time.time()) + DAY_S
    for added_s in (HOUR_S, -HOUR_S, DAY_S, -DAY_S, to_1970, 0):
        # What waits to be sent is made before the jump and leaves after it.
        await night.to_twilio.turn(Weather(Fault.REFUSE))
        waiting = [night.person() for _ in range(3)]
        await asyncio.gather(*(night.text(sender, ORDINARY) for sender in waiting))
        _set(clock, added_s)
        await night.crisis_is_answered(4)
        await night.to_twilio.turn(FAIR)
        await asyncio.gather(*(night.text(night.person(), ORDINARY) for _ in range(3)))
        for sender in waiting:
            await night.stand_in.phone(sender).received(1, 150)


@row("T11", settles_within_s=200)
async def twilio_is_away_for_four_hours(night: Night) -> None:
    """Four hours by the clock, in half hours: texts are tried again, and all arrive."""
    clock = await _with_a_clock_of_its_own(night)
    await night.to_twilio.turn(Weather(Fault.REFUSE))
    senders = [night.person() for _ in range(6)]
    await asyncio.gather(*(night.text(sender, ORDINARY) for sender in senders))
    for half_hours in range(1, HALF_HOURS + 1):
        tried = _tries(night)
        _set(clock, half_hours * HOUR_S // 2)
        await until(partial(_more_tries, night, tried), 60, "they are tried again")
        await night.crisis_is_answered(4)
    await night.to_twilio.turn(FAIR)
    _set(clock, (HALF_HOURS + 1) * HOUR_S // 2)
    for sender in senders:
        await night.stand_in.phone(sender).received(1, 150)


def _more_tries(night: Night, before: int) -> bool:
    return _tries(night) > before


def _tries(night: Night) -> int:
    """Count how often texts that have not left were tried, all together."""
    with night.engine.connect() as connection:
        return connection.execute(_TRIES).scalar_one() or 0


async def _with_a_clock_of_its_own(night: Night) -> Path:
    """Start the gateway again under a clock that a file tells; give the file."""
    library = await asyncio.to_thread(_made, night.home)
    clock = night.home / "clock"
    _set(clock, 0)
    night.tasks["gateway"].cancel()
    await asyncio.gather(night.tasks["gateway"], return_exceptions=True)
    own = {"LD_PRELOAD": str(library), "HANDRAIL_FALSE_CLOCK": str(clock)}
    night.door = replace(night.door, environment={**night.door.environment, **own})
    night.tasks["gateway"] = asyncio.create_task(night.door.keep_alive())
    await night.up(night.door)
    return clock


def _made(home: Path) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoFalseClock("no C compiler found: install the package `gcc`")
    library = home / "false_clock.so"
    options = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(library)]
    subprocess.run([compiler, *options, str(SOURCE)], check=True)
    return library


def _set(clock: Path, added_s: int) -> None:
    """Let the clock go wrong by so many seconds from now on."""
    with clock.open("r+b" if clock.exists() else "wb") as file:
        file.write(struct.pack("=q", added_s))
