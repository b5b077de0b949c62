"""The two addresses Twilio calls: a text came in, and how far a text of ours has got.

Forged requests get an empty 403 and nothing else; a genuine text gets an answer or
a 503, after which Twilio tries again and then reads out its fallback. Never a 500.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, Request
from sanic.exceptions import PayloadTooLarge, RequestTimeout
from sanic.response import HTTPResponse, empty, raw

from channels.plain_blueprint import PlainBlueprint
from channels.sms.door import InlineText, SmsAnswer, SmsDoor
from channels.sms.inbound import (
    FieldRefused,
    InboundSms,
    OurNumbers,
    read_inbound,
    read_report,
)
from channels.sms.numbers import SenderKind, may_be_texted
from channels.sms.signature import (
    SIGNATURE_HEADER,
    SignatureRefused,
    SigningKeys,
    signed_fields,
)
from channels.sms.twiml import twiml
from foundations.clock import Clock, utc_now
from foundations.ids import OutboxId

log = logging.getLogger(__name__)

INBOUND_PATH: Final = "/hooks/twilio/sms"
STATUS_PATH: Final = "/hooks/twilio/status"
MOST_BYTES: Final = 64 * 1024
_DROPPED_BYTES: Final = 4 * 1024 * 1024
_FORM: Final = "application/x-www-form-urlencoded"
_SENT_BY_MACHINES: Final = frozenset({SenderKind.SHORT_CODE, SenderKind.ALPHANUMERIC})


@dataclass(frozen=True)
class SmsSettings:
    """Where we are reached and whose webhooks we answer.

    `public_address` is scheme and host as Twilio calls them, with no path; request
    headers are never asked. `signed_fragment` is for an account whose signatures
    cover the `#rc=3...` part of a webhook address. Times are in seconds: crisis words
    leave within `answer_within` whatever happens; a text that calls for none may take
    `accept_within`, since Twilio waits for 15 and a 503 makes it say its fallback.
    """

    public_address: str
    ours: OurNumbers
    keys: SigningKeys
    signed_fragment: str = ""
    answer_within: float = 2.0
    accept_within: float = 8.0
    body_within: float = 10.0

    def address(self, path: str) -> str:
        """Give the full address of a path of ours, as Twilio signs it."""
        fragment = f"#{self.signed_fragment}" if self.signed_fragment else ""
        return f"{self.public_address.rstrip('/')}{path}{fragment}"


def status_address(public_address: str, outbox: OutboxId) -> str:
    """Give the address at which the delivery of one text is reported."""
    return f"{public_address.rstrip('/')}{STATUS_PATH}/{outbox}"


def blueprint(
    door: SmsDoor, settings: SmsSettings, clock: Clock = utc_now
) -> Blueprint:
    """Build the webhook routes in front of a door."""
    hooks = PlainBlueprint("twilio_webhooks")

    @hooks.post(INBOUND_PATH, stream=True, name="sms")
    async def sms(request: Request) -> HTTPResponse:
        async def answer(fields: Mapping[str, str]) -> HTTPResponse:
            text = read_inbound(fields, settings.ours, clock())
            return await _answered(door, text, settings)

        return await _signed(request, settings, INBOUND_PATH, answer)

    async def report(request: Request, outbox: OutboxId | None) -> HTTPResponse:
        async def answer(fields: Mapping[str, str]) -> HTTPResponse:
            if known := read_report(fields, settings.ours, outbox):
                await door.delivery(known)
            return empty()

        path = f"{STATUS_PATH}/{outbox}" if outbox else STATUS_PATH
        return await _signed(request, settings, path, answer)

    @hooks.post(STATUS_PATH, stream=True, name="status")
    async def status(request: Request) -> HTTPResponse:
        return await report(request, None)

    @hooks.post(f"{STATUS_PATH}/<outbox:[0-9a-zA-Z-]{{1,64}}>", stream=True)
    async def status_of_one(request: Request, outbox: str) -> HTTPResponse:
        return await report(request, OutboxId(outbox))

    return hooks


async def _signed(
    request: Request,
    settings: SmsSettings,
    path: str,
    answer: Callable[[Mapping[str, str]], Awaitable[HTTPResponse]],
) -> HTTPResponse:
    """Let a request through to its answer only when Twilio signed it for this path."""
    if request.content_type.partition(";")[0].strip().lower() != _FORM:
        return empty(415)
    try:
        body = await _body(request, settings.body_within)
        signature = request.headers.getone(SIGNATURE_HEADER, None)
        fields = signed_fields(
            body, signature, address=settings.address(path), keys=settings.keys
        )
        return await answer(fields)
    except PayloadTooLarge:
        # What is left is read and dropped, or the answer would be lost in a reset.
        _allow(request, _DROPPED_BYTES)
        return empty(413)
    except RequestTimeout:
        # No more is read, or a body that drips in would hold its connection.
        _allow(request, 0)
        return empty(408)
    except SignatureRefused:
        log.warning("webhook_refused path=%s reason=signature", path)
        return empty(403)
    except FieldRefused as refused:
        log.warning("webhook_refused path=%s field=%s", path, refused)
        return empty(400)
    except Exception as fault:
        # The kind only: what an error says may hold what a person wrote.
        log.error("webhook_not_answered path=%s fault=%s", path, type(fault).__name__)
        return empty(503)


async def _body(request: Request, within: float) -> bytes:
    _allow(request, MOST_BYTES)
    try:
        async with asyncio.timeout(within):
            await request.receive_body()  # type: ignore[no-untyped-call]
    except TimeoutError:
        raise RequestTimeout from None
    return request.body


def _allow(request: Request, size: int) -> None:
    if request.stream is not None:
        request.stream.request_max_size = size


async def _answered(
    door: SmsDoor, sms: InboundSms, settings: SmsSettings
) -> HTTPResponse:
    """Answer a text in time, whatever happens behind the door."""
    if sms.sender_kind in _SENT_BY_MACHINES:
        # No person is behind these, and an answer could start two machines talking.
        log.info("sms_not_from_a_phone kind=%s", sms.sender_kind.value)
        return _spoken((), settings)
    receiving = asyncio.ensure_future(door.receive(sms))
    try:
        answer = await _within(settings.answer_within, receiving)
    except Exception as fault:
        receiving.add_done_callback(_look_at_fault)
        log.error("sms_not_received fault=%s", type(fault).__name__)
        words = await door.screen_only(sms.text)
        if words and may_be_texted(sms.sender):
            return _spoken(tuple(InlineText(body) for body in words), settings)
        late = settings.accept_within - settings.answer_within
        try:
            answer = await _within(late, receiving)
        except Exception:
            return empty(503)
    if not may_be_texted(sms.sender):
        # A landline would read the words aloud to whoever picks up.
        log.info("sms_from_a_number_we_do_not_text")
        return _spoken((), settings)
    return _spoken(answer.texts, settings)


async def _within(seconds: float, receiving: "asyncio.Future[SmsAnswer]") -> SmsAnswer:
    """Wait so long. Shielded: patience ends, but a text half recorded must not."""
    async with asyncio.timeout(seconds):
        return await asyncio.shield(receiving)


def _spoken(texts: tuple[InlineText, ...], settings: SmsSettings) -> HTTPResponse:
    body = twiml(texts, lambda outbox: status_address(settings.public_address, outbox))
    return raw(body.encode(), content_type="text/xml; charset=utf-8")


def _look_at_fault(receiving: asyncio.Future[SmsAnswer]) -> None:
    if not receiving.cancelled():
        receiving.exception()
