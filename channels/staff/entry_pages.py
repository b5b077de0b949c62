"""The pages by which one comes in: signing in, joining, proving, signing out."""

from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, redirect

from channels.staff.account_desk import (
    AccountDesk,
    CameIn,
    Joined,
    JoiningDesk,
    Refused,
)
from channels.staff.door import Door, device_of
from channels.staff.drawing import Drawing
from channels.staff.elsewhere_desk import ElsewhereDesk, SignInElsewhere
from channels.staff.forms import line_of, secret_of
from channels.staff.signed_in import SignedIn
from channels.staff.still_holding import StillHolding

TOO_MANY = 429


@dataclass(frozen=True)
class EntryPages:
    """Sign-in and joining. Nothing here says which part of a sign-in was wrong."""

    accounts: AccountDesk
    joining: JoiningDesk
    elsewhere: ElsewhereDesk
    holding: StillHolding
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add, inside = staff.add_route, self.door.signed_in
        add(self.show_sign_in, "/staff/sign-in", ["GET"], name="sign_in")
        add(self.sign_in, "/staff/sign-in", ["POST"], name="signed_in")
        add(self.show_join, "/staff/join/<token:str>", ["GET"], name="join")
        add(self.join, "/staff/join/<token:str>", ["POST"], name="joined")
        add(inside(self.sign_out), "/staff/sign-out", ["POST"], name="out")
        add(inside(self.show_prove), "/staff/prove", ["GET"], name="prove")
        add(inside(self.prove), "/staff/prove", ["POST"], name="proved")
        if self.door.is_local:
            once = "/staff/sign-in/<token:str>"
            add(self.show_sign_in_once, once, ["GET"], name="sign_in_once")
            add(self.sign_in_once, once, ["POST"], name="signed_in_once")

    async def show_sign_in(self, _request: Request) -> HTTPResponse:
        """Ask for address, password and code."""
        return self.door.sign_in_page(status=200)

    async def sign_in(self, request: Request) -> HTTPResponse:
        """Start a session, or say that something was not right."""
        if not self.door.is_from_here(request):
            return empty(403)
        email, goes_on = line_of(request, "email"), next_page(line_of(request, "next"))
        answer = await self.accounts.sign_in(
            email=email,
            password=secret_of(request, "password"),
            code=line_of(request, "code"),
            device=device_of(request),
            browser=self.door.browser(request),
        )
        if isinstance(answer, CameIn):
            return self.door.let_in(redirect(goes_on, status=303), answer)
        status = 403 if answer is Refused.WRONG else TOO_MANY
        return self.door.sign_in_page(answer, email, status, goes_on=goes_on)

    async def show_sign_in_once(self, _request: Request, token: str) -> HTTPResponse:
        """Show a button: a link that is only looked at must not use itself up."""
        return self.drawing.page("sign_in_once.html", token=token)

    async def sign_in_once(self, request: Request, token: str) -> HTTPResponse:
        """Use the one-time token of a local run."""
        if not self.door.is_from_here(request):
            return empty(403)
        came_in = await self.accounts.sign_in_once(token, device_of(request))
        if came_in is None:
            return self.door.sign_in_page(Refused.ENDED)
        return self.door.let_in(redirect("/staff", status=303), came_in)

    async def show_join(self, _request: Request, token: str) -> HTTPResponse:
        """Greet who is invited, and ask for a password and a first code."""
        return await self._join_page(token, None, 200)

    async def join(self, request: Request, token: str) -> HTTPResponse:
        """Use the invitation, and show the recovery codes this once."""
        if not self.door.is_from_here(request):
            return empty(403)
        answer = await self.joining.join(
            token,
            password=secret_of(request, "password"),
            again=secret_of(request, "again"),
            code=line_of(request, "code"),
            device=device_of(request),
        )
        if isinstance(answer, Joined):
            page = self.drawing.page(
                "recovery_codes.html", codes=answer.recovery_codes, me=None
            )
            return self.door.let_in(page, answer.came_in)
        return await self._join_page(token, answer, 403)

    async def sign_out(self, request: Request, me: SignedIn) -> HTTPResponse:
        """End this session."""
        question = await self.holding.question(request, me)
        if question is not None:
            return question
        await self.accounts.sign_out(me)
        return self.door.let_out(self.drawing.page("signed_out.html"))

    async def show_prove(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Ask for a code before something that matters."""
        return self._prove_page(me, next_page(request.args.get("next", "")), None, 200)

    async def prove(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Take the code and go on to where they were going."""
        goes_on = next_page(line_of(request, "next"))
        refused = await self.accounts.prove(me, line_of(request, "code"))
        if refused is None:
            return redirect(goes_on, status=303)
        status = TOO_MANY if refused is Refused.WAIT else 403
        return self._prove_page(me, goes_on, refused, status)

    async def _join_page(
        self, token: str, problem: Refused | None, status: int
    ) -> HTTPResponse:
        welcome = await self.joining.welcome(token)
        if welcome is None:
            return self.drawing.page("join_ended.html", status=403)
        return self.drawing.page(
            "join.html",
            status=status,
            token=token,
            welcome=welcome,
            problem=problem and problem.value,
        )

    def _of_mine(self, me: SignedIn) -> tuple[SignInElsewhere, ...]:
        offered = self.elsewhere.offered()
        return tuple(one for one in offered if one.organisation == me.organisation)

    def _prove_page(
        self, me: SignedIn, goes_on: str, problem: Refused | None, status: int
    ) -> HTTPResponse:
        return self.drawing.page(
            "prove.html",
            status=status,
            me=me,
            next=goes_on,
            elsewhere=self._of_mine(me),
            passkeys=self.door.passkeys,
            problem=problem and problem.value,
        )


def next_page(wanted: str) -> str:
    """Go on to a page of the desk and to nowhere else."""
    return wanted if wanted.startswith("/staff") and "\\" not in wanted else "/staff"
