"""The JSON door: what any front end may count on."""

import json
import threading
import time
from uuid import uuid4

import httpx
import pytest

from tests.web_chat.fake_door import CRISIS_WORDS
from tests.web_chat.matches import mismatch, resolve
from tests.web_chat.served import ServedChat

MESSAGES = "/api/chat/messages"
JSON = {"Content-Type": "application/json"}


def opened(http: httpx.Client) -> dict[str, str]:
    token = http.post("/api/chat", json={"link": "demo"}).json()["token"]
    return {"Authorization": f"Bearer {token}"}


def said(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(m["from"], m["key"] or m["text"]) for m in answer.json()["messages"]]


def test_a_link_opens_a_conversation_that_begins_by_itself(http: httpx.Client) -> None:
    answer = http.post("/api/chat", json={"link": "demo"})

    assert answer.status_code == 200
    assert set(answer.json()) == {"conversation", "token", "messages"}
    assert said(answer) == [
        ("bot", "welcome.who"),
        ("bot", "welcome.keeps"),
        ("bot", "welcome.start"),
    ]
    assert answer.json()["messages"][2]["choices"][0] == {
        "label": "Make a safety plan",
        "value": "make a plan",
    }


def test_the_same_id_twice_gives_the_same_answer_once(
    chat: ServedChat, http: httpx.Client
) -> None:
    token = opened(http)
    message = {"id": str(uuid4()), "text": "i feel rubbish"}

    first = http.post(MESSAGES, json=message, headers=token)
    second = http.post(MESSAGES, json=message, headers=token)

    assert said(first) == [("bot", "small_talk.heard")]
    assert first.json() == second.json()
    assert chat.door.heard == ["i feel rubbish"]


def test_catching_up_gives_everything_after_the_last_thing_seen(
    chat: ServedChat, http: httpx.Client
) -> None:
    token = opened(http)
    seen = http.get(MESSAGES, headers=token).json()["messages"][-1]["id"]
    http.post(MESSAGES, json={"id": str(uuid4()), "text": "hello"}, headers=token)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))

    missed = http.get(MESSAGES, params={"after": seen}, headers=token)

    assert said(missed) == [
        ("young_person", "hello"),
        ("bot", "small_talk.heard"),
        ("staff", "Hi, it's Sam"),
    ]


def test_an_id_that_nobody_knows_gives_everything_rather_than_nothing(
    http: httpx.Client,
) -> None:
    answer = http.get(MESSAGES, params={"after": "gone"}, headers=opened(http))

    assert len(said(answer)) == 3


def test_waiting_for_news_answers_as_soon_as_there_is_some(
    chat: ServedChat, http: httpx.Client
) -> None:
    token = opened(http)
    seen = http.get(MESSAGES, headers=token).json()["messages"][-1]["id"]
    soon = threading.Timer(
        0.2, lambda: chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    )
    soon.start()
    began = time.monotonic()

    news = http.get(MESSAGES, params={"after": seen, "wait": 25}, headers=token)

    assert said(news) == [("staff", "Hi, it's Sam")]
    assert time.monotonic() - began < 5


def test_waiting_ends_with_no_news(http: httpx.Client) -> None:
    token = opened(http)
    seen = http.get(MESSAGES, headers=token).json()["messages"][-1]["id"]

    news = http.get(MESSAGES, params={"after": seen, "wait": "0.1"}, headers=token)

    assert news.json() == {"messages": []}


def test_a_very_long_message_is_taken_in_whole(
    chat: ServedChat, http: httpx.Client
) -> None:
    long = "word " * 1999 + "last."
    assert len(long) == 10_000

    answer = http.post(
        MESSAGES, json={"id": str(uuid4()), "text": long}, headers=opened(http)
    )

    assert answer.status_code == 200
    assert chat.door.heard == [long]


def test_what_no_database_can_hold_is_taken_out(
    chat: ServedChat, http: httpx.Client
) -> None:
    text = "a\\u0000b \\ud83d \\ud83d\\ude42"
    body = f'{{"id": "{uuid4()}", "text": "{text}"}}'

    answer = http.post(MESSAGES, content=body, headers=JSON | opened(http))

    assert answer.status_code == 200
    assert chat.door.heard == ["ab \ufffd \N{SLIGHTLY SMILING FACE}"]


