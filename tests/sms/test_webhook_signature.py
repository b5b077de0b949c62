"""Only Twilio gets in: signatures over what really arrived, blank fields and all."""

import base64
import os
import random
from urllib.parse import urlencode

import pytest

from channels.sms.signature import SignatureRefused, SigningKeys, signed_fields

pytestmark = pytest.mark.anyio

FLIPS = 100_000 if os.environ.get("HANDRAIL_LONG") else 2_000
TOKEN, OLD_TOKEN = "a" * 32, "b" * 32
STRANGER = "c" * 32
SMS = "/hooks/twilio/sms"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def test_a_uk_text_with_blank_towns_is_genuine(line):
    answer = await line.posts()

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response />")
    assert [sms.text for sms in line.door.received] == ["hello"]


async def test_a_signature_that_left_the_blank_fields_out_is_refused(line):
    fields = line.fields()
    without_blanks = {name: value for name, value in fields.items() if value}

    answer = await line.posts(fields, signature=line.signature(without_blanks))

    assert answer.status_code == 403


def one_bit_changed(signature, times):
    genuine, chance = base64.b64decode(signature), random.Random(1059)
    for _ in range(times):
        flipped = bytearray(genuine)
        flipped[chance.randrange(20)] ^= 1 << chance.randrange(8)
        yield base64.b64encode(flipped).decode()


@pytest.mark.timeout(900)
async def test_a_signature_with_one_bit_changed_is_always_refused(line):
    fields, address = line.fields(), line.address + SMS
    body, signature = urlencode(fields).encode(), line.signature(fields)
    keys = SigningKeys((TOKEN, OLD_TOKEN))

    assert signed_fields(body, signature, address=address, keys=keys) == fields
    for changed in one_bit_changed(signature, FLIPS):
        with pytest.raises(SignatureRefused):
            signed_fields(body, changed, address=address, keys=keys)


async def test_the_refusal_of_a_forged_text_holds_none_of_it(line):
    fields = line.fields(Body="one word that must not come back")
    answers = [
        await line.posts(fields, signature=changed)
        for changed in one_bit_changed(line.signature(fields), 100)
    ]

    assert {(a.status_code, a.text) for a in answers} == {(403, "")}
    assert line.door.received == []


@pytest.mark.parametrize("name", ["Body", "From", "FromCity", "NumMedia", "To"])
async def test_a_field_changed_after_signing_is_refused(line, name):
    fields = line.fields()
    signature = line.signature(fields)

    answer = await line.posts({**fields, name: fields[name] + "1"}, signature=signature)

    assert answer.status_code == 403


async def test_both_tokens_count_while_one_is_being_replaced_and_no_other(line):
    fields = line.fields()

    replaced = await line.posts(fields, signature=line.signature(fields, by=OLD_TOKEN))
    unknown = await line.posts(fields, signature=line.signature(fields, by=STRANGER))

    assert (replaced.status_code, unknown.status_code) == (200, 403)


@pytest.mark.parametrize(
    "signature",
    ["", "x", "A" * 28, "=" * 28, "A" * 5000, b"\xff\xfe\xe9", b"\xc3\xa9" * 14],
)
async def test_odd_signatures_are_refused_without_a_word(line, signature):
    answer = await line.posts(signature=signature)

    assert (answer.status_code, answer.text) == (403, "")


async def test_a_missing_signature_is_refused(line):
    answer = await line.http.post(SMS, data=line.fields())

    assert (answer.status_code, answer.text) == (403, "")


async def test_a_signature_for_another_address_is_refused(line):
    fields = line.fields()
    elsewhere = line.signature(fields, "/hooks/twilio/status")

    assert (await line.posts(fields, signature=elsewhere)).status_code == 403


async def test_headers_cannot_say_where_we_live_or_how_to_check(line):
    forged = {
        "Host": "handrail.example",
        "X-Forwarded-Host": "handrail.example",
        "X-Forwarded-Proto": "https",
        "X-Twilio-Webhooks-Signature-Settings": "key=k,algorithm=HMAC_NONE",
    }

    answer = await line.posts(headers=forged)

    assert answer.status_code == 200


async def test_the_same_field_twice_is_refused_even_when_signed(line):
    fields = line.fields()
    body = "&".join(f"{n}={v.replace('+', '%2B')}" for n, v in fields.items())

    once = await line.posts(fields, content=body, headers=FORM)
    twice = await line.posts(fields, content=f"{body}&Body=hello", headers=FORM)

    assert (once.status_code, twice.status_code) == (200, 403)


async def test_fields_shifted_into_each_other_keep_the_signature_but_get_nowhere(line):
    fields = line.fields(Body="hello")
    signature = line.signature(fields)
    # Sorted and run together, "Body" + "hello" + "From..." reads the same like this.
    shifted = {n: v for n, v in fields.items() if n not in ("From", "Body")}
    shifted["Body"] = "hello" + "From" + fields["From"]
    assert line.signature(shifted) == signature

    answer = await line.posts(shifted, signature=signature)

    assert answer.status_code == 400
    assert line.door.received == []
