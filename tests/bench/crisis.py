"""How many crisis texts a second are recorded and answered while Rasa is stopped."""

from functools import partial
from typing import Final

from tests.bench.measuring import Amount, measure
from tests.bench.people import PersonInCrisis
from tests.bench.promises import Promise
from tests.bench.services import handrail
from tests.bench.twilio_end import TwilioEnd

A_SECOND: Final = 1500
PEOPLE: Final = 32
AMOUNT: Final = Amount(6000, within_s=30)


async def promises(quick: bool) -> list[Promise]:
    """Let people in a crisis text, each as soon as the last text was answered."""
    far_end = TwilioEnd()
    await far_end.open()
    amount = Amount(200) if quick else AMOUNT
    async with handrail(far_end.port, with_rasa=False) as ours:
        crowd = partial(PersonInCrisis, ours.line)
        found = await measure([crowd(n, PEOPLE) for n in range(PEOPLE)], amount)
        recorded = await ours.records.settled("escalations", found.messages)
    far_end.close()
    is_whole = not found.faults and recorded >= found.messages
    return [
        Promise(
            f"crisis texts recorded and answered, Rasa stopped, {PEOPLE} at once",
            f"{A_SECOND:,} a second",
            f"{found.a_second:.0f} a second, p50 {found.p50:.0f}, p99 {found.p99:.0f} "
            f"ms ({found.messages}, {recorded} records); faults: "
            f"{found.faults or 'none'}",
            found.a_second >= A_SECOND and is_whole,
        )
    ]
