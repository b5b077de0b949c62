"""The stand-in calls webhooks as Twilio does: signed, retried, then the fallback."""

import asyncio

import pytest

from tests.canaries_of_the_suite import without_ids
from twilio_stand_in.connection import ConnectionRules, connection_rules
from twilio_stand_in.journal import Kind
from twilio_stand_in.settings import Behaviour, CallbackOrder, LongTexts, OptOut

pytestmark = pytest.mark.anyio

PHONE, OURS = "+447700900001", "+447700900900"
TWILIOS_FIELDS = {
    "AccountSid",
    "ApiVersion",
    "Body",
    "From",
    "FromCity",
    "FromCountry",
    "FromState",
    "FromZip",
    "MessageSid",
    "NumMedia",
    "NumSegments",
    "SmsMessageSid",
    "SmsSid",
    "SmsStatus",
    "To",
    "ToCity",
    "ToCountry",
    "ToState",
    "ToZip",
}


async def test_a_text_comes_signed_with_twilios_fields_and_blank_towns(world):
    await world.twilio.phone(PHONE).sends("hi \u00a3\u20ac\n\U0001f600 & +")

    (call,) = world.webhook.calls
    assert call.signed
    assert set(call.fields) == TWILIOS_FIELDS
    assert call.fields["Body"] == "hi \u00a3\u20ac\n\U0001f600 & +"
    assert call.fields["FromCity"] == call.fields["ToZip"] == ""
    assert (call.fields["From"], call.fields["To"]) == (PHONE, OURS)
    assert call.headers["i-twilio-idempotency-token"]


async def test_an_answer_is_carried_out_and_its_delivery_reported(world):
    world.webhook.says = (
        f'<Response><Message statusCallback="{world.webhook.address}/status/1">'
        "<Body>A &amp; B</Body></Message><Message>C</Message></Response>"
    )

    await world.twilio.phone(PHONE).sends("hello")
    got = await world.twilio.phone(PHONE).received(2)
    await world.twilio.settled()

    assert sorted(t.body for t in got) == ["A & B", "C"]
    reports = world.webhook.at("/status/1")
    assert [r.fields["MessageStatus"] for r in reports] == [
        "sending",
        "sent",
        "delivered",
    ]
    assert all(r.signed for r in reports)


@pytest.mark.parametrize(
    ("overrides", "statuses", "tries"),
    [
        # By default a 500 is not tried again: only a lost connection is.
        ("", [500, 500], "500"),
        ("#rc=3&rp=all", [500, 404, 503], "500, 404, 503, 200"),
        ("#rc=1&rp=5xx", [500, 500, 500], "500, 500"),
        ("#rc=5&rp=4xx", [500], "500"),
        ("#rc=0&rp=all", [500], "500"),
    ],
)
async def test_a_failed_webhook_is_tried_again_as_its_address_says(
    world_with, overrides, statuses, tries
):
    async with world_with(overrides) as world:
        world.webhook.statuses = statuses

        await world.twilio.phone(PHONE).sends("hello")

        (entry,) = world.twilio.journal.entries(Kind.INBOUND)
        calls = world.webhook.at("/sms")
        assert entry.result == tries
        assert len({c.headers["i-twilio-idempotency-token"] for c in calls}) == 1
        assert len({c.fields["MessageSid"] for c in calls}) == 1


async def test_a_lost_connection_is_tried_once_more_then_nothing(world_with):
    async with world_with(listening=False) as world:
        await world.twilio.phone(PHONE).sends("hello")

        (entry,) = world.twilio.journal.entries()
        (text,) = world.twilio.texts.values()
        assert (entry.result, text.status) == ("ct, ct", "unanswered")


@pytest.mark.parametrize(
    ("statuses", "content_type", "says"),
    [
        ([500], "text/xml", "<Response/>"),
        ([404], "text/xml", "<Response/>"),
        ([], "text/xml", "<Response><Message>broken"),
        ([], "text/xml", "<Answer/>"),
        ([], "application/json", "{}"),
    ],
)
async def test_the_fallback_is_called_and_told_why(
    world_with, statuses, content_type, says
):
    async with world_with(with_fallback=True) as world:
        world.webhook.statuses = statuses
        world.webhook.content_type = content_type
        world.webhook.says = says

        await world.twilio.phone(PHONE).sends("hello")

        (call,) = world.webhook.at("/fallback")
        assert call.signed
        assert call.fields["ErrorCode"] == "11200"
        assert call.fields["ErrorUrl"] == f"{world.webhook.address}/sms"
        assert call.fields["Body"] == "hello"


