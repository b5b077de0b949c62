"""Our records as an Open Referral UK feed at /api/services, for partners to reuse."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from channels.plain_blueprint import PlainBlueprint
from signposting import Directory
from signposting.feed import front_page, service_detail, services_page

OPENAPI: Final = "/api/openapi.json"
PER_PAGE: Final = 50
HEADERS: Final = {
    # Made to be read by other programs and other sites: there is nobody in it.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=300",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass
class ServicesFeed:
    """The routes of the feed. The records do not change while we run: pages are kept.

    `address` is the public address of this gateway.
    """

    directory: Directory
    address: str
    _kept: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def add_to(self, feed: Blueprint) -> None:
        """Put the routes on a blueprint."""
        feed.add_route(self.front, "/api", ["GET"], name="front")
        feed.add_route(self.page, "/api/services", ["GET"], name="page")
        feed.add_route(self.one, "/api/services/<id:str>", ["GET"], name="one")

    async def front(self, request: Request) -> HTTPResponse:
        """Say which version of the standard this is."""
        return _answer(request, _bytes(front_page(f"{self.address}{OPENAPI}")))

    async def page(self, request: Request) -> HTTPResponse:
        """Give one page of whole services; 400 for a page that cannot be."""
        try:
            page = int(request.args.get("page", "1"))
            per_page = int(request.args.get("per_page", str(PER_PAGE)))
            return _answer(request, self._page(page, per_page))
        except (ValueError, OverflowError):
            return _refusal("wrong_page", 400)

    async def one(self, request: Request, id: str) -> HTTPResponse:
        """Give one whole service by its HSDS id."""
        found = service_detail(self.directory, id)
        if found is None:
            return _refusal("not_found", 404)
        return _answer(request, _bytes(found))

    def _page(self, page: int, per_page: int) -> bytes:
        total = len(self.directory.shown)
        if page > total + 1:
            return _bytes(services_page(self.directory, page=page, per_page=per_page))
        key = (page, per_page)
        if key not in self._kept:
            rows = services_page(self.directory, page=page, per_page=per_page)
            self._kept[key] = _bytes(rows)
        return self._kept[key]


def feed_blueprint(directory: Directory, address: str) -> Blueprint:
    """Build the feed."""
    feed = PlainBlueprint("services_feed")
    ServicesFeed(directory, address).add_to(feed)
    return feed


def _bytes(rows: Any) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(request: Request, body: bytes) -> HTTPResponse:
    """Answer with a tag of the content; with nothing to one who has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = HEADERS | {"ETag": tag}
    known = request.headers.get("if-none-match", "")
    if tag in known or known.strip() == "*":
        return raw(b"", status=304, headers=headers)
    return raw(body, content_type="application/json", headers=headers)


def _refusal(code: str, status: int) -> HTTPResponse:
    body = _bytes({"error": {"code": code}})
    return raw(body, status=status, content_type="application/json", headers=HEADERS)
