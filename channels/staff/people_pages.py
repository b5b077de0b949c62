"""The pages about an organisation's people, for its administrators."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from channels.staff.door import Door, Page
from channels.staff.drawing import Drawing
from channels.staff.forms import fields_of, line_of
from channels.staff.may import May
from channels.staff.people_desk import AlreadyHere, NotAllowed, PeopleDesk
from channels.staff.signed_in import SignedIn

PEOPLE = "/staff/people"
MOST_CASES = range(1, 31)
NOTHING_TYPED: Final[Mapping[str, str]] = {"name": "", "email": "", "role": ""}


@dataclass(frozen=True)
class PeoplePages:
    """Inviting, changing and shutting out. A code is asked for again first."""

    desk: PeopleDesk
    door: Door
    drawing: Drawing
    public_url: str

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        one = f"{PEOPLE}/<member:[0-9a-f]{{32}}>"
        invitation = f"{PEOPLE}/invitations/<invitation:[0-9a-f]{{32}}>/withdraw"
        self._add(staff, self.people, PEOPLE, "people", "GET")
        self._add(staff, self.invite, f"{PEOPLE}/invite", "invite")
        self._add(staff, self.withdraw, invitation, "invitation_withdraw")
        self._add(staff, self.fresh_start, f"{one}/fresh-start", "fresh_start")
        self._add(staff, self.role, f"{one}/role", "role")
        self._add(staff, self.most_cases, f"{one}/most-cases", "most_cases")
        self._add(
            staff, self._change(self.desk.shut_out, "ended"), f"{one}/shut-out", "shut"
        )
        self._add(
            staff, self._change(self.desk.let_in_again, "given"), f"{one}/let-in", "let"
        )

    async def people(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Show everybody."""
        return await self._page(me, done=str(request.args.get("done", "")))

    async def invite(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Make an invitation and show its link, this once."""
        typed = {name: line_of(request, name, 200) for name in NOTHING_TYPED}
        name, email = typed["name"][:60], typed["email"]
        if not name:
            return await self._wrong(me, "no_name", "name", typed)
        if "@" not in email:
            return await self._wrong(me, "no_email", "email", typed)
        try:
            token = await self.desk.invite(
                me, name=name, email=email, role=typed["role"]
            )
        except AlreadyHere:
            return await self._wrong(me, "taken", "email", typed)
        except ValueError:
            return await self._wrong(me, "incomplete", "", typed)
        return await self._page(me, link=self._link(token), name=name)

    async def withdraw(
        self, _request: Request, me: SignedIn, invitation: str
    ) -> HTTPResponse:
        """Take an invitation back."""
        await self.desk.withdraw_invitation(me, invitation)
        return _done("cancelled")

    async def fresh_start(
        self, request: Request, me: SignedIn, member: str
    ) -> HTTPResponse:
        """Let somebody set a new password, and a new second factor if it is lost."""
        lost = "lost_phone" in fields_of(request)
        token = await self.desk.fresh_start(me, member, new_second_factor=lost)
        return await self._page(me, link=self._link(token), name="")

    async def role(self, request: Request, me: SignedIn, member: str) -> HTTPResponse:
        """Change what somebody is there for."""
        try:
            await self.desk.set_role(me, member, line_of(request, "role"))
        except NotAllowed:
            return await self._page(me, problem="not_yourself", status=403)
        except ValueError:
            return await self._page(me, problem="incomplete", status=400)
        return _done("role")

    async def most_cases(
        self, request: Request, me: SignedIn, member: str
    ) -> HTTPResponse:
        """Change how many cases somebody holds at once."""
        given = line_of(request, "most_cases", 3)
        if not given.isdecimal() or int(given) not in MOST_CASES:
            typed = {"most_cases": given}
            return await self._wrong(me, "most", f"most-{member}", typed)
        await self.desk.set_most_cases(me, member, int(given))
        return _done("most")

    def _change(
        self, change: Callable[[SignedIn, str], Awaitable[None]], done: str
    ) -> Page:
        async def changed(_request: Request, me: SignedIn, member: str) -> HTTPResponse:
            try:
                await change(me, member)
            except NotAllowed:
                return await self._page(me, problem="not_yourself", status=403)
            return _done(done)

        return changed

    def _add(
        self, staff: Blueprint, page: Page, path: str, name: str, method: str = "POST"
    ) -> None:
        guarded = self.door.signed_in(page, May.MANAGE_PEOPLE, fresh=True)
        staff.add_route(guarded, path, [method], name=name)

    def _link(self, token: str) -> str:
        return f"{self.public_url}/staff/join/{token}"

    async def _wrong(
        self, me: SignedIn, problem: str, at: str, typed: Mapping[str, str]
    ) -> HTTPResponse:
        """Say what is wrong at its field; what was typed stays."""
        return await self._page(me, problem=problem, at=at, typed=typed, status=400)

    async def _page(
        self,
        me: SignedIn,
        *,
        problem: str | None = None,
        at: str = "",
        typed: Mapping[str, str] = NOTHING_TYPED,
        done: str = "",
        link: str | None = None,
        name: str | None = None,
        status: int = 200,
    ) -> HTTPResponse:
        return self.drawing.page(
            "people.html",
            status=status,
            me=me,
            people=await self.desk.people(me),
            problem=problem,
            at=at,
            typed={**NOTHING_TYPED, **typed},
            done=done,
            link=link,
            name=name,
        )


def _done(what: str) -> HTTPResponse:
    """Go back to the list, which says once what was done."""
    return redirect(f"{PEOPLE}?done={what}", status=303)
