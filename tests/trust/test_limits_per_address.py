"""One address that knocks too often is refused; words in danger never are."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest
import yaml
from prometheus_client import generate_latest
from sanic.compat import Header

from channels import per_address
from channels.per_address import KnocksInMemory, PerAddress, address_of
from foundations.content import read_yaml
from tests.house_rules.test_routes import PUBLIC
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

TABLE = read_yaml(per_address.HERE)
FEW = 3
CRISIS = "i want to die"
ONE, ANOTHER = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def watch() -> Watch:
    return Watch(datetime.fromisoformat("2026-11-25T14:00:00+00:00"))


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table as it is, with three knocks in each group."""
    groups = {name: {"most": FEW, "minutes": 10} for name in TABLE["groups"]}
    small = tmp_path / "per_address.yml"
    small.write_text(yaml.safe_dump(TABLE | {"groups": groups}))
    monkeypatch.setattr(per_address, "HERE", small)


@pytest.fixture
def handrail(
    few: None, tmp_path: Path, dialogue: ReadableDialogue, watch: Watch
) -> Iterator[Handrail]:
    running = start(tmp_path, dialogue, clock=watch, proxies=1)
    yield running
    stop(running)


def browser(handrail: Handrail, address: str) -> httpx.Client:
    """A browser elsewhere; what it claims itself stands before what the proxy adds."""
    headers = {
        "X-Forwarded-For": f"198.51.100.{uuid4().int % 250}, {address}",
        "Origin": handrail.address,
    }
    return httpx.Client(
        base_url=handrail.address, headers=headers, trust_env=False, timeout=30
    )


def knock(client: httpx.Client, route: str) -> httpx.Response:
    method, _, path = route.partition(" ")
    gaps = {"<link>": "demo", "<token>": "0" * 32, "<id>": "1"}
    for gap, filled in (gaps | {"<organisation>": "demo"}).items():
        path = path.replace(gap, filled)
    if path.startswith(("/api", "/my/copy")) or path.endswith(("/open", "/begin")):
        body: dict[str, Any] = {"json": {"link": "demo"}}
    else:
        body = {"data": {"pin": "1234"}}
    return client.request(method, path, **(body if method == "POST" else {}))


@pytest.mark.parametrize("route", TABLE["routes"])
def test_the_next_knock_is_refused_and_somebody_elses_is_not(
    handrail: Handrail, watch: Watch, route: str
) -> None:
    def status(address: str) -> int:
        with browser(handrail, address) as client:
            return knock(client, route).status_code

    assert 429 not in [status(ONE) for _ in range(FEW)]
    assert status(ONE) == 429
    assert status(ANOTHER) != 429
    watch.now += timedelta(minutes=10)
    assert status(ONE) != 429


def test_an_address_that_may_do_nothing_more_is_answered_in_danger(
    handrail: Handrail,
) -> None:
    with browser(handrail, ONE) as client:
        token = knock(client, "POST /api/chat").json()["token"]
        for route in TABLE["routes"]:
            while knock(client, route).status_code != 429:
                pass
        form = {"text": CRISIS, "id": str(uuid4())}
        by_form = client.post("/c/demo/say", data=form)
        stranger = client.post("/api/chat/messages", json=form)
        its_own = client.post(
            "/api/chat/messages",
            json=form,
            headers={"Authorization": f"Bearer {token}"},
        )
        plain = client.post("/c/demo/say", data=form | {"text": "hello"})
    phone = handrail.sms()
    phone.young_person_says(CRISIS)
    phone.was_sent("escalation.suicide")

    for answer in (by_form, stranger, its_own):
        assert answer.status_code == 200
        assert "116 123" in answer.text
    assert plain.status_code == 429
    assert "116 123" in plain.text


def test_who_has_a_chat_writes_on_whatever_their_address_did(
    handrail: Handrail,
) -> None:
    with browser(handrail, ONE) as client:
        token = knock(client, "POST /api/chat").json()["token"]
        said = [
            client.post(
                "/api/chat/messages",
                json={"text": f"hello {count}", "id": str(uuid4())},
                headers={"Authorization": f"Bearer {token}"},
            ).status_code
            for count in range(FEW * 4)
        ]

    assert set(said) == {200}


