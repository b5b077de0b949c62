"""Who is asking: the token in a header, or in the conversation's own cookie."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sanic import HTTPResponse, Request

from channels.web_chat.settings import PageSettings

_BEARER: Final = re.compile(r"[Bb]earer ([A-Za-z0-9._~+/=-]{1,500})")


@dataclass(frozen=True)
class Cookies:
    """The names of the page's cookies.

    `chat` holds the token and no script can read it. The page's script sets the two
    marks itself, because they must hold with no network: `left` after a quick exit
    (the token no longer counts) and `hidden` while a PIN hides the page (nothing
    that was said is put into its HTML).
    """

    chat: str
    left: str
    hidden: str


def cookies_for(settings: PageSettings) -> Cookies:
    """Name the cookies; over https the browser itself binds them to this host."""
    prefix = "__Host-" if settings.https else ""
    return Cookies(f"{prefix}chat", f"{prefix}chat-left", f"{prefix}chat-hidden")


def bearer_token(request: Request) -> str | None:
    """Give the token of the Authorization header, as any front end sends it."""
    found = _BEARER.fullmatch(request.headers.get("authorization", ""))
    return found[1] if found else None


def cookie_token(request: Request, settings: PageSettings) -> str | None:
    """Give the token of the page's own cookie, if our own page is asking."""
    if has_left(request, settings) or not from_our_own_page(request, settings):
        return None
    return request.cookies.get(cookies_for(settings).chat) or None


def has_left(request: Request, settings: PageSettings) -> bool:
    """Tell whether this browser left by the quick exit since it last had a token."""
    return request.cookies.get(cookies_for(settings).left) is not None


def is_hidden(request: Request, settings: PageSettings) -> bool:
    """Tell whether the page is hidden behind a PIN on this browser."""
    return request.cookies.get(cookies_for(settings).hidden) is not None


def from_our_own_page(request: Request, settings: PageSettings) -> bool:
    """Tell whether a request comes from our own page, not from another site's.

    Our pages send no referrer, which makes browsers write `Origin: null` on plain
    forms; Sec-Fetch-Site is the one to ask. A browser too old to send either keeps
    the cookie from other sites by itself (SameSite=Strict). Typing the address or
    following a link is "none" or "cross-site" and may only look (GET).
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin" or request.method == "GET"
    origin = request.headers.get("origin", "null")
    if origin in ("null", settings.origin):
        return True
    # On the loopback one service has several names: localhost, 127.0.0.1, [::1].
    return not settings.https and urlsplit(origin).netloc == request.host


def remember(response: HTTPResponse, token: str, settings: PageSettings) -> None:
    """Let this browser find its way back to the conversation."""
    names = cookies_for(settings)
    response.add_cookie(
        names.chat,
        token,
        path="/",
        httponly=True,
        secure=settings.https,
        samesite="Strict",
        max_age=int(settings.remembered_for.total_seconds()),
    )
    _expire(response, names.left, settings)


def forget(response: HTTPResponse, settings: PageSettings) -> None:
    """Take the conversation off this browser."""
    names = cookies_for(settings)
    for name in (names.chat, names.left, names.hidden):
        _expire(response, name, settings)


def _expire(response: HTTPResponse, name: str, settings: PageSettings) -> None:
    response.add_cookie(
        name, "", path="/", secure=settings.https, samesite="Strict", max_age=0
    )
