"""How quickly the desk shows its inbox with five hundred waiting cases.

`python -m tests.bench.live --only inbox`: one gateway process, one signed-in worker,
the whole page over HTTP with the session looked up each time.
"""

from time import perf_counter
from typing import Final

from tests.bench.connection import Connection
from tests.bench.held_cases import (
    Worker,
    in_portions,
    records,
    signed_in,
    waiting_case,
)
from tests.bench.promises import Promise, percentile, spread
from tests.bench.services import handrail
from tests.bench.twilio_end import TwilioEnd

WAITING: Final = 500
LOOKS: Final = 400
WARM: Final = 20
P95_MS: Final = 200.0


async def promises(quick: bool) -> list[Promise]:
    """Look at the inbox again and again, and at what a page fetches by itself."""
    far_end = TwilioEnd()
    await far_end.open()
    looks = LOOKS // (20 if quick else 1)
    async with handrail(far_end.port, with_rasa=False) as ours:
        async with records(ours) as (database, _tokens):
            await in_portions(database, waiting_case, WAITING)
            worker = await database.write(signed_in)
        connection = Connection(ours.port)
        pages = [
            await _took(connection, worker, where, looks)
            for where in ("/staff/inbox", "/staff/inbox?fragment=1")
        ]
        connection.close()
    far_end.close()
    names = ("inbox, whole page", "inbox, as a page keeps itself fresh")
    return [
        Promise(
            f"{name}, {WAITING} waiting cases",
            f"p95 under {P95_MS:.0f} ms",
            spread(took, "ms"),
            percentile(took, 95) < P95_MS,
        )
        for name, took in zip(names, pages, strict=True)
    ]


async def _took(
    connection: Connection, worker: Worker, where: str, looks: int
) -> list[float]:
    found = []
    for _ in range(WARM + looks):
        begun = perf_counter()
        page = await connection.get(where, Cookie=f"handrail_staff={worker.session}")
        found.append((perf_counter() - begun) * 1000)
        if page.status != 200 or b"400 more are waiting" not in page.body:
            raise AssertionError("the inbox did not show who waits")
    return found[WARM:]
