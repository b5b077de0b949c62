"""T19-T27: repeats, parts, floods, slow and broken requests."""

import asyncio
import re
import time
from uuid import uuid4

import httpx

from tests.bench.connection import Connection
from tests.bench.people import Line, texts
from tests.campaign.fault_proxy import HOST
from tests.campaign.night import CRISIS, ORDINARY, OUR_NUMBER, Kind, Night, until
from tests.campaign.rows import row
from twilio_stand_in.settings import Behaviour, CallbackOrder, LongTexts

FLOOD = 300
ARRIVED = {"delivered", "sent"}
REPORT_ADDRESS = re.compile(rb' statusCallback="[^"]*"')


@row("T19", is_quick=True)
async def the_same_webhook_comes_fifty_times_at_once(night: Night) -> None:
    """Fifty copies side by side, then again: one row, one record, the same answer."""
    sid, sender = f"SM{uuid4().hex}", night.person()
    connections = [Connection(night.settings.port) for _ in range(50)]

    async def posted(connection: Connection) -> bytes:
        return (await texts(connection, line(night), sender, CRISIS, sid)).body

    answers = await asyncio.gather(*map(posted, connections))
    answers += await asyncio.gather(*map(posted, connections[:5]))
    # Words that left before they were written down name no report address.
    words = {REPORT_ADDRESS.sub(b"", answer) for answer in answers}
    assert len(words) == 1, "different answers"
    assert b"116 123" in answers[0]
    await night.settled()
    seen = await night.seen()
    assert [r.provider_message_id for r in seen.inbox] == [sid]
    assert len(seen.escalations) == 1
    assert night.dialogue_end.asked == 0
    for connection in connections:
        connection.close()


@row("T20", is_quick=True)
async def parts_and_reports_come_in_any_order(night: Night) -> None:
    """A long text in reversed parts, reports doubled and shuffled: found, and right."""
    night.stand_in.behave(
        Behaviour(
            long_texts=LongTexts.PARTS_REVERSED,
            callback_order=CallbackOrder.SHUFFLED,
            callback_copies=2,
        )
    )
    sender = night.person()
    await night.text(sender, f"{CRISIS}. " + "and then today happened. " * 10)
    await night.stand_in.phone(sender).received(1, 10)
    await asyncio.gather(*(night.text(night.person(), ORDINARY) for _ in range(5)))
    await night.settled()

    async def all_have_left() -> bool:
        # Words that left before they were written down are asked about in a minute.
        return {row.state for row in (await night.seen()).outbox} <= ARRIVED

    await until(all_have_left, 120, "every report is right in the end")
    _came_in_any_order(night)
    night.stand_in.behave(Behaviour())


@row("T21", is_quick=True)
async def one_person_sends_twenty_texts_at_once(night: Night) -> None:
    """Twenty texts side by side: each once, answered one at a time, none dropped."""
    sender = night.person()
    await asyncio.gather(*(night.text(sender, ORDINARY) for _ in range(20)))
    await night.settled()
    seen = await night.seen()
    assert len(seen.inbox) == 20
    assert len(seen.conversations) == 1
    _came_in_any_order(night)


