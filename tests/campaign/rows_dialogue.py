"""T01-T04, T25: Rasa is gone, stuck, slow, or talks nonsense."""

import asyncio
import os
import signal
import time

from escalation import replies
from tests.campaign.dialogue_end import BAD
from tests.campaign.fault_proxy import HOST
from tests.campaign.night import CRISIS, ORDINARY, Kind, Night, until
from tests.campaign.rows import row

NEVER_SHOWN = ("<html", "xxxx", "Bad gateway", "somebody")


@row("T01", kinds=(Kind.SQLITE,), with_rasa=True, settles_within_s=120)
async def rasa_is_gone_again_and_again(night: Night) -> None:
    """Real Rasa is stopped dead under texts: three times what answers, then all."""
    assert night.dialogue is not None
    sending = asyncio.create_task(_texts(night, people=4, each=8))
    for _ in range(3):
        gone = night.answering()
        os.kill(gone, signal.SIGKILL)
        await night.crisis_is_answered(5)
        await night.replaced(gone)
    await night.stop_dead(night.dialogue)
    await night.crisis_is_answered(5)
    assert await night.up(night.dialogue, 120) < 120
    await sending


@row("T02", kinds=(Kind.SQLITE,), with_rasa=True)
async def rasa_is_stuck(night: Night) -> None:
    """Real Rasa is frozen by a signal, then by one request; another takes its place."""
    for freeze in (_by_signal, _by_negative_length):
        frozen = night.answering()
        await freeze(night)
        await night.crisis_is_answered(5)
        sender = night.person()
        await night.text(sender, ORDINARY)
        await night.stand_in.phone(sender).received(1, 30)
        await night.replaced(frozen)
    assert night.dialogue is not None
    assert night.dialogue.starts == 1, "all of Rasa was started again"


@row("T03", is_quick=True)
async def rasa_is_slow(night: Night) -> None:
    """Rasa takes longer than its deadline: the menu answers, nobody else waits."""
    night.dialogue_end.slow_s = 10
    slow = [asyncio.create_task(night.text(night.person(), ORDINARY)) for _ in "123"]
    begun = time.monotonic()
    sender = night.person()
    await night.text(sender, "WHO")
    await night.stand_in.phone(sender).received(1, 8)
    assert time.monotonic() - begun < 8, "a command waited for Rasa"
    await night.crisis_is_answered(5)
    await asyncio.gather(*slow)
    night.dialogue_end.slow_s = 0


@row("T42", kinds=(Kind.SQLITE,), settles_within_s=200)
async def the_gateway_stops_before_a_plan_that_waited_starts(night: Night) -> None:
    """SIGKILL between "I'm safe" being written down and its answer: nothing is lost."""
    sender = night.person()
    phone = night.stand_in.phone(sender)
    await night.text(sender, CRISIS)
    await night.text(sender, "make a plan")
    await phone.received(2, 30)
    before, night.dialogue_end.slow_s = night.dialogue_end.asked, 10
    safe = asyncio.create_task(night.text(sender, "im safe right now"))
    await until(lambda: night.dialogue_end.asked > before, 20, "Rasa is asked")
    await night.stop_dead(night.door)
    night.dialogue_end.slow_s = 0
    await night.up(night.door)
    await safe
    await phone.received(3, 60)
    with_it = replies.say("escalation.glad_safe_plan", "sms").text
    assert sum(with_it in text.body for text in phone.texts) == 1


@row("T04", is_quick=True)
async def rasa_talks_nonsense(night: Night) -> None:
    """500, [], a page, half of JSON, 5 MB, wrong shapes: the menu, never any of it."""
    senders = []
    for status, body in BAD.values():
        night.dialogue_end.answer(status, body)
        senders.append(night.person())
        await night.text(senders[-1], ORDINARY)
        await night.stand_in.phone(senders[-1]).received(1, 20)
    night.dialogue_end.answer()
    said = [t.body for sender in senders for t in night.stand_in.phone(sender).texts]
    assert len(said) == len(BAD), "one answer each"
    assert not any(shown in text for text in said for shown in NEVER_SHOWN)


async def _texts(night: Night, people: int, each: int) -> None:
    async def one() -> None:
        sender = night.person()
        for number in range(each):
            await night.text(sender, CRISIS if number == each - 1 else ORDINARY)
            await asyncio.sleep(0.4)

    await asyncio.gather(*(one() for _ in range(people)))


async def _by_signal(night: Night) -> None:
    os.kill(night.answering(), signal.SIGSTOP)


async def _by_negative_length(night: Night) -> None:
    """The request that a Sanic of 2021 never comes back from (docs/adr/0004)."""
    _, writer = await asyncio.open_connection(HOST, night.to_dialogue.target)
    writer.write(b"POST /webhooks/handrail/messages HTTP/1.1\r\n")
    writer.write(b"Host: x\r\nContent-Length: -5\r\n\r\nhello")
    await writer.drain()
