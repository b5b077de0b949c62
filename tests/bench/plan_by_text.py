"""How quickly PLAN brings the first line of a plan, from a signed text to the answer.

A part of `make bench`, or `python -m tests.bench.plan_by_text` alone: the gateway and
Rasa as real processes; a plan is built by text, then asked for again and again. Not
part of the timed tests.
"""

import asyncio
import sys
from functools import partial
from time import perf_counter
from typing import Final

from tests.bench.connection import Connection
from tests.bench.people import LONGEST_WAIT_S, Line, texts
from tests.bench.promises import percentile, spread
from tests.bench.services import handrail
from tests.bench.talks import phone
from tests.bench.twilio_end import TwilioEnd

BUILDS: Final = (
    "i want to make a safety plan",
    "yes",
    "loud music, my dog, ringing nan",
    "yes",
    "pause",
)
ASKS: Final = 200
QUICK_ASKS: Final = 20
EACH_ASKS: Final = 20
"""One phone, building included: fewer texts than are answered in a minute."""
P95_MS: Final = 1000.0
"""From the signed webhook to the text that arrives at the stand-in for Twilio."""
INSIDE_P95_MS: Final = 100.0
"""The bar for the gateway's own part; the whole way is held against it too."""


async def measure(asks: int) -> list[float]:
    """Give the milliseconds of every PLAN."""
    far_end = TwilioEnd()
    await far_end.open()
    try:
        async with handrail(far_end.port, with_rasa=True) as ours:
            connection, took = Connection(ours.port), []
            for place in range(asks // EACH_ASKS):
                says = partial(_says, connection, ours.line, far_end, phone(place))
                for said in BUILDS:
                    await says(said)
                took += [await says("PLAN") for _ in range(EACH_ASKS)]
            return took
    finally:
        far_end.close()


async def _says(
    connection: Connection, line: Line, far_end: TwilioEnd, sender: str, text: str
) -> float:
    coming = far_end.next_text_to(sender)
    begun = perf_counter()
    answer = await texts(connection, line, sender, text)
    if answer.status != 200:
        raise AssertionError(f"a text was answered with {answer.status}")
    async with asyncio.timeout(LONGEST_WAIT_S):
        await coming.wait()
    return (perf_counter() - begun) * 1000


def line(*, quick: bool) -> tuple[str, bool]:
    """Measure; give a line of the page, and whether the promise was kept."""
    took = asyncio.run(measure(QUICK_ASKS if quick else ASKS))
    p95 = percentile(took, 95)
    said = (
        f"PLAN to its first line, the whole way by text: {spread(took, 'ms')}; "
        f"{_kept(p95 < P95_MS)}: p95 under {P95_MS:.0f} ms; "
        f"{_kept(p95 < INSIDE_P95_MS)}: and under {INSIDE_P95_MS:.0f} ms."
    )
    return said, p95 < P95_MS


def main() -> None:
    """Measure, and say whether the promises were kept."""
    said, is_kept = line(quick=False)
    sys.stdout.write(f"{said}\n")
    sys.exit(0 if is_kept else 1)


def _kept(is_kept: bool) -> str:
    return "kept" if is_kept else "not kept"


if __name__ == "__main__":
    main()
