"""A webhook that writes down what Twilio sends it, and answers as it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import httpx
import pytest
from sanic import Sanic
from sanic.response import raw
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from tests.done_once import do_once
from twilio_stand_in.app import stand_in_app
from twilio_stand_in.serving import address_of, loopback_socket, serving
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

do_once()

ACCOUNT, TOKEN = "AC" + "0" * 31 + "1", "a" * 32
OURS = "+447700900900"


@dataclass
class Call:
    """One request as it came."""

    address: str
    headers: dict[str, str]
    fields: dict[str, str]

    @property
    def signed(self) -> bool:
        validator = RequestValidator(TOKEN)
        signature = self.headers["x-twilio-signature"]
        return validator.validate(self.address, self.fields, signature)


@dataclass
class Webhook:
    """Answers with the given statuses, one each, then with 200 and `says`."""

    address: str
    statuses: list[int] = field(default_factory=list)
    says: str = "<Response/>"
    content_type: str = "text/xml"
    calls: list[Call] = field(default_factory=list)

    def at(self, path: str) -> list[Call]:
        return [c for c in self.calls if c.address == self.address + path]


def app_around(webhook: Webhook) -> Sanic[Any, Any]:
    app = Sanic(f"webhook_{uuid4().hex}", configure_logging=False)

    @app.post("/<path:path>")
    async def take(request, path):
        webhook.calls.append(
            Call(
                address=f"{webhook.address}/{path}",
                headers=dict(request.headers),
                fields=dict(parse_qsl(request.body.decode(), keep_blank_values=True)),
            )
        )
        status = webhook.statuses.pop(0) if webhook.statuses else 200
        body = webhook.says if path in ("sms", "fallback") else ""
        return raw(body.encode(), status=status, content_type=webhook.content_type)

    return app


class LocalHttpClient(TwilioHttpClient):
    """The library's own client, sent to the stand-in."""

    def __init__(self, address: str) -> None:
        super().__init__(timeout=5)
        self.address = address
        self.session.trust_env = False

    def request(self, method, url, *rest, **named):
        local = url.replace("https://api.twilio.com", self.address)
        return super().request(method, local, *rest, **named)


@dataclass
class World:
    """A stand-in, the webhook it calls, and ways to reach it."""

    twilio: TwilioStandIn
    webhook: Webhook
    http: httpx.AsyncClient
    client: Client


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def whole_world(
    overrides: str = "", listening: bool = True, **settings: Any
) -> AsyncIterator[World]:
    ours, theirs = loopback_socket(), loopback_socket()
    webhook = Webhook(address_of(ours))
    if settings.pop("with_fallback", False):
        settings["fallback"] = f"{webhook.address}/fallback"
    twilio = TwilioStandIn(
        StandInSettings(
            ACCOUNT, TOKEN, (OURS,), f"{webhook.address}/sms{overrides}", **settings
        )
    )
    address = address_of(theirs)
    client = Client(ACCOUNT, TOKEN, http_client=LocalHttpClient(address))
    async with (
        serving(stand_in_app(twilio), theirs),
        httpx.AsyncClient(base_url=address, trust_env=False) as http,
    ):
        world = World(twilio, webhook, http, client)
        try:
            if listening:
                async with serving(app_around(webhook), ours):
                    yield world
            else:
                ours.close()
                yield world
        finally:
            client.http_client.session.close()
            await twilio.close()


@pytest.fixture
def world_with():
    """Make a world by hand: `async with world_with("#rc=3&rp=all") as world:`."""
    return whole_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with whole_world() as usual:
        yield usual
