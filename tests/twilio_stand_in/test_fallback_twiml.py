"""The last line of defence: it names the right numbers, briefly, in plain letters."""

import re
from pathlib import Path

import pytest

from foundations.content import read_yaml
from foundations.gsm7 import encoding, segments
from twilio_stand_in.twiml import asked_texts

ROOT = Path(__file__).parents[2]
FALLBACK = (ROOT / "deploy/fallback.twiml.xml").read_text(encoding="utf-8")
NUMBERS = read_yaml(ROOT / "escalation/numbers.yml")


def body() -> str:
    (text,) = asked_texts("text/xml", FALLBACK)
    return text.body


def test_the_fallback_fits_two_parts_in_plain_letters():
    assert encoding(body()) == "GSM-7"
    assert segments(body()) <= 2


@pytest.mark.parametrize(
    "pinned",
    [
        "emergency",
        "samaritans",
        "shout_word",
        "shout",
        "childline",
        "nhs_mental_health",
    ],
)
def test_the_fallback_names_each_crisis_line(pinned):
    assert re.search(rf"(?<!\d){NUMBERS[pinned]}(?!\d)", body())


def test_the_fallback_holds_no_digits_but_the_pinned_ones():
    left = body()
    for number in sorted(map(str, NUMBERS.values()), key=len, reverse=True):
        left = left.replace(number, "")

    assert re.findall(r"\d+", left.replace("(under 19)", "")) == []


@pytest.mark.anyio
async def test_a_phone_gets_the_fallback_when_nothing_of_ours_answers(world_with):
    async with world_with(listening=False, fallback_twiml=FALLBACK) as world:
        phone = world.twilio.phone("+447700900001")

        await phone.sends("hello?")
        (got,) = await phone.received(1)

        assert got.body == body()
