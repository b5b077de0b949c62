"""The phone simulator: a page that is a phone, and shows what Twilio would show."""

from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, html, json, redirect

from foundations.clock import in_london
from foundations.gsm7 import encoding
from twilio_stand_in.stand_in import TwilioStandIn
from twilio_stand_in.texts import Direction, Text
from twilio_stand_in.words import WORDS

_HERE: Final = Path(__file__).parent
_DRAMA_RANGE: Final = "+447700"  # Ofcom keeps 07700 900000 to 900999 for drama.
_PHONES: Final = tuple(f"9000{n:02}" for n in range(1, 11))
_PHONE: Final = "<phone:900[0-9]{3}>"
_LATEST: Final = 40
_OURSELVES: Final = frozenset({"same-origin", "none"})

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

_PAGES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, trim_blocks=True
)


def simulator(stand_in: TwilioStandIn) -> Blueprint:
    """Build the page, its two files, and what the page asks for."""
    pages = Blueprint("phone_simulator", url_prefix="/simulator")
    pages.static("/static", _HERE / "static", name="simulator_static")

    @pages.get("/")
    async def first_phone(request: Request) -> HTTPResponse:
        asked = request.args.get("phone") or _PHONES[0]
        return redirect(f"/simulator/{asked if asked in _PHONES else _PHONES[0]}")

    @pages.get(f"/{_PHONE}")
    async def page(request: Request, phone: str) -> HTTPResponse:
        shown = _PAGES.get_template("simulator.html").render(
            words=WORDS["page"],
            phones=[(p, _spoken(p)) for p in sorted({*_PHONES, phone})],
            phone=phone,
            **_state(stand_in, phone),
        )
        return html(shown, headers=_HEADERS)

    @pages.get(f"/{_PHONE}/state")
    async def state(request: Request, phone: str) -> HTTPResponse:
        if request.args.get("version") == str(stand_in.version):
            return empty(headers=_HEADERS)
        return json(_state(stand_in, phone), headers=_HEADERS)

    @pages.post(f"/{_PHONE}/texts")
    async def text(request: Request, phone: str) -> HTTPResponse:
        return _take_text(stand_in, request, phone)

    return pages


def _take_text(stand_in: TwilioStandIn, request: Request, phone: str) -> HTTPResponse:
    """Send what was written, unless another site's page wrote it."""
    if request.headers.get("sec-fetch-site", "none") not in _OURSELVES:
        return empty(403)
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    if body := form.get("body", "").strip():
        sends = stand_in.phone(f"{_DRAMA_RANGE}{phone}").sends(body)
        stand_in.in_background(sends)
    if request.headers.get("accept") == "application/json":
        return empty(202, headers=_HEADERS)
    return redirect(f"/simulator/{phone}", status=303)


def _spoken(phone: str) -> str:
    return f"07700 {phone}"


def _state(stand_in: TwilioStandIn, phone: str) -> dict[str, object]:
    """Give all that the page shows of one phone."""
    number = f"{_DRAMA_RANGE}{phone}"
    ours = [t for t in stand_in.texts.values() if number in (t.sender, t.recipient)]
    log = [
        {"what": e.kind.value, "id": e.sid, "result": e.result}
        for e in reversed(stand_in.journal.entries()[-_LATEST:])
    ]
    return {
        "version": stand_in.version,
        "texts": [_bubble(t) for t in sorted(ours, key=lambda t: t.created)],
        "log": log,
    }


def _bubble(text: Text) -> dict[str, object]:
    words = WORDS["page"]
    many = text.segments > 1
    return {
        "id": text.sid,
        "mine": text.direction is Direction.INBOUND,
        "body": text.body,
        "at": f"{in_london(text.created):%H:%M}",
        "status": text.status,
        "says": words["status"].get(text.status, text.status),
        "code": text.error_code,
        "length": words["parts"].format(count=text.segments) if many else words["part"],
        "encoding": encoding(text.body),
    }
