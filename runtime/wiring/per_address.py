"""What an address may do is counted in front of everything."""

from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.response import text

from channels.per_address import PerAddress
from channels.web_chat.answering import refusal
from channels.web_chat.assets import Assets
from channels.web_chat.drawing import Drawing
from channels.web_chat.settings import PageSettings
from channels.web_chat.words import load_words
from foundations.clock import Clock
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import Settings

TOO_MANY = 429


def count_addresses(app: Sanic[Any, Any], settings: Settings, clock: Clock) -> None:
    """Refuse an address that knocks too often; a page shows the crisis numbers."""
    words = load_words()
    pages = PageSettings(settings.address, crisis_numbers())
    drawing = Drawing(pages, words, Assets().address)

    def refuse(request: Request) -> HTTPResponse:
        if request.path.startswith("/staff"):
            return text(words["error.too_many"], status=TOO_MANY)
        if request.path.startswith("/api") or request.content_type.endswith("/json"):
            return refusal(words, "too_many", TOO_MANY)
        return drawing.stopped("too_many", TOO_MANY)

    PerAddress(clock, settings.proxies).stand_before(app, refuse)