def test_a_refused_page_is_one_with_the_crisis_numbers_and_keeps_nothing(
    handrail: Handrail,
) -> None:
    with browser(handrail, ONE) as client:
        for _ in range(FEW + 1):
            page = client.post("/my/o/" + "0" * 32, data={"pin": "97531864"})

    assert page.status_code == 429
    assert "116 123" in page.text
    assert "97531864" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_every_public_route_that_writes_is_counted_or_says_why_not() -> None:
    named = TABLE["routes"].keys() | TABLE["never"].keys()
    writes = {route for route in PUBLIC if route.startswith("POST ")}

    assert writes - named == set()
    assert TABLE["routes"].keys() & TABLE["never"].keys() == set()
    assert set(TABLE["routes"].values()) == set(TABLE["groups"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "is_from"),
    [
        ("81.2.69.142", "", 0, "81.2.69.142"),
        ("81.2.69.142", "1.2.3.4", 0, "81.2.69.142"),
        ("127.0.0.1", "81.2.69.142", 0, None),
        ("172.18.0.4", "", 0, None),
        ("172.18.0.4", "1.2.3.4, 81.2.69.142", 1, "81.2.69.142"),
        ("172.18.0.4", "1.2.3.4, 81.2.69.142, 10.0.0.2", 2, "81.2.69.142"),
        ("172.18.0.4", "::ffff:81.2.69.142", 1, "81.2.69.142"),
        ("172.18.0.4", "2a00:1450:4009:80b::200e", 1, "2a00:1450:4009:80b::/64"),
        ("172.18.0.4", "", 1, None),
        ("172.18.0.4", "no address", 1, None),
    ],
)
def test_whose_address_it_is(
    peer: str, forwarded: str, proxies: int, is_from: str | None
) -> None:
    headers = Header({"x-forwarded-for": forwarded} if forwarded else {})
    request: Any = SimpleNamespace(ip=peer, headers=headers)

    assert address_of(request, proxies) == is_from


def test_a_clock_that_is_set_back_keeps_nobody_out(watch: Watch) -> None:
    knocks, hour = KnocksInMemory(watch), timedelta(hours=1)
    for _ in range(50):
        asyncio.run(knocks.add("looking", "81.2.69.1", hour))
    watch.move(days=-1)

    assert asyncio.run(knocks.add("looking", "81.2.69.1", hour)) == 1
    assert asyncio.run(knocks.add("looking", "81.2.69.1", hour)) == 2


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, watch: Watch) -> None:
    monkeypatch.setattr(per_address, "MOST_REMEMBERED", 10)
    knocks = KnocksInMemory(watch)
    counting = PerAddress(knocks, proxies=0, refused=lambda _group: None)
    for last in range(50):
        request: Any = SimpleNamespace(ip=f"81.2.69.{last}", headers=Header())
        assert asyncio.run(counting.may(request, "looking"))

    assert len(knocks) == 10


def test_who_keeps_watch_sees_how_many_were_refused_and_not_whom(
    handrail: Handrail,
) -> None:
    with browser(handrail, ONE) as client:
        for _ in range(FEW + 2):
            client.post("/my/o/" + "0" * 32, data={"pin": "1234"})
    counted = generate_latest(handrail.house.metrics.registry).decode()

    assert 'handrail_knocks_refused_total{group="guesses"} 2.0' in counted
    assert ONE not in counted


def test_where_knocks_are_counted_can_be_shared(
    few: None, tmp_path: Path, dialogue: ReadableDialogue, watch: Watch
) -> None:
    """Two gateways that count in one place allow as many knocks together as one."""
    knocks = KnocksInMemory(watch)
    refused: list[str] = []
    gateways = [PerAddress(knocks, 0, refused.append) for _ in range(2)]
    request: Any = SimpleNamespace(ip="81.2.69.142", headers=Header())
    allowed = [
        asyncio.run(gateways[count % 2].may(request, "looking"))
        for count in range(FEW * 2)
    ]

    assert allowed.count(True) == FEW
    assert refused == ["looking"] * FEW
