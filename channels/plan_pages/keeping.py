"""Who is looking: the visit's cookie, and the mark that a fast exit leaves."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sanic import HTTPResponse, Request

from channels.web_chat.keeping import from_our_own_page
from channels.web_chat.reading import could_be_link
from channels.web_chat.settings import PageSettings

SIZES: Final = ("normal", "big", "bigger")
_A_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Cookies:
    """The names of the cookies; over https the browser binds them to this host.

    `visit` holds the visit's token and no script can read it. The page's script sets
    `left` itself, because leaving must hold with no network. `size` is a text size,
    `came_from` the link of the chat they came over from, so that they find back.
    """

    visit: str
    left: str
    size: str
    came_from: str


def cookies_for(settings: PageSettings) -> Cookies:
    """Name the cookies."""
    prefix = "__Host-" if settings.https else ""
    return Cookies(
        f"{prefix}my", f"{prefix}my-left", f"{prefix}my-size", f"{prefix}my-from"
    )


def visit_of(request: Request, settings: PageSettings) -> str | None:
    """Give the visit's token, if our own page is asking and nobody left meanwhile."""
    names = cookies_for(settings)
    if request.cookies.get(names.left) is not None:
        return None
    if not from_our_own_page(request, settings):
        return None
    return request.cookies.get(names.visit) or None


def chat_of(request: Request, settings: PageSettings) -> str | None:
    """Give the link of the chat they came over from, if they came from one."""
    link = request.cookies.get(cookies_for(settings).came_from) or ""
    return link if could_be_link(link) else None


def size_of(request: Request, settings: PageSettings) -> str:
    """Give the text size that was chosen on this browser."""
    chosen = request.cookies.get(cookies_for(settings).size)
    return chosen if chosen in SIZES else SIZES[0]


def begin(
    response: HTTPResponse, visit: str, settings: PageSettings, *, came_from: str = ""
) -> None:
    """Let this browser look until the visit ends or the browser is closed.

    `came_from` is the link of the chat they came over from; a private link has none.
    """
    names = cookies_for(settings)
    _set(response, names.visit, visit, settings)
    _expire(response, names.left, settings)
    if could_be_link(came_from):
        _set(response, names.came_from, came_from, settings)
    else:
        _expire(response, names.came_from, settings)


def end(response: HTTPResponse, settings: PageSettings) -> None:
    """Take the visit off this browser."""
    names = cookies_for(settings)
    for name in (names.visit, names.left, names.came_from):
        _expire(response, name, settings)


def keep_size(response: HTTPResponse, size: str, settings: PageSettings) -> None:
    """Remember a text size; it says nothing about anyone."""
    response.add_cookie(
        cookies_for(settings).size,
        size,
        path="/",
        httponly=True,
        secure=settings.https,
        samesite="Strict",
        max_age=int(_A_YEAR.total_seconds()),
    )


def _set(response: HTTPResponse, name: str, value: str, settings: PageSettings) -> None:
    response.add_cookie(
        name, value, path="/", httponly=True, secure=settings.https, samesite="Strict"
    )


def _expire(response: HTTPResponse, name: str, settings: PageSettings) -> None:
    response.add_cookie(
        name, "", path="/", secure=settings.https, samesite="Strict", max_age=0
    )
