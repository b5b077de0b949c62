"""T17: the clock jumps, by an hour, by a day, back to 1970, and home again."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.campaign.fault_proxy import FAIR, Fault, Weather
from tests.campaign.night import ORDINARY, Night
from tests.campaign.rows import row

JUMPS: Final = ("+1h", "-1h", "+1d", "-1d", "@1970-01-02 03:04:05", "+0")
"""As libfaketime reads them; the last is the true time."""

NOTICED_WITHIN_S: Final = 1


class NoFalseClock(Exception):
    """A process cannot be given a clock of its own here; says what to install."""


@row("T17", settles_within_s=200)
async def the_clock_jumps(night: Night) -> None:
    """An hour, a day, to 1970 and home: crisis words at once, every text answered."""
    clock = night.home / "clock"
    clock.write_text("+0")
    await _with_a_clock_of_its_own(night, clock)
    for jump in JUMPS:
        # What waits to be sent is made before the jump and leaves after it.
        await night.to_twilio.turn(Weather(Fault.REFUSE))
        waiting = [night.person() for _ in range(3)]
        await asyncio.gather(*(night.text(sender, ORDINARY) for sender in waiting))
        clock.write_text(jump)
        await asyncio.sleep(NOTICED_WITHIN_S)
        await night.crisis_is_answered(4)
        await night.to_twilio.turn(FAIR)
        await asyncio.gather(*(night.text(night.person(), ORDINARY) for _ in range(3)))
        for sender in waiting:
            await night.stand_in.phone(sender).received(1, 150)


async def _with_a_clock_of_its_own(night: Night, clock: Path) -> None:
    """Start the gateway again under a clock that a file tells."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        raise NoFalseClock("no libfaketime found: install the package `faketime`")
    night.tasks["gateway"].cancel()
    await asyncio.gather(night.tasks["gateway"], return_exceptions=True)
    false_clock = {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": str(NOTICED_WITHIN_S),
        # Python waits by a clock that never jumps, as the system's does not.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    own = {**night.door.environment, **false_clock}
    night.door = replace(night.door, environment=own)
    night.tasks["gateway"] = asyncio.create_task(night.door.keep_alive())
    await night.up(night.door)