ID = "0b5cfa2e-6f0e-4f7e-9f0b-6a3d7f1b2c4d"
BROKEN_BODIES = {
    "broken_json": [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"id": NaN, "text": "zebra"}',
        b'{"id": Infinity, "text": "zebra"}',
        b'{"text": "zebra", "text": "zebra"}',
        b'{"id": {"a": 1, "a": 2}, "text": "zebra"}',
        b'{"text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"id": ' + b"9" * 5_000 + b', "text": "zebra"}',
    ],
    "not_utf8": [b'{"text": "zebra\xff"}'],
    "wrong_text": [
        b"{}",
        b'{"id": "x", "text": null}',
        b'{"text": 7}',
        b'{"text": ["zebra"]}',
    ],
    "empty_text": [b'{"text": ""}', b'{"text": " \\n "}', b'{"text": "\\u0000"}'],
    "wrong_id": [
        b'{"text": "zebra"}',
        b'{"id": "zebra", "text": "zebra"}',
        b'{"id": 7, "text": "zebra"}',
        b'{"id": "{%s}", "text": "zebra"}' % ID.encode(),
        b'{"id": "%s\\n", "text": "zebra"}' % ID.encode(),
    ],
    "too_big": [b'{"text": "' + b"zebra" * 14_000 + b'"}'],
}
STATUS = {"too_big": 413}


@pytest.mark.parametrize(
    ("code", "body"), [(c, b) for c, bodies in BROKEN_BODIES.items() for b in bodies]
)
def test_a_broken_message_is_refused_in_words_and_never_repeated(
    chat: ServedChat, http: httpx.Client, code: str, body: bytes
) -> None:
    answer = http.post(MESSAGES, content=body, headers=JSON | opened(http))

    assert answer.status_code == STATUS.get(code, 400)
    assert answer.json()["error"]["code"] == code
    assert "zebra" not in answer.text
    assert chat.door.heard == []


@pytest.mark.parametrize(
    "body", [b"link=demo", b'{"link": "demo"}', b"--x\r\n\r\ndemo\r\n--x--"]
)
@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", ""])
def test_only_json_is_read(http: httpx.Client, body: bytes, kind: str) -> None:
    answer = http.post("/api/chat", content=body, headers={"Content-Type": kind})

    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "not_json"


@pytest.mark.parametrize(
    ("link", "status", "code"),
    [
        ("nowhere", 404, "unknown_link"),
        ("../../etc/passwd", 404, "unknown_link"),
        ("x" * 5000, 404, "unknown_link"),
        ("", 404, "unknown_link"),
        (7, 400, "wrong_link"),
        (None, 400, "wrong_link"),
    ],
)
def test_an_unknown_link_opens_nothing(
    chat: ServedChat, http: httpx.Client, link: object, status: int, code: str
) -> None:
    answer = http.post("/api/chat", json={"link": link})

    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert chat.door.conversations == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Basic dG9rZW4tMTo="},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer token-1 token-1"},
        {"Cookie": "chat=nobody"},
    ],
)
def test_without_its_token_a_conversation_stays_closed(
    chat: ServedChat, http: httpx.Client, headers: dict[str, str]
) -> None:
    opened(http)

    asked = http.get(MESSAGES, headers=headers)
    sent = http.post(MESSAGES, json={"id": ID, "text": "hello there"}, headers=headers)

    for answer in (asked, sent):
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "unknown_token"
    assert chat.door.heard == []


@pytest.mark.parametrize("client_id", [ID, "not a uuid", None])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nobody"}])
def test_danger_is_answered_whatever_else_is_wrong(
    http: httpx.Client, client_id: str | None, headers: dict[str, str]
) -> None:
    message = {"id": client_id, "text": f"help {CRISIS_WORDS}"}

    answer = http.post(MESSAGES, json=message, headers=headers)

    assert answer.status_code == 200
    assert said(answer) == [("system", "escalation.danger_now")]


