"""Our webhooks on real HTTP, a readable door behind them, and Twilio outside."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sanic import Sanic
from twilio.request_validator import RequestValidator

from channels.sms.delivery import DeliveryReport
from channels.sms.door import InlineText, SmsAnswer
from channels.sms.inbound import InboundSms, OurNumbers
from channels.sms.outgoing import OutgoingText, TextKind
from channels.sms.sending import TwilioSender
from channels.sms.signature import SigningKeys
from channels.sms.twilio_account import SendingSettings
from channels.sms.webhooks import SmsSettings, blueprint
from foundations.ids import OutboxId, new_id
from tests.done_once import do_once
from twilio_stand_in.app import stand_in_app
from twilio_stand_in.serving import address_of, loopback_socket, serving
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

do_once()

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "a" * 32
OLD_TOKEN = "b" * 32
OURS = "+447700900900"
PHONE = "+447700900001"


@dataclass
class Door:
    """A door that remembers what came, and answers what it was told to."""

    received: list[InboundSms] = field(default_factory=list)
    reports: list[DeliveryReport] = field(default_factory=list)
    answers: SmsAnswer = field(default_factory=SmsAnswer)
    crisis_words: tuple[str, ...] = ()
    fault: Exception | None = None
    report_fault: Exception | None = None
    screen_fault: Exception | None = None
    slow: asyncio.Event | None = None
    screened: list[str] = field(default_factory=list)

    async def receive(self, sms: InboundSms) -> SmsAnswer:
        if self.slow:
            await self.slow.wait()
        if self.fault:
            raise self.fault
        self.received.append(sms)
        return self.answers

    async def delivery(self, report: DeliveryReport) -> None:
        if self.report_fault:
            raise self.report_fault
        self.reports.append(report)

    async def screen_only(self, text: str) -> tuple[str, ...]:
        self.screened.append(text)
        if self.screen_fault:
            raise self.screen_fault
        return self.crisis_words

    def answers_with(self, *bodies: str) -> None:
        self.answers = SmsAnswer(
            tuple(InlineText(body, OutboxId(new_id())) for body in bodies)
        )


@dataclass
class Line:
    """Everything between a phone and our door."""

    door: Door
    twilio: TwilioStandIn
    sender: TwilioSender
    address: str
    http: httpx.AsyncClient

    def fields(self, **changes: str | None) -> dict[str, str]:
        """Give the fields of a UK text, blank geography and all."""
        sid = "SM" + uuid4().hex
        fields: dict[str, str | None] = {
            "ToCountry": "GB",
            "ToState": "",
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ToCity": "",
            "FromZip": "",
            "SmsSid": sid,
            "FromState": "",
            "SmsStatus": "received",
            "FromCity": "",
            "Body": "hello",
            "FromCountry": "GB",
            "To": OURS,
            "ToZip": "",
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": PHONE,
            "ApiVersion": "2010-04-01",
        }
        fields.update(changes)
        return {name: value for name, value in fields.items() if value is not None}

    def signature(
        self, fields: dict[str, str], path: str = "/hooks/twilio/sms", by: str = TOKEN
    ) -> str:
        return RequestValidator(by).compute_signature(self.address + path, fields)

    async def posts(
        self,
        fields: dict[str, str] | None = None,
        path: str = "/hooks/twilio/sms",
        signature: str | None = None,
        **request: Any,
    ) -> httpx.Response:
        """Post a webhook that is signed as it should be unless told otherwise."""
        fields = self.fields() if fields is None else fields
        signed = self.signature(fields, path) if signature is None else signature
        headers = {"X-Twilio-Signature": signed, **request.pop("headers", {})}
        request = request or {"data": fields}
        return await self.http.post(path, headers=headers, **request)


@asynccontextmanager
async def connected(
    answer_within: float = 2.0, timeout: float = 5.0
) -> AsyncIterator[Line]:
    """Start a gateway and a Twilio on this machine and connect them."""
    ours, theirs = loopback_socket(), loopback_socket()
    public = address_of(ours)
    twilio = TwilioStandIn(
        StandInSettings(ACCOUNT, TOKEN, (OURS,), f"{public}/hooks/twilio/sms")
    )
    settings = SmsSettings(
        public_address=public,
        ours=OurNumbers(ACCOUNT, frozenset({OURS})),
        keys=SigningKeys((TOKEN, OLD_TOKEN)),
        answer_within=answer_within,
    )
    account = SendingSettings(
        ACCOUNT, TOKEN, OURS, public, address_of(theirs), timeout=timeout
    )
    door, sender = Door(), TwilioSender(account)
    gateway = Sanic(f"gateway_{uuid4().hex}", configure_logging=False)
    gateway.blueprint(blueprint(door, settings))
    async with (
        serving(gateway, ours),
        serving(stand_in_app(twilio), theirs),
        httpx.AsyncClient(base_url=public, trust_env=False, timeout=30) as http,
    ):
        try:
            yield Line(door, twilio, sender, public, http)
        finally:
            await sender.close()
            await twilio.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def connect() -> Callable[..., AbstractAsyncContextManager[Line]]:
    """Connect by hand: `async with connect(answer_within=0.2) as line:`."""
    return connected


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with connected() as usual:
        yield usual


@pytest.fixture
def text_to() -> Callable[..., OutgoingText]:
    """Make a text to send: `text_to(PHONE, "Hello", kind=TextKind.CRISIS)`."""

    def make(to: str = PHONE, body: str = "Hello there", **more: Any) -> OutgoingText:
        more.setdefault("kind", TextKind.ORDINARY)
        return OutgoingText(to=to, body=body, outbox=OutboxId(new_id()), **more)

    return make
