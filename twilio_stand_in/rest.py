"""The part of Twilio's REST API that sends, lists, shows, empties and deletes texts."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from hmac import compare_digest
from typing import Final
from urllib.parse import parse_qsl, urlencode

from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, html, json

from twilio_stand_in.settings import OptOut, SendFault
from twilio_stand_in.stand_in import TwilioStandIn
from twilio_stand_in.texts import API_VERSION, Direction, Text

Handler = Callable[..., Awaitable[HTTPResponse]]

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_MOST_CHARACTERS: Final = 1600
_PAGE_SIZE: Final = 50

# A refusal's HTTP status and code before anything was taken on.
_FAULTS: Final = {
    SendFault.TOO_MANY: (429, "20429"),
    SendFault.BROKEN: (500, "20500"),
    SendFault.UNAVAILABLE: (503, "20503"),
}


class Refusal(Exception):
    """The API says no: an HTTP status and Twilio's code."""

    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code


def rest_api(stand_in: TwilioStandIn, url_prefix: str) -> Blueprint:
    """Build the routes of one account's Messages."""
    api = Blueprint("twilio_stand_in_api", url_prefix=url_prefix)
    messages = f"/{API_VERSION}/Accounts/<account_sid:str>/Messages"
    one = f"{messages}/<sid:([A-Z]{{2}}[0-9a-f]{{32}})\\.json>"
    signed_in = _signed_in(stand_in)

    @api.post(f"{messages}.json", name="send")
    @signed_in
    async def send(request: Request) -> HTTPResponse:
        return await _send(stand_in, request)

    @api.get(f"{messages}.json", name="list")
    @signed_in
    async def listing(request: Request) -> HTTPResponse:
        return json(_page(stand_in, request))

    @api.get(one, name="show")
    @signed_in
    async def show(request: Request, sid: str) -> HTTPResponse:
        return json(_shown(stand_in, _known(stand_in, sid)))

    @api.post(one, name="change")
    @signed_in
    async def change(request: Request, sid: str) -> HTTPResponse:
        text = _known(stand_in, sid)
        if _form(request).get("Body") != "":
            raise Refusal(400, "20001")
        text.body = ""
        return json(_shown(stand_in, text))

    @api.delete(one, name="delete")
    @signed_in
    async def delete(request: Request, sid: str) -> HTTPResponse:
        del stand_in.texts[_known(stand_in, sid).sid]
        stand_in.touched()
        return empty()

    return api


def _signed_in(stand_in: TwilioStandIn) -> Callable[[Handler], Handler]:
    """Let a handler answer only for our account, and turn refusals into answers."""
    ours = f"{stand_in.settings.account_sid}:{stand_in.settings.auth_token}"
    expected = f"Basic {b64encode(ours.encode()).decode()}"

    def wrapping(handler: Handler) -> Handler:
        @wraps(handler)
        async def checked(
            request: Request, account_sid: str, **path: str
        ) -> HTTPResponse:
            given = request.headers.get("authorization", "")
            if not compare_digest(given.encode(), expected.encode()):
                return _refused(Refusal(401, "20003"))
            if account_sid != stand_in.settings.account_sid:
                return _refused(Refusal(404, "20404"))
            try:
                return await handler(request, **path)
            except Refusal as refusal:
                return _refused(refusal)

        return checked

    return wrapping


def _refused(refusal: Refusal) -> HTTPResponse:
    said = {
        "code": int(refusal.code),
        "message": "Refused by the stand-in",
        "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
        "status": refusal.status,
    }
    return json(said, status=refusal.status)


async def _send(stand_in: TwilioStandIn, request: Request) -> HTTPResponse:
    fault = stand_in.next_fault()
    if fault in _FAULTS:
        raise Refusal(*_FAULTS[fault])
    if fault is SendFault.SILENT:
        await stand_in.released.wait()
        raise Refusal(503, "20503")
    text = _new_text(stand_in, _form(request))
    stand_in.send(text)
    match fault:
        case SendFault.ACCEPTED_THEN_SILENT:
            await stand_in.released.wait()
        case SendFault.ACCEPTED_THEN_DROPPED:
            # Sanic closes it without another word, as a broken network would.
            request.transport.close()
        case SendFault.ACCEPTED_UNREADABLY:
            return html("<h1>Bad gateway</h1>", status=201)
        case _:
            pass
    return json(_shown(stand_in, text), status=201)


