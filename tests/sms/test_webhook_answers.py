"""What Twilio gets back: words at once, nothing, or a 503 that brings it again."""

import asyncio
import logging

import pytest
from twilio.twiml.messaging_response import MessagingResponse

from channels.sms.door import InlineText, NotRecorded, SmsAnswer
from channels.sms.twiml import twiml
from foundations.ids import OutboxId
from twilio_stand_in.twiml import asked_texts

pytestmark = pytest.mark.anyio

STATUS = "/hooks/twilio/status"
OURS, PHONE = "+447700900900", "+447700900001"


def texts_in(answer):
    """Read an answer as Twilio does."""
    return asked_texts("text/xml", answer.text)


async def test_words_that_leave_at_once_report_their_own_delivery(line):
    line.door.answers_with("Call 999 now. I'm here <3 & staying")

    (text,) = texts_in(await line.posts())

    outbox = line.door.answers.texts[0].outbox
    assert text.body == "Call 999 now. I'm here <3 & staying"
    assert text.callback == f"{line.address}{STATUS}/{outbox}"


async def test_words_without_an_outbox_id_leave_without_a_report(line):
    line.door.answers = SmsAnswer((InlineText("One"), InlineText("Two")))

    one, two = texts_in(await line.posts())
    assert (one.body, one.callback, two.body, two.callback) == (
        "One",
        None,
        "Two",
        None,
    )


async def test_odd_characters_cannot_spoil_the_answer(line):
    curly = "You\u2019re \x01\x0b\ud800 not \ufffe alone \U0001f64f"
    line.door.answers = SmsAnswer((InlineText(curly),))

    (text,) = texts_in(await line.posts())

    assert text.body == "You're \n not  alone \U0001f64f"


@pytest.mark.parametrize(
    "bodies", [(), ("Hello",), ("One & <two> \"3\" 'four'", "\u00a35 to\nme ]]>")]
)
async def test_the_answer_is_word_for_word_what_twilios_own_library_writes(bodies):
    address = 'https://h.example/s?a=1&b="2"'
    theirs = MessagingResponse()
    for body in bodies:
        theirs.message(body, status_callback=address)
    texts = [InlineText(body, OutboxId("one")) for body in bodies]

    assert twiml(texts, lambda _outbox: address) == str(theirs)


@pytest.mark.parametrize("fault", [NotRecorded(), RuntimeError("what they wrote")])
async def test_a_text_that_could_not_be_kept_is_asked_for_again(line, fault, caplog):
    line.door.fault = fault

    with caplog.at_level(logging.DEBUG):
        answer = await line.posts()

    assert (answer.status_code, answer.text) == (503, "")
    assert "what they wrote" not in caplog.text


async def test_crisis_words_leave_even_when_nothing_could_be_kept(line):
    line.door.fault = NotRecorded()
    line.door.crisis_words = ("Fixed words one", "Fixed words two")

    answer = await line.posts()

    assert answer.status_code == 200
    assert [t.body for t in texts_in(answer)] == ["Fixed words one", "Fixed words two"]


async def test_crisis_words_leave_in_time_when_the_door_is_stuck(connect):
    async with connect(answer_within=0.1) as line:
        line.door.slow = asyncio.Event()
        line.door.crisis_words = ("Fixed words",)

        answer = await line.posts()

        assert [t.body for t in texts_in(answer)] == ["Fixed words"]
        line.door.slow.set()
        async with asyncio.timeout(5):
            while not line.door.received:
                await asyncio.sleep(0)
        # The text that took long was not cut off half way.
        assert line.door.received[0].text == "hello"


async def test_a_text_that_calls_for_no_words_may_take_longer(connect):
    async with connect(answer_within=0.1) as line:
        line.door.slow = asyncio.Event()
        coming = asyncio.create_task(line.posts())
        async with asyncio.timeout(30):
            while not line.door.screened:
                await asyncio.sleep(0)
        line.door.slow.set()

        answer = await coming

        assert (answer.status_code, texts_in(answer)) == (200, ())
        assert line.door.received[0].text == "hello"


async def test_a_screen_that_breaks_too_still_ends_in_a_503(line, caplog):
    line.door.fault = NotRecorded()
    line.door.screen_fault = RuntimeError("what they wrote")

    with caplog.at_level(logging.DEBUG):
        answer = await line.posts()

    assert (answer.status_code, answer.text) == (503, "")
    assert "what they wrote" not in caplog.text


async def test_a_whole_journey_from_phone_to_door_and_back(line):
    line.door.answers_with("Hi, I'm a bot.")
    phone = line.twilio.phone(PHONE)

    await phone.sends("hello?")
    (got,) = await phone.received(1)
    await line.twilio.settled()

    assert line.door.received[0].sender == PHONE
    assert (got.sender, got.body, got.segments) == (OURS, "Hi, I'm a bot.", 1)
    assert [(r.outbox, r.status.value) for r in line.door.reports] == [
        (line.door.answers.texts[0].outbox, status)
        for status in ("sending", "sent", "delivered")
    ]