async def test_the_same_text_can_come_several_times_at_once(world):
    world.webhook.says = "<Response><Message>once</Message></Response>"
    world.twilio.behave(Behaviour(webhook_copies=3))

    await world.twilio.phone(PHONE).sends("hello")
    await world.twilio.settled()

    assert len(world.webhook.calls) == 3
    assert len({c.fields["MessageSid"] for c in world.webhook.calls}) == 1
    assert len(world.twilio.phone(PHONE).texts) == 1


@pytest.mark.parametrize(
    ("long_texts", "order"),
    [
        (LongTexts.JOINED, [0]),
        (LongTexts.PARTS, [1, 2, 3]),
        (LongTexts.PARTS_REVERSED, [3, 2, 1]),
    ],
)
async def test_a_long_text_can_come_in_parts_and_in_any_order(world, long_texts, order):
    parts = {0: "a" * 153 + "b" * 153 + "c", 1: "a" * 153, 2: "b" * 153, 3: "c"}
    world.twilio.behave(Behaviour(long_texts=long_texts))

    await world.twilio.phone(PHONE).sends(parts[0])

    assert [c.fields["Body"] for c in world.webhook.calls] == [parts[n] for n in order]
    assert len({c.fields["MessageSid"] for c in world.webhook.calls}) == len(order)


@pytest.fixture
def sent_reports(world):
    async def reports(behaviour):
        world.twilio.behave(behaviour)
        await asyncio.to_thread(
            world.client.messages.create,
            to=PHONE,
            from_=OURS,
            body="hello",
            status_callback=f"{world.webhook.address}/status",
        )
        await world.twilio.settled()
        calls = world.webhook.at("/status")
        return [(c.fields["MessageStatus"], c.fields.get("ErrorCode")) for c in calls]

    return reports


IN_ORDER = [("sending", None), ("sent", None), ("delivered", None)]


async def test_reports_can_come_backwards_and_more_than_once(sent_reports):
    behaviour = Behaviour(callback_order=CallbackOrder.REVERSED, callback_copies=2)

    reports = await sent_reports(behaviour)

    assert reports == [r for r in reversed(IN_ORDER) for _ in range(2)]


async def test_reports_can_come_shuffled(sent_reports):
    reports = await sent_reports(Behaviour(callback_order=CallbackOrder.SHUFFLED))

    assert sorted(reports) == sorted(IN_ORDER)


async def test_sent_can_be_the_last_that_is_heard(sent_reports, world):
    assert await sent_reports(Behaviour(last_status="sent")) == IN_ORDER[:2]
    assert world.twilio.phone(PHONE).texts == []


async def test_a_text_that_never_arrives_is_reported_with_its_code(sent_reports, world):
    reports = await sent_reports(Behaviour(undelivered={PHONE: "30003"}))

    assert reports == [*IN_ORDER[:2], ("undelivered", "30003")]
    assert world.twilio.phone(PHONE).texts == []


async def test_twilio_answers_help_itself_when_nobody_switched_that_off(world):
    world.twilio.behave(Behaviour(opt_out=OptOut.TWILIO))
    phone = world.twilio.phone(PHONE)

    await phone.sends("Help")
    (got,) = await phone.received(1)

    assert "Reply STOP" in got.body
    assert len(world.webhook.calls) == 1


async def test_an_answer_to_stop_is_blocked_when_twilio_handles_it(world):
    world.webhook.says = "<Response><Message>our own words</Message></Response>"
    world.twilio.behave(Behaviour(opt_out=OptOut.TWILIO))
    phone = world.twilio.phone(PHONE)

    await phone.sends("STOP")
    await world.twilio.settled()

    ours = [t for t in world.twilio.texts.values() if t.body == "our own words"]
    assert [(t.status, t.error_code) for t in ours] == [("failed", "21610")]
    assert [t.body[:25] for t in phone.texts] == ["You have successfully bee"]


async def test_the_journal_keeps_ids_and_results_only(world):
    await world.twilio.phone(PHONE).sends("between us")
    await world.twilio.settled()

    kept = without_ids(str(world.twilio.journal.entries()))
    assert "between us" not in kept
    assert "900001" not in kept


def test_connection_overrides_are_read_as_twilio_reads_them():
    usual = connection_rules("https://handrail.example/hooks/twilio/sms")
    quick = connection_rules("https://handrail.example/x#ct=1000&rt=2500&rc=3&rp=all")

    assert usual == ConnectionRules(5.0, 15.0, 15.0, 1, frozenset({"ct"}))
    assert quick == ConnectionRules(1.0, 2.5, 15.0, 3, frozenset({"all"}))
    assert not usual.tries_again_after("5xx")
    assert quick.tries_again_after("4xx")