@row("T22", kinds=(Kind.SQLITE,))
async def one_number_floods_us(night: Night) -> None:
    """300 texts from one number at once: all kept, a crisis elsewhere answered."""
    flooding = night.person()

    async def flood(count: int) -> None:
        connection = Connection(night.settings.port)
        for _ in range(count):
            answer = await texts(connection, line(night), flooding, ORDINARY)
            assert answer.status == 200
        connection.close()

    sending = [asyncio.create_task(flood(FLOOD // 6)) for _ in range(6)]
    for _ in range(3):
        await night.crisis_is_answered(5)
    await asyncio.gather(*sending)
    begun = time.monotonic()
    await night.crisis_is_answered(5)
    assert time.monotonic() - begun < 5
    await night.settled(300)
    seen = await night.seen()
    assert len(seen.inbox) == FLOOD + 4


@row("T23", kinds=(Kind.SQLITE,))
async def requests_drip_in(night: Night) -> None:
    """Forty bodies a byte at a time: others are answered; each is cut within 15 s."""
    ends = [asyncio.create_task(_drip(night)) for _ in range(40)]
    await asyncio.sleep(1)
    await night.crisis_is_answered(5)
    lasted = await asyncio.gather(*ends)
    assert max(lasted) < 20, f"the last was cut after {max(lasted):.0f} s"


@row("T24", kinds=(Kind.SQLITE,))
async def two_hundred_chats_lose_their_gateway(night: Night) -> None:
    """200 chats say something, the gateway stops dead: none loses or doubles a word."""
    limits = httpx.Limits(max_connections=50)
    async with httpx.AsyncClient(
        base_url=night.settings.address, timeout=60, trust_env=False, limits=limits
    ) as browser:
        tokens = await asyncio.gather(*(_opens(browser) for _ in range(200)))
        saying = [asyncio.create_task(_says(browser, token)) for token in tokens]
        await asyncio.sleep(1)
        await night.stop_dead(night.door)
        await night.up(night.door)
        await asyncio.gather(*saying)
        for token in tokens:
            said = await _since(browser, token)
            mine = [m for m in said if m["from"] == "young_person"]
            assert len(mine) == 1, "a message was lost or doubled"
            assert any("116 123" in m["text"] for m in said)


@row("T27", kinds=(Kind.SQLITE,), is_quick=True)
async def requests_are_broken(night: Night) -> None:
    """Forms and JSON of every broken kind: a 4xx each, and nothing after it broken."""
    async with httpx.AsyncClient(
        base_url=night.settings.address, timeout=30, trust_env=False
    ) as browser:
        for content_type, body in BROKEN:
            for path in ("/hooks/twilio/sms", "/api/chat", "/api/chat/messages"):
                answer = await browser.post(
                    path, content=body, headers={"Content-Type": content_type}
                )
                assert 400 <= answer.status_code < 500, (path, answer.status_code)
    await night.crisis_is_answered(5)


BROKEN = (
    ("application/x-www-form-urlencoded", b"\xff\xfe=%zz&&&==="),
    ("application/x-www-form-urlencoded", b"Body=hi&Body=ho"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("multipart/form-data", b""),
    ("application/json", b"{" * 10_000),
    ("application/json", b'{"link": NaN}'),
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"link": "\xff"}'),
    ("application/json", b""),
    ("text/plain", b"hello"),
    ("", b"\x00" * 1000),
)


def _came_in_any_order(night: Night) -> None:
    """Texts sent side by side, or in reversed parts, have no order to be kept."""
    night.replayed.update(night.stand_in.texts)


def line(night: Night) -> Line:
    """Give the webhook's address and how it is signed."""
    settings = night.settings
    token = settings.twilio_auth_token.get_secret_value()
    return Line(settings.port, settings.twilio_account_sid, token, OUR_NUMBER)


async def _drip(night: Night) -> float:
    """Send a body a byte a second; give how long until we were cut off."""
    reader, writer = await asyncio.open_connection(HOST, night.settings.port)
    begun = time.monotonic()
    writer.write(
        b"POST /hooks/twilio/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    over = asyncio.create_task(reader.read())
    while not over.done() and time.monotonic() - begun < 30:
        try:
            writer.write(b"a")
            await writer.drain()
        except OSError:
            break
        await asyncio.wait({over}, timeout=1)
    over.cancel()
    writer.close()
    return time.monotonic() - begun


async def _opens(browser: httpx.AsyncClient) -> str:
    answer = await browser.post("/api/chat", json={"link": "demo"})
    answer.raise_for_status()
    return str(answer.json()["token"])


async def _says(browser: httpx.AsyncClient, token: str) -> None:
    """Say one thing under one id until it is answered, as the page does."""
    message = {"id": str(uuid4()), "text": CRISIS}

    async def is_answered() -> bool:
        try:
            answer = await browser.post(
                "/api/chat/messages", json=message, headers=_bearer(token)
            )
        except httpx.TransportError:
            await asyncio.sleep(0.5)
            return False
        return answer.status_code == 200

    await until(is_answered, 120, "a chat goes on")


async def _since(browser: httpx.AsyncClient, token: str) -> list[dict[str, str]]:
    answer = await browser.get("/api/chat/messages", headers=_bearer(token))
    answer.raise_for_status()
    return list(answer.json()["messages"])


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
