"""The pages about one's own account: where one is signed in, password, codes, shift."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from channels.staff.account_desk import AccountDesk, JoiningDesk, Refused
from channels.staff.door import Door, Page
from channels.staff.drawing import Drawing
from channels.staff.forms import secret_of
from channels.staff.signed_in import SignedIn
from channels.staff.still_holding import OFF_SHIFT, StillHolding

ACCOUNT = "/staff/account"


@dataclass(frozen=True)
class AccountPages:
    """What everybody can do for themselves, whatever their role."""

    accounts: AccountDesk
    joining: JoiningDesk
    holding: StillHolding
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add, inside, desk = staff.add_route, self.door.signed_in, self.accounts
        add(inside(self.account), ACCOUNT, ["GET"], name="account")
        session = f"{ACCOUNT}/sessions/<session:[0-9a-f]{{32}}>/end"
        add(inside(self.end_session), session, ["POST"], name="session_end")
        everywhere = f"{ACCOUNT}/sign-out-everywhere"
        add(inside(self.everywhere), everywhere, ["POST"], name="everywhere")
        password = f"{ACCOUNT}/password"
        add(inside(self.password, fresh=True), password, ["POST"], name="password")
        codes = f"{ACCOUNT}/recovery-codes"
        add(inside(self.codes, fresh=True), codes, ["POST"], name="codes")
        for name, switch in (
            ("on", desk.come_on_shift),
            ("break", desk.take_break),
            ("back", desk.come_back),
            ("off", desk.go_off_shift),
        ):
            path = f"/staff/shift/{name}"
            add(inside(self._shift(switch)), path, ["POST"], name=f"shift_{name}")

    async def account(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show my account."""
        return await self._page(me, None, 200)

    async def end_session(
        self, _request: Request, me: SignedIn, session: str
    ) -> HTTPResponse:
        """End one session of mine."""
        await self.accounts.end_session(me, session)
        return redirect(ACCOUNT, status=303)

    async def everywhere(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Sign out everywhere, here too."""
        question = await self.holding.question(request, me)
        if question is not None:
            return question
        await self.accounts.sign_out_everywhere(me)
        return self.door.let_out(self.drawing.page("signed_out.html"))

    async def password(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Change my password."""
        refused = await self.joining.change_password(
            me,
            now=secret_of(request, "now"),
            password=secret_of(request, "password"),
            again=secret_of(request, "again"),
        )
        if refused is None:
            return await self._page(me, None, 200, changed=True)
        return await self._page(me, refused, 403)

    async def codes(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Make fresh recovery codes, and show them this once."""
        codes = await self.joining.new_recovery_codes(me)
        return self.drawing.page("recovery_codes.html", codes=codes, me=me)

    async def _page(
        self,
        me: SignedIn,
        problem: Refused | None,
        status: int,
        *,
        changed: bool = False,
    ) -> HTTPResponse:
        return self.drawing.page(
            "account.html",
            status=status,
            me=me,
            account=await self.accounts.mine(me),
            passkeys=self.door.passkeys,
            problem=problem and problem.value,
            changed=changed,
        )

    def _shift(self, switch: Callable[[SignedIn], Awaitable[None]]) -> Page:
        async def switched(request: Request, me: SignedIn) -> HTTPResponse:
            if request.path == OFF_SHIFT:
                question = await self.holding.question(request, me)
                if question is not None:
                    return question
            await switch(me)
            return redirect("/staff", status=303)

        return switched
