"""The help pages as one Sanic blueprint: looked at with GET, private picks by POST."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, raw

from channels.help_pages.door import Behind, HelpDoor
from channels.help_pages.drawing import Drawing
from channels.help_pages.filters import MOST_FIELDS, Filters, read_filters
from channels.plain_blueprint import PlainBlueprint
from channels.web_chat.headers import add_headers, squeeze_pages
from channels.web_chat.settings import CrisisNumber
from channels.web_chat.words import load_words
from foundations.clock import Clock
from signposting import Directory

log = logging.getLogger("handrail.help_pages")

HERE: Final = Path(__file__).parent
LONGEST: Final = 8 * 1024
"""Bytes of a query or a form; our own form with everything picked is far under it."""

Draw = Callable[[Filters, Behind, datetime], HTTPResponse]


class HelpPages:
    """The routes /help and /help/now."""

    def __init__(
        self, door: HelpDoor, directory: Directory, drawing: Drawing, clock: Clock
    ) -> None:
        self._door = door
        self._directory = directory
        self._drawing = drawing
        self._clock = clock

    def add_to(self, pages: Blueprint) -> None:
        """Put the routes on a blueprint."""
        for path, name in (("/help", "everyone"), ("/help/now", "now")):
            pages.add_route(getattr(self, name), path, ["GET", "POST"], name=name)

    async def now(self, request: Request) -> HTTPResponse:
        """Show the best three for this minute."""
        return await self._show(request, self._drawing.now)

    async def everyone(self, request: Request) -> HTTPResponse:
        """Show everyone who fits."""
        return await self._show(request, self._drawing.everyone)

    async def _show(self, request: Request, draw: Draw) -> HTTPResponse:
        """Draw a page; whatever goes wrong, one with the crisis numbers."""
        try:
            filters = read_filters(_pairs(request), self._directory.places)
            behind = await self._door.behind(filters.link)
            return draw(filters, behind, self._clock())
        except Exception as problem:
            # The kind of problem only: what was picked may be about someone.
            log.error("a help page had a problem: %s", type(problem).__name__)
            return self._drawing.trouble()


def blueprint(
    door: HelpDoor,
    directory: Directory,
    numbers: tuple[CrisisNumber, ...],
    exit_to: str,
    clock: Clock,
) -> Blueprint:
    """Build the help pages in front of a door."""
    pages = PlainBlueprint("help_pages")
    style = (HERE / "static" / "help.css").read_bytes()
    address = f"/help/style/{hashlib.sha256(style).hexdigest()[:12]}.css"
    words = load_words(HERE / "words.yml")
    drawing = Drawing(directory, words, numbers, exit_to, address)
    HelpPages(door, directory, drawing, clock).add_to(pages)

    async def give_style(_request: Request, name: str) -> HTTPResponse:
        if f"/help/style/{name}" != address:
            return empty(404)
        keep = {"Cache-Control": "public, max-age=31536000, immutable"}
        return raw(style, content_type="text/css; charset=utf-8", headers=keep)

    pages.add_route(give_style, "/help/style/<name:str>", ["GET"], name="style")
    pages.middleware(add_headers, "response")
    pages.middleware(squeeze_pages, "response")
    return pages


def _pairs(request: Request) -> list[tuple[str, str]]:
    """Read the picks from the address, or from a form that is kept out of it."""
    sent = request.query_string.encode() if request.method == "GET" else request.body
    if len(sent) > LONGEST:
        return []
    try:
        return parse_qsl(sent.decode("utf-8"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return []
