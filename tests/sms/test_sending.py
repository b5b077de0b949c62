"""Sending through the real twilio client, whatever Twilio does with it."""

import asyncio
import logging
import socket
import time
from datetime import UTC, datetime, timedelta

import pytest

from channels.sms.codes import RULES, RetryAdvice, rule_for
from channels.sms.outgoing import VALIDITY_S, CannotTell, NotSent, Sent, TextKind
from channels.sms.sending import TwilioSender
from channels.sms.twilio_account import SendingSettings
from gateway.texting.outbox_worker import LEASE_S
from twilio_stand_in.settings import Behaviour, OptOut, SendFault

pytestmark = pytest.mark.anyio

PHONE = "+447700900001"
NOW = datetime(2020, 1, 1, tzinfo=UTC)


async def test_a_text_arrives_in_plain_letters_and_says_what_it_costs(line, text_to):
    result = await line.sender.send(
        text_to(body="It\u2019s ok \u2013 I\u2019m here\u2026")
    )
    (got,) = await line.twilio.phone(PHONE).received(1)

    assert result == Sent(got.sid, 1)
    assert got.body == "It's ok - I'm here..."


@pytest.mark.parametrize("kind", TextKind)
async def test_a_text_waits_in_the_queue_only_while_it_is_worth_sending(
    line, text_to, kind
):
    await line.sender.send(text_to(kind=kind))

    (text,) = line.twilio.texts.values()
    assert text.validity_period == VALIDITY_S[kind]
    assert 300 <= text.validity_period <= 3600


async def test_every_step_is_reported_under_the_texts_own_id(line, text_to):
    text = text_to()

    await line.sender.send(text)
    await line.twilio.settled()

    assert {r.outbox for r in line.door.reports} == {text.outbox}
    assert [r.status.value for r in line.door.reports] == [
        "sending",
        "sent",
        "delivered",
    ]


async def test_too_many_requests_may_be_sent_again_without_a_second_thought(
    line, text_to
):
    line.twilio.behave(Behaviour(faults=(SendFault.TOO_MANY,)))

    first = await line.sender.send(text_to())
    second = await line.sender.send(text_to())

    assert first == NotSent("20429", RetryAdvice.RETRY_SAFE)
    assert isinstance(second, Sent)
    assert len(line.twilio.texts) == 1


@pytest.mark.parametrize("fault", [SendFault.BROKEN, SendFault.UNAVAILABLE])
async def test_a_broken_twilio_may_have_sent_it(line, text_to, fault):
    line.twilio.behave(Behaviour(every_send=fault))

    result = await line.sender.send(text_to())

    assert result == NotSent("no_answer", RetryAdvice.AMBIGUOUS)


@pytest.mark.parametrize(
    ("fault", "left"),
    [
        (SendFault.SILENT, False),
        (SendFault.ACCEPTED_THEN_SILENT, True),
        (SendFault.ACCEPTED_THEN_DROPPED, True),
        (SendFault.ACCEPTED_UNREADABLY, True),
    ],
)
async def test_after_silence_a_look_tells_whether_the_text_left(
    connect, text_to, fault, left
):
    async with connect(timeout=0.3) as line:
        line.twilio.behave(Behaviour(every_send=fault))
        text, since = text_to(body="Are you \u201cok\u201d?"), datetime.now(UTC)

        result = await line.sender.send(text)
        found = await line.sender.find_sent(text, since)

        assert result == NotSent("no_answer", RetryAdvice.AMBIGUOUS)
        assert (found is not None) is left
        if found:
            assert found.provider_message_id in line.twilio.texts


async def test_a_look_takes_no_other_text_for_this_one(line, text_to):
    earlier, since = text_to(body="Same words"), datetime.now(UTC)
    sent = await line.sender.send(earlier)
    await line.twilio.phone(PHONE).sends("Other words")

    async def find(text, since, known=()):
        return await line.sender.find_sent(text, since, known)

    assert await find(text_to(body="Same words"), since) == sent
    assert await find(text_to(body="Other words"), since) is None
    assert await find(text_to(to="+447700900002", body="Same words"), since) is None
    known = {sent.provider_message_id}
    assert await find(text_to(body="Same words"), since, known) is None
    later = datetime.now(UTC) + timedelta(seconds=2)
    assert await find(text_to(body="Same words"), later) is None


async def test_a_look_that_gets_no_answer_says_so(line, text_to):
    stranger = TwilioSender(
        SendingSettings("AC" + "9" * 32, "x", "+447700900900", "http://x", line.address)
    )

    with pytest.raises(CannotTell) as raised:
        await stranger.find_sent(text_to(), NOW)

    assert str(raised.value) == ""
    assert raised.value.__suppress_context__


