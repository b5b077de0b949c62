"""The staff pages, drawn by the server; they work without JavaScript."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, html, raw, redirect

from channels.staff.desk import NotYours, SignedIn, StaffDesk
from foundations.clock import in_london
from foundations.ids import HandoverCaseId

HERE: Final = Path(__file__).parent
LONGEST_FORM: Final = 64 * 1024
LONGEST_SAID: Final = 1500
STATIC: Final = {
    "staff.css": "text/css; charset=utf-8",
    "staff.js": "text/javascript; charset=utf-8",
}
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Page = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class StaffPages:
    """The routes under /staff, in front of one desk."""

    def __init__(self, desk: StaffDesk, public_url: str) -> None:
        self._desk = desk
        parts = urlsplit(public_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._https = parts.scheme == "https"
        self._cookie = "__Host-handrail_staff" if self._https else "handrail_staff"
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["clock"] = _clock

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add = staff.add_route
        add(self.show_sign_in, "/staff/sign-in/<token:str>", ["GET"], name="sign_in")
        add(self.sign_in, "/staff/sign-in/<token:str>", ["POST"], name="signed_in")
        add(self._signed_in(self.sign_out), "/staff/sign-out", ["POST"], name="out")
        add(self._signed_in(self.board), "/staff", ["GET"], name="board")
        one = "/staff/cases/<case:[0-9a-f]{32}>"
        add(self._signed_in(self.case), one, ["GET"], name="case")
        add(self._signed_in(self.thread), f"{one}/thread", ["GET"], name="thread")
        add(self._signed_in(self.claim), f"{one}/claim", ["POST"], name="claim")
        add(self._signed_in(self.say), f"{one}/say", ["POST"], name="say")
        add(self._signed_in(self.hand_back), f"{one}/hand-back", ["POST"], name="back")
        add(self.static, "/staff/static/<name:str>", ["GET"], name="static")
        staff.on_response(_add_headers)  # type: ignore[no-untyped-call]

    async def show_sign_in(self, _request: Request, token: str) -> HTTPResponse:
        """Show a button: a link that is only looked at must not use itself up."""
        return self._page("sign_in.html", token=token)

    async def sign_in(self, request: Request, token: str) -> HTTPResponse:
        """Use the one-time token and start a session."""
        if not self._is_from_here(request):
            return empty(403)
        session = await self._desk.sign_in(token)
        if session is None:
            return self._page("signed_out.html", status=403)
        answer = redirect("/staff", status=303)
        answer.add_cookie(
            self._cookie,
            session,
            path="/",
            httponly=True,
            secure=self._https,
            samesite="Strict",
        )
        return answer

    async def sign_out(self, request: Request, _me: SignedIn) -> HTTPResponse:
        """End the session."""
        await self._desk.sign_out(self._session(request))
        answer = self._page("signed_out.html")
        answer.cookies.delete_cookie(self._cookie, path="/", secure=self._https)
        return answer

    async def board(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show who waits and who is mine."""
        return self._page("board.html", me=me, cases=await self._desk.board(me))

    async def case(self, _request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Show a case I hold."""
        page = await self._desk.case(me, HandoverCaseId(case))
        return self._page("case.html", me=me, page=page)

    async def thread(self, _request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Give the thread alone, for the page to keep itself fresh."""
        page = await self._desk.case(me, HandoverCaseId(case))
        return self._page("thread.html", page=page)

    async def claim(self, _request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Take a case, or say that somebody came first."""
        if await self._desk.claim(me, HandoverCaseId(case)):
            return redirect(f"/staff/cases/{case}", status=303)
        return self._page("taken.html", me=me, status=409)

    async def say(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Speak in the thread."""
        text = _field(request, "text").strip()
        if not text or len(text) > LONGEST_SAID:
            return empty(400)
        await self._desk.say(me, HandoverCaseId(case), text)
        return redirect(f"/staff/cases/{case}", status=303)

    async def hand_back(
        self, _request: Request, me: SignedIn, case: str
    ) -> HTTPResponse:
        """Give the conversation back to the bot."""
        await self._desk.hand_back(me, HandoverCaseId(case))
        return redirect("/staff", status=303)

    async def static(self, _request: Request, name: str) -> HTTPResponse:
        """Give the style or the script."""
        if name not in STATIC:
            return empty(404)
        return raw((HERE / "static" / name).read_bytes(), content_type=STATIC[name])

    def _signed_in(self, page: Page) -> Page:
        @wraps(page)
        async def checked(request: Request, **path: str) -> HTTPResponse:
            if request.method != "GET" and not self._is_from_here(request):
                return empty(403)
            me = await self._desk.who(self._session(request))
            if me is None:
                return self._page("signed_out.html", status=401)
            try:
                return await page(request, me, **path)
            except NotYours:
                return self._page("not_yours.html", me=me, status=404)

        return checked

    def _session(self, request: Request) -> str:
        return request.cookies.get(self._cookie) or ""

    def _is_from_here(self, request: Request) -> bool:
        return request.headers.get("Origin") == self._origin

    def _page(self, template: str, status: int = 200, **shown: Any) -> HTTPResponse:
        return html(
            self._templates.get_template(template).render(**shown), status=status
        )


def blueprint(desk: StaffDesk, public_url: str) -> Blueprint:
    """Build the staff pages in front of a desk."""
    staff = Blueprint("staff")
    StaffPages(desk, public_url).add_to(staff)
    return staff


async def _add_headers(_request: Request, response: HTTPResponse) -> None:
    response.headers.update(HEADERS)


def _clock(moment: datetime) -> str:
    return in_london(moment).strftime("%H:%M")


def _field(request: Request, name: str) -> str:
    """Read one form field; a body that cannot be read counts as empty."""
    if len(request.body) > LONGEST_FORM:
        return ""
    try:
        fields = parse_qsl(request.body.decode(), keep_blank_values=True)
    except UnicodeDecodeError:
        return ""
    return dict(fields).get(name, "").replace("\0", "")
