"""A genuine signature is not enough: fields keep their shape, odd bytes are safe."""

from urllib.parse import quote_plus, urlencode

import pytest

from channels.sms.numbers import SenderKind
from tests.canaries_of_the_suite import without_ids

pytestmark = pytest.mark.anyio

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SMS = "/hooks/twilio/sms"


@pytest.mark.parametrize(
    "changes",
    [
        {"AccountSid": "AC" + "9" * 32},
        {"AccountSid": None},
        {"To": "+447700900901"},
        {"To": None},
        {"MessageSid": "SM123"},
        {"MessageSid": "SM" + "A" * 32},
        {"MessageSid": "SM" + "0" * 32 + "\n"},
        {"MessageSid": None},
        {"From": ""},
        {"From": "07700 900001"},
        {"From": "+447700900001x"},
        {"From": "whatsapp:+447700900001"},
        {"From": "+4477\u0660\u0660900001"},
        {"From": None},
        {"Body": None},
        {"NumMedia": "-1"},
        {"NumMedia": "many"},
    ],
)
async def test_a_signed_text_with_a_wrong_field_is_refused(line, changes):
    answer = await line.posts(line.fields(**changes))

    assert (answer.status_code, answer.text) == (400, "")
    assert line.door.received == []


async def test_a_text_keeps_everything_but_nul(line):
    text = "one\0 two\nthree \U0001f600 \u202e\u0440 & <b> +%20"

    assert (await line.posts(line.fields(Body=text))).status_code == 200
    assert line.door.received[0].text == text.replace("\0", "")


async def test_an_empty_text_and_a_picture_still_come_through(line):
    fields = line.fields(
        Body="", NumMedia="2", MediaUrl0="https://api.twilio.com/m", MediaUrl1="x"
    )

    await line.posts(fields)

    assert [text.text for text in line.door.received] == [""]


async def test_a_text_of_ten_thousand_letters_is_kept_whole(line):
    await line.posts(line.fields(Body="a" * 10_000 + " end"))

    assert line.door.received[0].text.endswith("a end")
    assert len(line.door.received[0].text) == 10_004


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1_000_000])
async def test_a_body_over_64_kilobytes_is_refused(line, size):
    whole = await line.posts(content=b"Body=" + b"a" * (size - 5), headers=FORM)

    async def in_pieces():
        for _ in range(0, size, 4096):
            yield b"a" * 4096

    pieces = await line.posts(content=in_pieces(), headers=FORM)

    assert (whole.status_code, pieces.status_code) == (413, 413)
    assert (await line.posts()).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "multipart/form-data; boundary=x", "text/plain", ""],
)
async def test_only_forms_are_read(line, content_type):
    body = urlencode(line.fields())

    answer = await line.posts(content=body, headers={"Content-Type": content_type})

    assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"=",
        b"&&&",
        b"Body",
        b"%",
        b"%ZZ=%",
        b"\xff\xfe\x00",
        b"Body=%ff%fe",
        b"Body=%ed%a0%80",
        b"a=1&" * 15_000,
        b"{}",
        b"<Response/>",
    ],
)
async def test_broken_bodies_are_refused_not_stumbled_over(line, body):
    answer = await line.posts(content=body, headers=FORM)

    assert (answer.status_code, answer.text) == (403, "")


async def test_bytes_that_are_no_text_become_a_mark_and_the_rest_is_kept(line):
    # Twilio signs text; where bytes were not, the mark is the text it could sign.
    fields = line.fields(Body="help \ufffd me")
    sent = urlencode(fields).replace(quote_plus("\ufffd"), "%ff")

    answer = await line.posts(fields, content=sent, headers=FORM)

    assert answer.status_code == 200
    assert line.door.received[0].text == "help \ufffd me"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
async def test_webhooks_are_posted_and_nothing_else(line, method):
    answer = await line.http.request(method, SMS)

    assert answer.status_code == 405


@pytest.mark.parametrize("sender", ["+441632960001", "+441632960999"])
async def test_a_text_from_a_landline_comes_through_marked(line, sender):
    await line.posts(line.fields(From=sender))

    assert line.door.received[0].sender_kind is SenderKind.NOT_MOBILE


@pytest.mark.parametrize("sender", ["60006", "85258", "MyBank", "NHS-NoReply"])
async def test_machines_are_answered_with_nothing_and_start_no_conversation(
    line, sender
):
    line.door.answers_with("Hello")

    answer = await line.posts(line.fields(From=sender))

    assert answer.text.endswith("<Response />")
    assert line.door.received == []


async def test_what_was_written_and_by_whom_is_not_shown_with_a_text(line):
    await line.posts(line.fields(Body="between us"))

    shown = without_ids(repr(line.door.received[0]))
    assert "between us" not in shown
    assert "900001" not in shown
