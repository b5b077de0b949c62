"""T11-T16: Twilio is away or unclear; the gateway stops between send and note."""

import asyncio
import os
import random

from tests.campaign.fault_proxy import FAIR, Fault, Weather
from tests.campaign.night import ORDINARY, Kind, Night
from tests.campaign.rows import row
from tests.campaign.texting import people_texting
from twilio_stand_in.settings import Behaviour, SendFault

CASES = 1_000 if os.environ.get("HANDRAIL_LONG") == "1" else 30
AWAY = (SendFault.TOO_MANY, SendFault.BROKEN, SendFault.UNAVAILABLE)
UNCLEAR = (
    SendFault.ACCEPTED_THEN_DROPPED,
    SendFault.ACCEPTED_UNREADABLY,
    SendFault.NONE,
)
FAILING = (
    SendFault.TOO_MANY,
    SendFault.BROKEN,
    SendFault.SILENT,
    SendFault.ACCEPTED_THEN_DROPPED,
    SendFault.ACCEPTED_THEN_DROPPED,
)
LEASE_S = 60


@row("T11", settles_within_s=200)
async def twilio_is_away(night: Night) -> None:
    """429, 500, 503, connections refused: texts wait, and every one arrives."""
    night.stand_in.behave(Behaviour(faults=AWAY))
    senders = [night.person() for _ in range(6)]
    await asyncio.gather(*(night.text(sender, ORDINARY) for sender in senders))
    await night.to_twilio.turn(Weather(Fault.REFUSE))
    more = [night.person() for _ in range(4)]
    await asyncio.gather(*(night.text(sender, ORDINARY) for sender in more))
    await night.crisis_is_answered(4)
    await asyncio.sleep(3)
    await night.to_twilio.turn(FAIR)
    for sender in (*senders, *more):
        await night.stand_in.phone(sender).received(1, 150)


@row("T12", settles_within_s=200)
async def twilio_takes_a_text_and_says_nothing(night: Night) -> None:
    """Accepted, then the connection drops, or the answer is unreadable: sent once."""
    faults = tuple(random.Random(12).choice(UNCLEAR) for _ in range(CASES))
    night.stand_in.behave(Behaviour(faults=faults))
    senders = [night.person() for _ in range(CASES * 2 // 3)]
    await asyncio.gather(*(night.text(sender, ORDINARY) for sender in senders))
    for sender in senders:
        await night.stand_in.phone(sender).received(1, 2 * LEASE_S)


@row("T13", kinds=(Kind.SQLITE,), is_quick=True)
async def twilio_refuses_a_number(night: Night) -> None:
    """A blocked number and an unknown code: given up with the code, others go on."""
    blocked, unknown, well = night.person(), night.person(), night.person()
    refused = {blocked: "21610", unknown: "29999"}
    night.stand_in.behave(Behaviour(refused=refused))
    await asyncio.gather(*(night.text(p, ORDINARY) for p in (blocked, unknown, well)))
    await night.stand_in.phone(well).received(1, 10)
    await night.settled()
    seen = await night.seen()
    assert [row.state for row in seen.outbox].count("undeliverable") == 2
    night.stand_in.behave(Behaviour())


@row("T15", settles_within_s=200)
async def the_gateway_stops_dead_at_any_moment(night: Night) -> None:
    """SIGKILL at random times under texts, thrice; failed webhooks come again."""
    await _stops_under_texts(night, times=3, people=6)


@row("T16", kinds=(Kind.SQLITE,), settles_within_s=200)
async def the_gateway_stops_between_sending_and_noting(night: Night) -> None:
    """Twilio has the text and our process is gone: looked up, and not sent again."""
    night.stand_in.behave(Behaviour(every_send=SendFault.ACCEPTED_THEN_SILENT))
    senders = [night.person() for _ in range(3)]
    await asyncio.gather(*(night.text(sender, ORDINARY) for sender in senders))
    for sender in senders:
        await night.stand_in.phone(sender).received(1, 20)
    await night.stop_dead(night.door)
    night.stand_in.behave(Behaviour())
    night.stand_in.released.set()
    await night.up(night.door)
    await night.settled(2 * LEASE_S + 30)
    assert all(len(night.stand_in.phone(s).texts) == 1 for s in senders)


@row("T41", kinds=(Kind.SQLITE,), settles_within_s=300, with_second=True)
async def twilio_fails_and_a_second_provider_carries_texts(night: Night) -> None:
    """429, 5xx, a hang, accepted-then-dropped, then away: all arrive, each by one."""
    assert night.second is not None
    night.stand_in.behave(Behaviour(faults=FAILING, every_send=SendFault.UNAVAILABLE))
    senders = [night.person() for _ in range(12)]
    await asyncio.gather(*(night.text(sender, ORDINARY) for sender in senders))
    await night.crisis_is_answered(4)
    await night.settled(4 * LEASE_S)
    texts = night.stand_in.texts.values()
    for sender in senders:
        by_twilio = sum(text.recipient == sender for text in texts)
        assert by_twilio + len(night.second.texts_to(sender)) == 1, "once, by one"
    assert len(night.second.taken) >= len(senders) - len(FAILING)
    night.stand_in.released.set()
    night.stand_in.behave(Behaviour())


async def _stops_under_texts(night: Night, times: int, people: int) -> None:
    """People text without pause while the gateway is stopped again and again.

    A crisis text that Twilio could not bring is answered by its fallback, and
    brought again later under the same id.
    """
    choosing = random.Random(15)
    async with people_texting(night, people):
        for _ in range(times):
            await asyncio.sleep(choosing.uniform(0.2, 2.0))
            await night.stop_dead(night.door)
            await night.up(night.door)
    await night.settled()
    await night.bring_again()
    left = [t.sid for t in night.stand_in.texts.values() if t.status == "unanswered"]
    assert left == [], "every text was taken in the end"
