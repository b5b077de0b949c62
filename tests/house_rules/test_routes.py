"""Every route asks for a signature, a token or a sign-in, or is public for a reason."""

import asyncio
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic

from foundations.content import read_yaml
from runtime.wiring.house import application, build
from tests.runtime.production import production
from twilio_stand_in.serving import loopback_socket, serving

LIST = Path(__file__).with_name("public_routes.yml")
PUBLIC: dict[str, str] = read_yaml(LIST)
REFUSALS = {401, 403}
FORM = "application/x-www-form-urlencoded"
ID = "00000000-0000-4000-8000-000000000000"
JSON_SAID = f'{{"text": "hello", "id": "{ID}"}}'
FORM_SAID = f"text=hello&id={ID}"
FILLED = {"link": "demo", "token": "no-such-token", "name": "none"}
FILLED["script"] = "first_talk"
IDS = ("case", "note", "member", "session", "invitation", "slug", "passkey")
FILLED |= dict.fromkeys(IDS, "0" * 32)


@dataclass(frozen=True)
class Knocked:
    """A route, and how it answered somebody who brought nothing."""

    route: str
    status: int


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Knocked, ...]:
    """Knock at every door of a production gateway without any credentials."""
    return asyncio.run(knock_everywhere(tmp_path_factory.mktemp("routes")))


async def knock_everywhere(home: Path) -> tuple[Knocked, ...]:
    app = application(
        build(production(home)),
        name=f"handrail_{uuid.uuid4().hex}",
    )
    async with (
        serving(app, loopback_socket()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as stranger,
    ):
        return tuple([await knock(stranger, *one) for one in routes(app)])


async def knock(stranger: httpx.AsyncClient, method: str, path: str) -> Knocked:
    filled = re.sub(r"<(\w+)[^>]*>", lambda gap: FILLED.get(gap[1], "1"), path)
    is_json = filled.startswith("/api/")
    answer = await stranger.request(
        method,
        filled,
        content=JSON_SAID if is_json else FORM_SAID,
        headers={
            "Content-Type": "application/json" if is_json else FORM,
            # From our own page, so that only the missing sign-in can stop it.
            "Origin": "https://handrail.example.org",
        },
    )
    return Knocked(f"{method} {shown(path)}", answer.status_code)


def routes(app: Sanic[Any, Any]) -> Iterator[tuple[str, str]]:
    for route in app.router.routes:
        for method in sorted(route.methods - {"HEAD", "OPTIONS"}):
            yield method, f"/{route.path.lstrip('/')}"


def shown(path: str) -> str:
    """Write a route as the list does: `<case:[0-9a-f]{32}>` is `<case>`."""
    named = re.sub(r"<(\w+):[^>]*>", r"<\1>", path)
    return re.sub(r"^/(web-chat|my-page)/[0-9a-f]+/", r"/\1/<version>/", named)


def test_every_route_that_is_not_public_refuses_a_stranger(
    strangers: tuple[Knocked, ...],
) -> None:
    let_in = [
        f"{one.route} answered {one.status}"
        for one in strangers
        if one.route not in PUBLIC and one.status not in REFUSALS
    ]

    assert len(strangers) > 15
    assert let_in == []


def test_every_public_route_exists_and_has_a_reason(
    strangers: tuple[Knocked, ...],
) -> None:
    assert set(PUBLIC) - {one.route for one in strangers} == set()
    assert all(len(reason) > 20 for reason in PUBLIC.values())


def test_without_a_shared_secret_nobody_can_run_an_action(tmp_path: Path) -> None:
    # A gateway started alone has no secret: an empty one must open nothing.
    knocked = asyncio.run(knock_everywhere(tmp_path))

    assert Knocked("POST /internal/actions", 403) in knocked
