"""What no honest client sends: a clear refusal or a safe answer, and no echo of it."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote_plus, urlencode

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.journeys.handrail import OUR_NUMBER, Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

CANARY = "marmalade-lighthouse"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
HOOK = "/hooks/twilio/sms"
STATUS = "/hooks/twilio/status"
ABOUT_DYING = "i want to die"
NEVER_TAKEN = "+447700900123"
"""Whose texts are all refused here: nothing of them may be kept."""
TAKEN = "+447700900124"


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    """One for all: whatever was sent before, it goes on answering."""
    running = start(tmp_path_factory.mktemp("bad_input"), ReadableDialogue())
    yield running
    stop(running)


@dataclass
class Stranger:
    """Somebody who sends whatever they like, and may know how to sign."""

    handrail: Handrail

    def sends(
        self,
        path: str,
        body: bytes | str,
        content_type: str = FORM,
        method: str = "POST",
        **headers: str,
    ) -> httpx.Response:
        """Send one request, and check what holds for every answer."""
        answer = httpx.request(
            method,
            self.handrail.address + path,
            content=body,
            headers={"Content-Type": content_type, **headers},
            timeout=60,
            trust_env=False,
        )
        assert answer.status_code != 500
        assert CANARY not in answer.text
        assert CANARY not in str(answer.headers)
        return answer

    def sends_signed(self, body: str, path: str = HOOK) -> httpx.Response:
        """Send a form with a signature over its fields as they are read."""
        return self.sends(
            path, body, **{"X-Twilio-Signature": self.signature(body, path)}
        )

    def signature(self, body: str, path: str = HOOK) -> str:
        """Sign as Twilio does: the address, then names and values in order."""
        fields = dict(parse_qsl(body, keep_blank_values=True, errors="replace"))
        token = self.handrail.stand_in.settings.auth_token
        address = self.handrail.address + path
        return str(RequestValidator(token).compute_signature(address, fields))

    def text_from_a_phone(self, text: str = CANARY, **changed: str) -> str:
        """Write the form of an inbound text."""
        return urlencode(
            {
                "AccountSid": self.handrail.stand_in.settings.account_sid,
                "Body": text,
                "From": NEVER_TAKEN,
                "MessageSid": f"SM{uuid.uuid4().hex}",
                "NumMedia": "0",
                "To": OUR_NUMBER,
                **changed,
            }
        )


@pytest.fixture
def stranger(handrail: Handrail) -> Stranger:
    return Stranger(handrail)


def nothing_was_kept(handrail: Handrail, number: str = NEVER_TAKEN) -> bool:
    found = handrail.record(lambda unit: unit.people.find_by_phone(number))
    return found is None


def keys(messages: list[dict[str, object]]) -> list[object]:
    return [message["key"] for message in messages]


def test_a_genuine_text_is_taken(stranger: Stranger, handrail: Handrail) -> None:
    answer = stranger.sends_signed(stranger.text_from_a_phone("hello", From=TAKEN))

    assert answer.status_code == 200
    assert not nothing_was_kept(handrail, TAKEN)


def test_an_unsigned_text_is_refused(stranger: Stranger, handrail: Handrail) -> None:
    answer = stranger.sends(HOOK, stranger.text_from_a_phone(ABOUT_DYING))

    assert (answer.status_code, answer.content) == (403, b"")
    assert nothing_was_kept(handrail)


@pytest.mark.parametrize("signature", [b"", b"x", b"=" * 28, b"\xc3\xa9", b"A" * 5000])
def test_a_wrongly_signed_text_is_refused(
    stranger: Stranger, handrail: Handrail, signature: bytes
) -> None:
    answer = httpx.post(
        handrail.address + HOOK,
        content=stranger.text_from_a_phone(),
        headers=[
            (b"Content-Type", FORM.encode()),
            (b"X-Twilio-Signature", signature),
        ],
        trust_env=False,
        timeout=60,
    )

    assert answer.status_code == 403
    assert nothing_was_kept(handrail)


def test_a_signature_for_other_words_or_another_address_is_refused(
    stranger: Stranger, handrail: Handrail
) -> None:
    body = stranger.text_from_a_phone()
    for signed in (stranger.signature(body + "x"), stranger.signature(body, STATUS)):
        answer = stranger.sends(HOOK, body, **{"X-Twilio-Signature": signed})

        assert answer.status_code == 403
    assert nothing_was_kept(handrail)


def test_a_field_given_twice_is_refused_though_signed(
    stranger: Stranger, handrail: Handrail
) -> None:
    body = stranger.text_from_a_phone() + f"&Body={CANARY}"

    assert stranger.sends_signed(body).status_code == 403
    assert nothing_was_kept(handrail)


@pytest.mark.parametrize(
    "changed",
    [
        {"From": "+44 no number"},
        {"From": ""},
        {"To": "+447700900999"},
        {"AccountSid": "AC" + "9" * 32},
        {"MessageSid": CANARY},
        {"MessageSid": ""},
        {"NumMedia": "many"},
    ],
    ids=str,
)
def test_a_signed_text_with_a_wrong_field_is_refused(
    stranger: Stranger, handrail: Handrail, changed: dict[str, str]
) -> None:
    answer = stranger.sends_signed(stranger.text_from_a_phone(**changed))

    assert (answer.status_code, answer.content) == (400, b"")
    assert nothing_was_kept(handrail)


@pytest.mark.parametrize("path", [HOOK, STATUS, f"{STATUS}/{'0' * 32}"])
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", FORM, 403),
        (b"no form at all " + CANARY.encode(), FORM, 403),
        (b"Body=%zz&&&==&" + CANARY.encode(), FORM, 403),
        (b"Body=\xff\xfe\x80", FORM, 403),
        (b"Body=%ff%fe&From=%00", FORM, 403),
        (b"\x00" * 1000, FORM, 403),
        (b"&".join(b"f%d=1" % n for n in range(500)), FORM, 403),
        (b'{"Body": "' + CANARY.encode() + b'"}', JSON, 415),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415),
        (b"Body=" + b"x" * (64 * 1024), FORM, 413),
        (b"Body=" + b"x" * (1024 * 1024), FORM, 413),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_webhook_body_that_is_no_form_of_twilios_is_refused(
    stranger: Stranger, path: str, body: bytes, content_type: str, status: int
) -> None:
    answer = stranger.sends(path, body, content_type)

    assert (answer.status_code, answer.content) == (status, b"")


@pytest.mark.parametrize("path", ["/api/chat", "/api/chat/messages"])
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", JSON, 400),
        (b'{"text": "' + CANARY.encode(), JSON, 400),
        (b'["' + CANARY.encode() + b'"]', JSON, 400),
        (b"null", JSON, 400),
        (b'{"text": "\xff\xfe"}', JSON, 400),
        (b'{"text": 1, "link": 1}', JSON, 400),
        (b'{"text": NaN, "link": NaN}', JSON, 400),
        (b'{"text": "a", "text": "b", "link": "demo", "link": "x"}', JSON, 400),
        (b"[" * 60_000, JSON, 400),
        (b"text=" + CANARY.encode(), FORM, 415),
        (b"{}", "text/plain", 415),
        (b'{"text": "' + b"x" * (64 * 1024) + b'"}', JSON, 413),
        (b'{"text": "' + b"x" * (1024 * 1024) + b'"}', JSON, 413),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_chat_body_that_cannot_be_read_is_refused_in_words(
    stranger: Stranger, path: str, body: bytes, content_type: str, status: int
) -> None:
    answer = stranger.sends(path, body, content_type)

    assert answer.status_code == status
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("link", [CANARY, "", "../etc", "demo'--", "x" * 5000, "\0"])
def test_an_unknown_link_opens_nothing(stranger: Stranger, link: str) -> None:
    answer = stranger.sends("/api/chat", json.dumps({"link": link}), JSON)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "unknown_link"


def test_the_page_behind_an_unknown_link_still_shows_where_to_turn(
    stranger: Stranger,
) -> None:
    answer = stranger.sends(f"/c/{CANARY}", b"", method="GET")

    assert answer.status_code == 200
    assert "116 123" in answer.text


@pytest.mark.parametrize(
    "shown", ["", "Bearer", f"Bearer {CANARY}", "Basic eDp4", "Bearer a.b.c"]
)
def test_an_unknown_token_reads_and_says_nothing(
    stranger: Stranger, shown: str
) -> None:
    said = json.dumps({"id": str(uuid.uuid4()), "text": "hello"})

    for method in ("GET", "POST"):
        answer = stranger.sends(
            "/api/chat/messages", said, JSON, method, Authorization=shown
        )
        assert answer.status_code == 401


def test_somebody_in_danger_with_an_unknown_token_gets_the_words_all_the_same(
    stranger: Stranger,
) -> None:
    said = json.dumps({"id": "no id", "text": ABOUT_DYING})

    answer = stranger.sends("/api/chat/messages", said, JSON, Authorization="Bearer x")

    assert answer.status_code == 200
    assert answer.json()["messages"][0]["key"] == "escalation.suicide"


@pytest.mark.parametrize(
    "text", ["\0", "a\0b", "\ud800", "\u202e\u200b", "😀" * 200], ids=ascii
)
def test_odd_characters_on_the_web_get_an_answer_or_a_refusal_in_words(
    web: WebChat, stranger: Stranger, text: str
) -> None:
    # json.dumps writes half a surrogate pair as an escape, as a broken client does.
    said = json.dumps({"id": str(uuid.uuid4()), "text": text})

    answer = stranger.sends(
        "/api/chat/messages", said, JSON, Authorization=f"Bearer {web.token}"
    )

    if answer.status_code == 200:
        assert answer.json()["messages"]
    else:
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "empty_text"


def test_texts_with_nul_or_broken_letters_are_each_answered(
    stranger: Stranger, handrail: Handrail
) -> None:
    odd_ones = ("%00", "a%00b", "%ff%fe", "%F0%9F", "%00" * 50 + quote_plus("hello"))
    for odd in odd_ones:
        body = stranger.text_from_a_phone("", From=TAKEN)
        signed = stranger.sends_signed(body.replace("Body=", f"Body={odd}"))
        assert signed.status_code == 200
    handrail.settled()

    assert len(handrail.sms(TAKEN).phone.texts) >= len(odd_ones)


def test_crisis_words_at_the_end_of_ten_thousand_characters_are_answered(
    web: WebChat, stranger: Stranger
) -> None:
    long = "and then we talked some more about the bus. " * 228 + ABOUT_DYING
    assert len(long) > 10_000

    assert "escalation.suicide" in keys(web.young_person_says(long))
    answer = stranger.sends_signed(stranger.text_from_a_phone(long, From=TAKEN))
    assert "116 123" in answer.text


def test_ten_thousand_ordinary_characters_get_an_ordinary_answer(web: WebChat) -> None:
    assert keys(web.young_person_says("word " * 2000)) == ["fake.heard"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", HOOK),
        ("PUT", HOOK),
        ("DELETE", "/api/chat"),
        ("GET", "/api/chat"),
        ("PATCH", "/api/chat/messages"),
        ("POST", "/health"),
        ("POST", "/c/demo"),
        ("TRACE", "/health"),
        ("GET", "/internal/actions"),
    ],
)
def test_a_wrong_method_is_refused(stranger: Stranger, method: str, path: str) -> None:
    answer = stranger.sends(path, CANARY, method=method)

    assert answer.status_code in (403, 405)


@pytest.mark.parametrize(
    "path",
    [
        f"/{CANARY}",
        f"/hooks/twilio/status/{CANARY}!",
        "/c/..%2f..%2fetc%2fpasswd",
        "/web-chat/x/..%2f..%2fpyproject.toml",
        "/staff/static/..%2fpages.py",
        f"/staff/cases/{CANARY}",
        "/%00",
        "/%ff%fe",
        "/c/" + "x" * 3000,
        "/webhooks/rest/webhook",
        "/webhooks/handrail/messages",
    ],
    ids=lambda path: path[:30],
)
def test_an_unknown_address_is_refused_and_says_nothing(
    stranger: Stranger, path: str
) -> None:
    # Who is signed in to nothing is asked to sign in, whatever case they name.
    refused = (401,) if path.startswith("/staff/cases/") else (400, 404)
    assert stranger.sends(path, b"", method="GET").status_code in refused
