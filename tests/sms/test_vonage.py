"""A text through the second provider: what is asked, and what each answer means."""

from collections.abc import Iterator

import pytest

from channels.sms.codes import RetryAdvice
from channels.sms.outgoing import NotSent, OutgoingText, SendResult, Sent, TextKind
from channels.sms.vonage import VonageSender, VonageSettings
from foundations.ids import OutboxId
from tests.vonage_end import KEY, SECRET, SENDER, VonageEnd, message_id, vonage_end

pytestmark = pytest.mark.anyio

PHONE = "+447700900001"
TEXT = OutgoingText(PHONE, "You\u2019re not alone", TextKind.CRISIS, OutboxId("a1"))


@pytest.fixture
def end() -> Iterator[VonageEnd]:
    with vonage_end() as running:
        yield running


async def sent(end: VonageEnd, text: OutgoingText = TEXT) -> SendResult:
    """Send a text, and give what is said to have become of it."""
    sender = VonageSender(
        VonageSettings(KEY, SECRET, SENDER, "https://h.test", end.address, 0.5)
    )
    try:
        return await sender.send(text)
    finally:
        await sender.close()


async def test_a_text_leaves_with_its_own_address_for_receipts(
    end: VonageEnd,
) -> None:
    result = await sent(end)

    (form,) = end.taken
    assert result == Sent(message_id(form), 1)
    assert (form["to"], form["from"]) == ("447700900001", SENDER)
    assert (form["text"], form["type"]) == ("You're not alone", "text")
    assert form["ttl"] == "3600000"
    assert form["callback"].startswith("https://h.test/hooks/sms/receipt/a1/")


@pytest.mark.parametrize(
    ("http", "status", "code", "advice"),
    [
        (429, "0", "20429", RetryAdvice.RETRY_SAFE),
        (500, "0", "no_answer", RetryAdvice.AMBIGUOUS),
        (503, "0", "no_answer", RetryAdvice.AMBIGUOUS),
        (401, "0", "20003", RetryAdvice.RETRY_SAFE),
        (200, "1", "20429", RetryAdvice.RETRY_SAFE),
        (200, "4", "20003", RetryAdvice.RETRY_SAFE),
        (200, "5", "no_answer", RetryAdvice.AMBIGUOUS),
        (200, "7", "30004", RetryAdvice.PERMANENT),
        (200, "99", "unknown", RetryAdvice.PERMANENT),
    ],
)
async def test_a_refusal_means_what_it_says(
    end: VonageEnd,
    http: int,
    status: str,
    code: str,
    advice: RetryAdvice,
) -> None:
    end.http, end.status = http, status

    assert await sent(end) == NotSent(code, advice)


async def test_silence_and_a_dropped_answer_may_have_sent_it(
    end: VonageEnd,
) -> None:
    end.hangs = True
    silent = await sent(end)
    end.hangs, end.drops = False, True
    dropped = await sent(end)

    unclear = NotSent("no_answer", RetryAdvice.AMBIGUOUS)
    assert (silent, dropped) == (unclear, unclear)


async def test_a_landline_is_never_texted(end: VonageEnd) -> None:
    text = OutgoingText("+441632960001", "hello", TextKind.ORDINARY, OutboxId("a2"))

    result = await sent(end, text)

    assert isinstance(result, NotSent)
    assert end.taken == []