def test_danger_is_answered_when_the_gateway_behind_the_door_is_broken(
    chat: ServedChat, http: httpx.Client
) -> None:
    token = opened(http)
    chat.door.broken = OSError("the disk is full")

    answer = http.post(MESSAGES, json={"id": ID, "text": CRISIS_WORDS}, headers=token)

    assert said(answer) == [("system", "escalation.danger_now")]


def test_a_broken_gateway_is_said_plainly_and_leaves_no_words_in_the_log(
    chat: ServedChat, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = opened(http)
    chat.door.broken = ValueError("could not store: zebra")

    answers = [
        http.post(MESSAGES, json={"id": ID, "text": "zebra"}, headers=token),
        http.get(MESSAGES, headers=token),
        http.post("/api/chat", json={"link": "demo"}),
    ]

    for answer in answers:
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "trouble"
    assert "ValueError" in caplog.text
    assert "zebra" not in caplog.text + "".join(answer.text for answer in answers)


@pytest.mark.parametrize(
    "query",
    [
        "after=%ff",
        "after=a%20b",
        "after=" + "a" * 200,
        "after=a&after=b",
        "wait=26",
        "wait=-1",
        "wait=nan",
        "wait=1e9",
        "wait=",
        "&".join(f"x{n}=1" for n in range(20)),
    ],
)
def test_a_catch_up_that_makes_no_sense_is_refused(
    http: httpx.Client, query: str
) -> None:
    answer = http.get(f"{MESSAGES}?{query}", headers=opened(http))

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in ("wrong_after", "wrong_wait")


def test_another_site_cannot_speak_through_the_pages_cookie(
    chat: ServedChat, http: httpx.Client
) -> None:
    opened(http)
    http.cookies.set("chat", "token-1")
    message = {"id": ID, "text": "hello"}

    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": chat.url},
    ):
        assert http.post(MESSAGES, json=message, headers=headers).status_code == 401
    own = http.post(MESSAGES, json=message, headers={"Sec-Fetch-Site": "same-origin"})

    assert own.status_code == 200
    assert chat.door.heard == ["hello"]


def test_answers_are_as_the_openapi_description_says(
    chat: ServedChat, http: httpx.Client
) -> None:
    spec = http.get("/api/openapi.json").json()
    token = opened(http)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    sent = {"id": ID, "text": "hello"}
    slow = chat.hold_replies()
    wish = {"Prefer": "wait=1, Respond-Async"}
    rather_soon = http.post(MESSAGES, json=sent, headers=token | wish)
    slow()
    answers = {
        ("/api/chat", "post"): [
            http.post("/api/chat", json={"link": "demo"}),
            http.post("/api/chat", json={"link": "nowhere"}),
            http.post("/api/chat", json={}),
            http.post("/api/chat"),
        ],
        (MESSAGES, "post"): [
            http.post(MESSAGES, json=sent, headers=token),
            http.post(MESSAGES, json=sent),
            http.post(MESSAGES, json=sent | {"text": CRISIS_WORDS}),
            rather_soon,
            http.post(MESSAGES, json={}, headers=token),
            http.post(MESSAGES, content=b"x" * 70_000, headers=JSON),
        ],
        (MESSAGES, "get"): [
            http.get(MESSAGES, headers=token),
            http.get(MESSAGES, params={"wait": "99"}, headers=token),
            http.get(MESSAGES),
        ],
    }

    assert rather_soon.status_code == 202
    assert spec["openapi"].startswith("3.1")
    chat_paths = {path for path in spec["paths"] if path.startswith("/api/chat")}
    assert chat_paths == {path for path, _ in answers}
    for (path, method), given in answers.items():
        for answer in given:
            described = spec["paths"][path][method]["responses"]
            response = described[str(answer.status_code)]
            if "$ref" in response:
                response = resolve(response["$ref"], spec)
            schema = response["content"]["application/json"]["schema"]
            assert mismatch(answer.json(), schema, spec) == "", (path, method)


def test_every_refusal_has_words(http: httpx.Client) -> None:
    for body in (b"{", b"{}", b'{"text": ""}'):
        answer = http.post(MESSAGES, content=body, headers=JSON)
        words = json.loads(answer.text)["error"]["message"]

        assert words.endswith(".")