def _new_text(stand_in: TwilioStandIn, form: dict[str, str]) -> Text:
    """Make a text of a request's fields, or refuse it for Twilio's reasons."""
    settings, to, body = stand_in.settings, form.get("To", ""), form.get("Body", "")
    service = form.get("MessagingServiceSid")
    sender = form.get("From") or (settings.numbers[0] if service else "")
    _check(
        [
            (bool(to), "21604"),
            (bool(_E164.fullmatch(to)), "21211"),
            (bool(sender), "21603"),
            (sender in settings.numbers, "21606"),
            (service in (None, settings.messaging_service_sid), "21701"),
            (bool(body), "21602"),
            (len(body) <= _MOST_CHARACTERS, "21617"),
            (not _opted_out(stand_in, sender, to), "21610"),
        ]
    )
    if code := stand_in.behaviour.refused.get(to):
        raise Refusal(400, code)
    period = form.get("ValidityPeriod")
    return Text(
        direction=Direction.OUTBOUND_API,
        sender=sender,
        recipient=to,
        body=body,
        created=stand_in.clock(),
        status="accepted" if service else "queued",
        callback=form.get("StatusCallback"),
        validity_period=int(period) if period else None,
        messaging_service_sid=service,
    )


def _check(rules: list[tuple[bool, str]]) -> None:
    for kept, code in rules:
        if not kept:
            raise Refusal(400, code)


def _opted_out(stand_in: TwilioStandIn, sender: str, to: str) -> bool:
    handled = stand_in.behaviour.opt_out is OptOut.TWILIO
    return handled and (sender, to) in stand_in.opted_out


def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def _known(stand_in: TwilioStandIn, sid: str) -> Text:
    if sid not in stand_in.texts:
        raise Refusal(404, "20404")
    return stand_in.texts[sid]


def _shown(stand_in: TwilioStandIn, text: Text) -> dict[str, object]:
    return text.as_twilio_shows_it(stand_in.settings.account_sid)


def _page(stand_in: TwilioStandIn, request: Request) -> dict[str, object]:
    """Give one page of texts, newest first, with the address of the next."""
    asked = dict(request.query_args)
    wanted = _wanted(asked)
    found = [t for t in stand_in.texts.values() if wanted(t)]
    found.sort(key=lambda t: t.created, reverse=True)
    size, page = int(asked.get("PageSize", _PAGE_SIZE)), int(asked.get("Page", 0))
    first, last = page * size, (page + 1) * size
    shown = [_shown(stand_in, t) for t in found[first:last]]
    path = f"/{API_VERSION}/Accounts/{stand_in.settings.account_sid}/Messages.json"
    further = urlencode({**asked, "Page": page + 1, "PageToken": f"PA{page + 1}"})
    return {
        "messages": shown,
        "page": page,
        "page_size": size,
        "start": first,
        "end": first + len(shown) - 1,
        "uri": path,
        "first_page_uri": path,
        "previous_page_uri": None,
        "next_page_uri": f"{path}?{further}" if last < len(found) else None,
    }


def _wanted(asked: dict[str, str]) -> Callable[[Text], bool]:
    """Read what is asked for once: a long night has tens of thousands of texts."""
    recipient, sender = asked.get("To"), asked.get("From")
    since = asked.get("DateSent>")
    after = None if since is None else datetime.fromisoformat(since)
    if after is not None and after.tzinfo is None:
        after = after.replace(tzinfo=UTC)

    def is_wanted(text: Text) -> bool:
        return (
            (recipient is None or text.recipient == recipient)
            and (sender is None or text.sender == sender)
            and (after is None or (text.sent is not None and text.sent >= after))
        )

    return is_wanted
