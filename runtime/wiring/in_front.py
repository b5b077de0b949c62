"""What stands in front of every door: strict headers, and counting by address."""

from typing import Any
from urllib.parse import quote

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import MethodNotAllowed
from sanic.response import empty, redirect, text

from channels.per_address import Knocks, PerAddress
from channels.strictest import tell_browsers
from channels.web_chat.answering import refusal
from channels.web_chat.assets import Assets
from channels.web_chat.drawing import Drawing
from channels.web_chat.settings import PageSettings
from channels.web_chat.words import load_words
from gateway.metrics import Metrics
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import Settings

TOO_MANY = 429


def stand_in_front(
    app: Sanic[Any, Any], settings: Settings, knocks: Knocks, counted: Metrics
) -> None:
    """Be strict with browsers, and refuse an address that knocks too often.

    A refused page shows the crisis numbers.
    With several gateways and no Redis between them, each counts for itself.
    """
    words = load_words()
    pages = PageSettings(settings.address, crisis_numbers())
    drawing = Drawing(pages, words, Assets().address)

    def refuse(request: Request) -> HTTPResponse:
        if request.path.startswith("/staff"):
            return text(words["error.too_many"], status=TOO_MANY)
        if request.path.startswith("/api") or request.content_type.endswith("/json"):
            return refusal(words, "too_many", TOO_MANY)
        return drawing.stopped("too_many", TOO_MANY)

    guard = PerAddress(knocks, settings.proxies, counted.was_refused)
    guard.stand_before(app, refuse)
    tell_browsers(app, https=settings.address.startswith("https://"))
    app.exception(MethodNotAllowed)(_only_takes_forms)


async def _only_takes_forms(request: Request, _problem: Exception) -> HTTPResponse:
    """Lead on whoever opens again what came of a form; blank, it would tell nothing."""
    _, room, *rest = request.path.split("/")
    if request.method == "GET" and room == "c" and len(rest) > 1:
        return redirect(f"/c/{quote(rest[0])}", status=303)
    if request.method == "GET" and room == "my":
        page = "share" if rest[:1] == ["share"] else "plan"
        return redirect(f"/my/{page}", status=303)
    return empty(405)
