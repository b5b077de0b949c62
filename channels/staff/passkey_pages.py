"""The pages about passkeys. What the device is asked goes to the page's own script."""

from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, raw, redirect

from channels.staff.account_desk import CameIn, Refused
from channels.staff.account_pages import ACCOUNT
from channels.staff.door import Door, device_of
from channels.staff.drawing import Drawing
from channels.staff.entry_pages import next_page
from channels.staff.forms import line_of
from channels.staff.passkey_desk import AsksFor, PasskeyDesk
from channels.staff.signed_in import SignedIn

PASSKEYS: Final = f"{ACCOUNT}/passkeys"
SIGN_IN: Final = "/staff/sign-in/passkey"
PROVE: Final = "/staff/prove/passkey"
LONGEST_NAME: Final = 60
LONGEST_ANSWER: Final = 16 * 1024


@dataclass(frozen=True)
class PasskeyPages:
    """Adding and removing passkeys, coming in with one, proving oneself with one."""

    desk: PasskeyDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add, inside = staff.add_route, self.door.signed_in
        add(self.begin_sign_in, f"{SIGN_IN}/begin", ["POST"], name="passkey_begin")
        add(self.sign_in, SIGN_IN, ["POST"], name="passkey_sign_in")
        begin, prove = inside(self.begin_proving), inside(self.prove)
        add(begin, f"{PROVE}/begin", ["POST"], name="passkey_prove_begin")
        add(prove, PROVE, ["POST"], name="passkey_prove")
        show = inside(self.show_add, fresh=True)
        add(show, f"{PASSKEYS}/add", ["GET"], name="passkey_add")
        begin = inside(self.begin_adding, fresh=True)
        add(begin, f"{PASSKEYS}/begin", ["POST"], name="passkey_add_begin")
        add(inside(self.add, fresh=True), PASSKEYS, ["POST"], name="passkey_added")
        one = f"{PASSKEYS}/<passkey:[0-9a-f]{{32}}>/remove"
        remove = inside(self.remove, fresh=True)
        add(remove, one, ["POST"], name="passkey_remove")

    async def begin_sign_in(self, request: Request) -> HTTPResponse:
        """Hand over a number to sign; it is the same question for everybody."""
        if not self.door.is_from_here(request):
            return empty(403)
        return self._asks(self.desk.asks_for_any())

    async def sign_in(self, request: Request) -> HTTPResponse:
        """Start a session, or say that it did not work."""
        if not self.door.is_from_here(request):
            return empty(403)
        goes_on = next_page(line_of(request, "next"))
        answer = await self.desk.come_in(
            note=self.door.passkey_note(request),
            answer=_answer(request),
            device=device_of(request),
        )
        if isinstance(answer, CameIn):
            return self.door.let_in(redirect(goes_on, status=303), answer)
        return self.door.sign_in_page(answer, goes_on=goes_on)

    async def begin_proving(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Hand over a number that a passkey of mine must sign."""
        return self._asks(await self.desk.asks_for_mine(me))

    async def prove(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Take the passkey and go on to where they were going."""
        goes_on = next_page(line_of(request, "next"))
        refused = await self.desk.prove(
            me, note=self.door.passkey_note(request), answer=_answer(request)
        )
        if refused is None:
            return redirect(goes_on, status=303)
        return self.drawing.page(
            "prove.html",
            status=403,
            me=me,
            next=goes_on,
            elsewhere=(),
            passkeys=True,
            problem=refused.value,
        )

    async def show_add(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Say what a passkey is, and ask what to call it."""
        if await self.desk.asks_for_new(me) is None:
            return self.drawing.page("full_of_passkeys.html", status=409, me=me)
        return self._add_page(request, me, None, 200)

    async def begin_adding(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Hand over what a device needs to make a passkey."""
        return self._asks(await self.desk.asks_for_new(me))

    async def add(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Keep the passkey."""
        refused = await self.desk.add(
            me,
            note=self.door.passkey_note(request),
            answer=_answer(request),
            name=line_of(request, "name", LONGEST_NAME) or device_of(request),
        )
        if refused is None:
            return redirect(ACCOUNT, status=303)
        return self._add_page(request, me, refused, 403)

    async def remove(
        self, _request: Request, me: SignedIn, passkey: str
    ) -> HTTPResponse:
        """Remove a passkey of mine."""
        await self.desk.remove(me, passkey)
        return redirect(ACCOUNT, status=303)

    def _asks(self, asked: AsksFor | None) -> HTTPResponse:
        if asked is None:
            return empty(404)
        answer = raw(asked.options, content_type="application/json")
        return self.door.asks_for_passkey(answer, asked.note)

    def _add_page(
        self, request: Request, me: SignedIn, problem: Refused | None, status: int
    ) -> HTTPResponse:
        return self.drawing.page(
            "add_passkey.html",
            status=status,
            me=me,
            device=device_of(request),
            problem=problem and problem.value,
        )


def _answer(request: Request) -> str:
    """Read what the browser answered; too long a one cannot be read anyway."""
    return line_of(request, "answer", LONGEST_ANSWER)