async def test_nothing_left_when_nobody_was_there(text_to):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
        sender = TwilioSender(SendingSettings("AC1", "x", "+447700900900", "", nobody))

        result = await sender.send(text_to())

    assert result == NotSent("unreachable", RetryAdvice.RETRY_SAFE)


async def test_nothing_left_when_no_connection_was_made_in_time(text_to):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as never_takes:
        address = never_takes.getsockname()
        waiting = [_knocks(address) for _ in range(3)]
        sender = _sender(f"http://127.0.0.1:{address[1]}", timeout=0.3)

        result = await sender.send(text_to())

        await sender.close()
        for one in waiting:
            one.close()
    assert result == NotSent("unreachable", RetryAdvice.RETRY_SAFE)


async def test_an_answer_that_only_drips_is_given_up_while_the_text_is_still_ours(
    text_to,
):
    async def drips(_, answer):
        for byte in b"HTTP/1.1 201 Created\r\nContent-Length: 9000\r\n\r\n" * 200:
            answer.write(bytes([byte]))
            await asyncio.sleep(0.05)

    server = await asyncio.start_server(drips, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sender, begun = _sender(f"http://127.0.0.1:{port}", timeout=0.3), time.monotonic()

    result = await sender.send(text_to())

    assert result == NotSent("no_answer", RetryAdvice.AMBIGUOUS)
    assert time.monotonic() - begun < LEASE_S / 10
    await sender.close()
    server.close()


def _sender(address, timeout):
    return TwilioSender(
        SendingSettings("AC1", "x", "+447700900900", "", address, timeout=timeout)
    )


def _knocks(address):
    """Take one of the few places of whoever accepts nobody."""
    knocking = socket.socket()
    knocking.setblocking(False)
    knocking.connect_ex(address)
    return knocking


@pytest.mark.parametrize("code", sorted(c for c in RULES if c.startswith("2")))
async def test_a_refusal_by_code_follows_the_table(line, text_to, code):
    line.twilio.behave(Behaviour(refused={PHONE: code}))

    result = await line.sender.send(text_to())

    assert result == NotSent(code, rule_for(code).advice)


async def test_a_wrong_token_keeps_the_text_until_someone_puts_it_right(line, text_to):
    wrong = TwilioSender(
        SendingSettings(
            line.twilio.settings.account_sid,
            "wrong",
            "+447700900900",
            line.address,
            line.sender._settings.api_address,
        )
    )

    result = await wrong.send(text_to())

    assert result == NotSent("20003", RetryAdvice.RETRY_SAFE)
    assert rule_for("20003").tell_operator


async def test_after_stop_a_carrier_blocks_us_until_start(line, text_to):
    line.twilio.behave(Behaviour(opt_out=OptOut.TWILIO))
    phone = line.twilio.phone(PHONE)

    await phone.sends("Stop")
    blocked = await line.sender.send(text_to())
    await phone.sends("START")
    again = await line.sender.send(text_to())

    assert blocked == NotSent("21610", RetryAdvice.PERMANENT)
    assert isinstance(again, Sent)
    # What the person wrote reached us too, both times.
    assert [sms.text for sms in line.door.received] == ["Stop", "START"]


@pytest.mark.parametrize(
    "number", ["+441632960001", "+442079460000", "60006", "MyBank", "nonsense", ""]
)
async def test_a_text_is_never_read_aloud_from_a_landline(line, text_to, number):
    result = await line.sender.send(text_to(to=number))

    assert result == NotSent("not_a_mobile", RetryAdvice.PERMANENT)
    assert line.twilio.texts == {}


async def test_a_text_too_long_for_twilio_never_leaves(line, text_to):
    longest = await line.sender.send(text_to(body="a" * 1600))
    too_long = await line.sender.send(text_to(body="a" * 1601))

    assert longest == Sent(next(iter(line.twilio.texts)), 11)
    assert too_long == NotSent("21617", RetryAdvice.PERMANENT)


async def test_twilios_own_copy_can_be_deleted_once_and_again(line, text_to):
    sent = await line.sender.send(text_to())
    await line.twilio.settled()

    assert await line.sender.forget(sent.provider_message_id)
    assert await line.sender.forget(sent.provider_message_id)
    assert line.twilio.texts == {}


async def test_no_number_and_no_word_gets_into_a_log(line, text_to, caplog):
    with caplog.at_level(logging.DEBUG):
        await line.sender.send(text_to(body="between us"))
        line.twilio.behave(Behaviour(refused={PHONE: "21612"}))
        await line.sender.send(text_to(body="between us"))
        await line.sender.find_sent(text_to(body="between us"), NOW)
        await line.twilio.settled()

    assert "between us" not in caplog.text
    assert "7700900001" not in caplog.text


def test_a_text_to_send_does_not_show_itself(text_to):
    shown = repr(text_to(body="between us"))

    assert "between us" not in shown
    assert "7700900001" not in shown
