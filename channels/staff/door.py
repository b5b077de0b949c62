"""The desk's door: who may see a page, and that a form was filled in on our own page.

Every page but the sign-in goes through `signed_in`: a good session, the right role,
and for a form our own origin and the session's form token.
"""

import re
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final
from urllib.parse import quote, urlsplit

from sanic import HTTPResponse, Request
from sanic.response import empty, redirect

from channels.staff.account_desk import AccountDesk, CameIn, Refused
from channels.staff.drawing import Drawing
from channels.staff.elsewhere_desk import SignInElsewhere
from channels.staff.forms import fields_of
from channels.staff.may import May
from channels.staff.signed_in import NotYours, SignedIn
from channels.strictest import STRICT_TRANSPORT

Page = Callable[..., Coroutine[Any, Any, HTTPResponse]]

DESK: Final = "/staff"
A_CASE: Final = re.compile(r"/staff/cases/[0-9a-f]{32}")
READING: Final = frozenset({"GET", "HEAD"})
BROWSER_KNOWN_S: Final = 180 * 24 * 60 * 60
AWAY_LASTS_S: Final = 10 * 60
PASSKEY_LASTS_S: Final = 5 * 60
STRICT: Final = frozenset({"browser", "passkey"})
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    # `no-referrer` would make browsers send a form with the Origin "null".
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Door:
    """Lets people in to the pages, or shows them where to sign in."""

    accounts: AccountDesk
    drawing: Drawing
    public_url: str
    is_local: bool
    elsewhere: tuple[SignInElsewhere, ...] = ()
    passkeys: bool = False
    _names: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Cookies of an https address are bound to its host and to nothing else."""
        before = "__Host-" if self._https else ""
        names = {
            each: f"{before}handrail_{each}"
            for each in ("staff", "browser", "away", "passkey")
        }
        object.__setattr__(self, "_names", names)

    def signed_in(
        self, page: Page, may: May | None = None, *, fresh: bool = False
    ) -> Page:
        """Open a page to whoever may; `fresh` asks for a code again before it."""

        @wraps(page)
        async def checked(request: Request, **path: str) -> HTTPResponse:
            if not self._is_safe(request):
                return empty(403)
            me = await self.accounts.who(self.session(request), keep=_keeps(request))
            if me is None:
                return self._stranger(request)
            refused = self._refused(request, me, may, fresh)
            if refused is not None:
                return refused
            try:
                return await page(request, me, **path)
            except NotYours:
                return self._not_yours(request, me)

        return checked

    def let_in(self, answer: HTTPResponse, came_in: CameIn) -> HTTPResponse:
        """Give the browser its session, and the mark by which it is known again.

        An alert's link may be followed from a mailbox, so the session's cookie is lax;
        every form still needs its token and our own origin.
        """
        self._set(answer, "staff", came_in.session, None)
        self._set(answer, "browser", came_in.browser, BROWSER_KNOWN_S)
        return answer

    def sends_away(self, answer: HTTPResponse, note: str) -> None:
        """Give a browser what it must bring back from its organisation's sign-in."""
        self._set(answer, "away", note, AWAY_LASTS_S)

    def away_note(self, request: Request) -> str:
        """Read what a browser brings back."""
        return request.cookies.get(self._names["away"]) or ""

    def forgets_away(self, answer: HTTPResponse) -> HTTPResponse:
        """Take that note back: it is for one sign-in."""
        name = self._names["away"]
        answer.cookies.delete_cookie(name, path="/", secure=self._https)
        return answer

    def asks_for_passkey(self, answer: HTTPResponse, note: str) -> HTTPResponse:
        """Give a browser what it must bring back with the passkey it is asked for."""
        self._set(answer, "passkey", note, PASSKEY_LASTS_S)
        return answer

    def passkey_note(self, request: Request) -> str:
        """Read what a browser brings back with a passkey."""
        return request.cookies.get(self._names["passkey"]) or ""

    def let_out(self, answer: HTTPResponse) -> HTTPResponse:
        """Take the session's cookie back; the browser stays known."""
        name = self._names["staff"]
        answer.cookies.delete_cookie(name, path="/", secure=self._https)
        return answer

    def session(self, request: Request) -> str:
        """Read the session's token."""
        return request.cookies.get(self._names["staff"]) or ""

    def browser(self, request: Request) -> str:
        """Read the mark of a browser that came in before."""
        return request.cookies.get(self._names["browser"]) or ""

    def is_from_here(self, request: Request) -> bool:
        """Say whether a form was sent from one of our own pages."""
        parts = urlsplit(self.public_url)
        origin = f"{parts.scheme}://{parts.netloc}"
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        return request.headers.get("Origin") == origin and site == "same-origin"

    async def add_headers(self, _request: Request, response: HTTPResponse) -> None:
        """Tell the browser to keep nothing, frame nothing, load nothing of others."""
        response.headers.update(HEADERS)
        if self._https:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT

    @property
    def _https(self) -> bool:
        return self.public_url.startswith("https://")

    def _is_safe(self, request: Request) -> bool:
        return request.method in READING or self.is_from_here(request)

    def _stranger(self, request: Request) -> HTTPResponse:
        if "fragment" in request.args:
            return empty(401)
        # A browser that still holds a session's token was signed in until just now.
        was_in = bool(self.session(request))
        # Whoever follows an alert's link comes to its case once they are signed in; of
        # any other address nothing is said back.
        is_a_case = request.method in READING and A_CASE.fullmatch(request.path)
        goes_on = request.path if is_a_case else DESK
        return self.sign_in_page(status=401, was_in=was_in, goes_on=goes_on)

    def sign_in_page(
        self,
        problem: Refused | None = None,
        email: str = "",
        status: int = 403,
        *,
        was_in: bool = False,
        goes_on: str = DESK,
    ) -> HTTPResponse:
        """Ask to sign in, by every way there is here."""
        return self.drawing.page(
            "sign_in.html",
            status=status,
            problem=problem and problem.value,
            email=email,
            was_in=was_in,
            goes_on=goes_on,
            is_local=self.is_local,
            elsewhere=self.elsewhere,
            passkeys=self.passkeys,
        )

    def _not_yours(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Say the same of what is a colleague's, another's, gone, or never was."""
        is_case = request.path.startswith("/staff/cases/")
        page = "not_yours.html"
        return self.drawing.page(page, status=404, me=me, is_case=is_case)

    def _refused(
        self, request: Request, me: SignedIn, may: May | None, fresh: bool
    ) -> HTTPResponse | None:
        if request.method not in READING and not _has_form_token(request, me):
            return self.drawing.page("form_too_old.html", status=403, me=me)
        if may is not None and may not in me.may:
            return self.drawing.page("not_for_you.html", status=403, me=me)
        if fresh and not me.is_fresh:
            back = request.path if request.method in READING else "/staff"
            return redirect(f"/staff/prove?next={quote(back)}", status=303)
        return None

    def _set(
        self, answer: HTTPResponse, name: str, content: str, lasts_s: int | None
    ) -> None:
        answer.add_cookie(
            self._names[name],
            content,
            path="/",
            httponly=True,
            secure=self._https,
            samesite="Strict" if name in STRICT else "Lax",
            max_age=lasts_s,
        )


def device_of(request: Request) -> str:
    """Name a browser in a few words, for the list of where one is signed in."""
    said = str(request.headers.get("User-Agent", ""))
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome"}
    systems = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
    browser = next((name for mark, name in browsers.items() if mark in said), None)
    system = next((mark for mark in systems if mark in said), "an unknown system")
    if browser is None:
        browser = "Safari" if "Safari" in said else "A browser"
    return f"{browser} on {'Mac' if system == 'Macintosh' else system}"


def _has_form_token(request: Request, me: SignedIn) -> bool:
    given = fields_of(request).get("form_token", "")
    return secrets.compare_digest(given.encode(), me.form_token.encode())


def _keeps(request: Request) -> bool:
    """A page that keeps itself fresh keeps nobody signed in, unless they are there."""
    return "fragment" not in request.args or "here" in request.args
