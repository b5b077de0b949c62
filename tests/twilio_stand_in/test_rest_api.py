"""The stand-in's API, through the twilio library as it ships."""

import asyncio

import pytest
from twilio.base.exceptions import TwilioRestException

from foundations.clock import utc_now
from twilio_stand_in.settings import Behaviour

pytestmark = pytest.mark.anyio

PHONE, OURS = "+447700900001", "+447700900900"
SERVICE = "MG" + "2" * 32


@pytest.fixture
def send(world):
    async def create(**fields):
        fields = {"to": PHONE, "from_": OURS, "body": "hello", **fields}
        return await asyncio.to_thread(world.client.messages.create, **fields)

    return create


async def refusal(asked):
    with pytest.raises(TwilioRestException) as raised:
        await asked
    return raised.value.status, raised.value.code


async def test_a_sent_text_reads_as_the_library_expects(send):
    message = await send(body="\u20ac" * 81)

    assert message.sid.startswith("SM")
    assert (message.status, message.direction) == ("queued", "outbound-api")
    assert (message.to, message.from_) == (PHONE, OURS)
    assert (message.num_segments, message.error_code) == ("2", None)
    assert abs((utc_now() - message.date_created).total_seconds()) < 60


async def test_a_messaging_service_accepts_and_picks_our_number(world_with):
    async with world_with(messaging_service_sid=SERVICE) as world:
        message = await asyncio.to_thread(
            world.client.messages.create,
            to=PHONE,
            messaging_service_sid=SERVICE,
            body="hello",
        )

        assert (message.status, message.from_) == ("accepted", OURS)
        assert message.messaging_service_sid == SERVICE


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "07700900001"}, 21211),
        ({"from_": ""}, 21603),
        ({"from_": "+447700900555"}, 21606),
        ({"body": ""}, 21602),
        ({"body": "a" * 1601}, 21617),
        ({"messaging_service_sid": SERVICE}, 21701),
    ],
)
async def test_what_twilio_refuses_is_refused_with_its_code(send, fields, code):
    assert await refusal(send(**fields)) == (400, code)


async def test_a_number_can_be_refused_with_any_code(world, send):
    world.twilio.behave(Behaviour(refused={PHONE: "21612"}))

    assert await refusal(send()) == (400, 21612)


async def test_only_our_account_gets_in(world, send):
    world.client.password = world.client.auth = ("x", "y")

    assert await refusal(send()) == (401, 20003)


async def test_a_list_is_newest_first_and_has_as_many_pages_as_it_needs(world, send):
    for n in range(7):
        await send(body=f"text {n}")
    await send(to="+447700900002", body="to another phone")

    found = await asyncio.to_thread(world.client.messages.list, to=PHONE, page_size=3)

    assert [m.body for m in found] == [f"text {n}" for n in reversed(range(7))]


async def test_texts_from_phones_are_listed_for_those_who_missed_them(world):
    await world.twilio.phone(PHONE).sends("did you get this?")

    found = await asyncio.to_thread(world.client.messages.list, from_=PHONE)

    assert [(m.body, m.direction) for m in found] == [("did you get this?", "inbound")]


async def test_a_text_can_be_shown_emptied_and_deleted(world, send):
    sid = (await send()).sid
    one = world.client.messages(sid)

    shown = await asyncio.to_thread(one.fetch)
    emptied = await asyncio.to_thread(one.update, body="")
    deleted = await asyncio.to_thread(one.delete)

    assert (shown.body, emptied.body, deleted) == ("hello", "", True)
    assert await refusal(asyncio.to_thread(one.fetch)) == (404, 20404)
