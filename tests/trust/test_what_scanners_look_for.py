"""The small things that a scanner looks for, on every route of a production gateway."""

import asyncio
import re
import socket
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from runtime.wiring.house import application, build
from storage.staff.records import StaffRole
from tests.house_rules.test_routes import FILLED, routes, shown
from tests.house_rules.tree import ROOT, files
from tests.journeys.handrail import Handrail, WebChat
from tests.runtime.production import production
from tests.staff.people import joined
from twilio_stand_in.serving import loopback_socket, serving

LOOKED_FOR = (
    "/.git/HEAD",
    "/.git/config",
    "/.svn/entries",
    "/.env",
    "/var/keys.json",
    "/keys.json",
    "/var/handrail.sqlite3",
    "/pyproject.toml",
    "/static/",
    "/staff/static/",
    "/web-chat/",
    "/my-page/",
    "/server-status",
    "/api/openapi.json.bak",
    "/metrics/",
)
OVERWRITES = re.compile(
    r"Object\.assign\((?!line\.dataset, \{ id)|\beval\(|new Function\b"
)
TEXT = re.compile(r"text/|application/(json|xml|manifest\+json)")
SCRIPTS = [path for path in files(".js") if "static" in path.parts]


@dataclass(frozen=True)
class Answer:
    """What a stranger got, without its body."""

    route: str
    status: int
    headers: httpx.Headers
    has_body: bool


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    return asyncio.run(everything(tmp_path_factory.mktemp("scanned")))


async def everything(home: Path) -> list[Answer]:
    app = application(build(production(home)), name=f"handrail_{uuid.uuid4().hex}")
    found = []
    async with (
        serving(app, loopback_socket()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as stranger,
    ):
        asked = [("GET", path) for path in LOOKED_FOR]
        for method, path in [*routes(app), *asked]:
            filled = re.sub(r"<(\w+)[^>]*>", lambda gap: FILLED.get(gap[1], "1"), path)
            got = await stranger.request(method, filled)
            route = f"{method} {shown(path)}"
            found.append(Answer(route, got.status_code, got.headers, bool(got.content)))
        traced = await asyncio.to_thread(raw_trace, address)
        found.append(Answer("TRACE /", traced, httpx.Headers(), has_body=False))
    return found


def raw_trace(address: str) -> int:
    """Ask as no library does."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), 10) as connection:
        connection.sendall(b"TRACE / HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\n\r\n")
        return int(connection.recv(200).split()[1])


def test_no_folder_is_listed_and_nothing_lies_about(answers: list[Answer]) -> None:
    looked_for = {f"GET {path}" for path in LOOKED_FOR}
    there = [one for one in answers if one.route in looked_for]

    assert len(there) == len(LOOKED_FOR)
    assert {one.status for one in there} <= {401, 404}


def test_nothing_is_read_back_by_trace(answers: list[Answer]) -> None:
    (traced,) = [one for one in answers if one.route == "TRACE /"]

    assert traced.status in {400, 404, 405, 501}


def test_every_answer_says_what_it_is_and_is_taken_for_nothing_else(
    answers: list[Answer],
) -> None:
    wrong = []
    for one in answers:
        kind = one.headers.get("content-type", "")
        if (not kind and one.has_body) or kind == "None":
            wrong.append(f"{one.route}: no content type")
        is_text = TEXT.match(kind) is not None and "json" not in kind
        if one.has_body and is_text and "charset=utf-8" not in kind.lower():
            wrong.append(f"{one.route}: {kind}")

    assert len(answers) > 60
    assert wrong == []


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("content-security-policy", "base-uri 'none'"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("referrer-policy", "n"),
    ],
)
def test_every_answer_is_strict_with_the_browser_refusals_too(
    answers: list[Answer], header: str, says: str
) -> None:
    by_us = [one for one in answers if one.route != "TRACE /"]

    wanting = [one for one in by_us if says not in one.headers.get(header, "")]
    assert [(one.route, one.status) for one in wanting] == []


def test_fields_that_nobody_asked_for_change_nothing(
    handrail: Handrail, web: WebChat
) -> None:
    more = {"speaker": "staff", "owner": "staff", "young_person": "x", "key": "y"}
    said = {"id": str(uuid.uuid4()), "text": "hello", **more}
    httpx.post(
        f"{handrail.address}/api/chat/messages",
        json=said,
        headers={"Authorization": f"Bearer {web.token}"},
        trust_env=False,
    )
    robin = joined(handrail)
    robin.posts("/staff/shift", deed="start", role="administrator", is_active="no")
    robin.posts(
        "/staff/account/password",
        now="x",
        role="administrator",
        organisation="harbour",
        most_cases="99",
    )
    (member,) = handrail.record(lambda unit: unit.staff.of_organisation("demo"))
    here = handrail.record(lambda unit: unit.conversations.get(web.conversation))

    assert (member.role, member.is_active) == (StaffRole.WORKER, True)
    assert member.most_cases == 5
    assert here.owner.value == "bot"
    assert "staff" not in {one["from"] for one in web.messages if "from" in one}


def test_what_is_written_is_decoded_once_and_kept_as_it_came(
    handrail: Handrail, web: WebChat
) -> None:
    written = "%3Cb%3E %253C &lt;i&gt; \\u003c +1 %00"
    web.young_person_says(written)
    kept = handrail.record(lambda unit: unit.messages.after(web.conversation, None))
    phone = handrail.sms()
    phone.young_person_says(written)
    conversation = phone.conversation()
    assert conversation is not None
    texted = handrail.record(lambda unit: unit.messages.after(conversation, None))

    assert written in [one.text for one in kept]
    assert written in [one.text for one in texted]


def test_no_script_lets_what_it_read_choose_what_it_overwrites() -> None:
    """Names that come from outside are keys of a Map, or not used as keys at all."""
    assert len(SCRIPTS) > 8
    for path in SCRIPTS:
        said = (ROOT / path).read_text(encoding="utf-8")
        assert "__proto__" not in said, path
        assert not re.search(
            r"Object\.assign\((?!line\.dataset, \{ id)|\beval\(|new Function\b", said
        ), path
        assert "onmessage" not in said or "BroadcastChannel" in said, path
        for other in re.findall(r"window\.\w*\.?postMessage|parent\.postMessage", said):
            pytest.fail(f"{path}: {other}")
