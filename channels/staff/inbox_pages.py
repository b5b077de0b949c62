"""The inbox: who waits, whom I talk with, whom my colleagues talk with, who is done.

It works without scripts, by loading again every fifteen seconds; with scripts, the
lists alone are fetched (`fragment`).
"""

from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect, text

from channels.staff.case_desk import CaseDesk, Claim
from channels.staff.door import Door
from channels.staff.drawing import Drawing
from channels.staff.forms import line_of
from channels.staff.may import May
from channels.staff.signed_in import NotYours, SignedIn
from foundations.ids import HandoverCaseId

FIRST_PAGE = {
    May.HOLD_CASES: "/staff/inbox",
    May.MANAGE_PEOPLE: "/staff/people",
}


@dataclass(frozen=True)
class InboxPages:
    """Lists of cases; nothing of what was shared or said is in them."""

    desk: CaseDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add, inside = staff.add_route, self.door.signed_in
        add(inside(self.home), "/staff", ["GET"], name="home")
        add(inside(self.inbox, May.HOLD_CASES), "/staff/inbox", ["GET"], name="inbox")
        counted = inside(self.waiting, May.HOLD_CASES)
        add(counted, "/staff/inbox/waiting", ["GET"], name="waiting")
        add(inside(self.team, May.HOLD_CASES), "/staff/team", ["GET"], name="team")
        add(inside(self.done, May.HOLD_CASES), "/staff/done", ["GET"], name="done")
        add(inside(self.lost), "/staff/<way:path>", ["GET"], name="lost")
        claim = "/staff/cases/<case:[0-9a-f]{32}>/claim"
        add(inside(self.claim, May.HOLD_CASES), claim, ["POST"], name="claim")

    async def home(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Lead to the first page that somebody may see."""
        first = next(page for may, page in FIRST_PAGE.items() if may in me.may)
        return redirect(first, status=303)

    async def inbox(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Show whom I talk with, and who waits."""
        return await self._lists(request, me, "inbox")

    async def waiting(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Give how many wait, for the menu of every page."""
        return text(str(await self.desk.waiting(me)))

    async def team(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Show whom my colleagues talk with."""
        return await self._lists(request, me, "team")

    async def done(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show what nobody holds any more."""
        cases = await self.desk.done(me)
        return self.drawing.page("done.html", me=me, cases=cases, view="done")

    async def claim(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Take a case, or say why not."""
        all_the_same = bool(line_of(request, "all_the_same"))
        claim = await self.desk.claim(
            me, HandoverCaseId(case), all_the_same=all_the_same
        )
        match claim:
            case (
                Claim.MINE
                | Claim.NOT_WAITING
                | Claim.CANNOT_BE_TEXTED
                | Claim.ASKED_AWAY
            ):
                # The page of the case says what is the matter with it.
                return redirect(f"/staff/cases/{case}", status=303)
            case Claim.TAKEN:
                return self.drawing.page("taken.html", me=me, status=409)
            case Claim.FULL:
                return self.drawing.page("full.html", me=me, status=409)

    async def lost(self, _request: Request, _me: SignedIn, way: str) -> HTTPResponse:
        """Answer an address of the desk that leads nowhere."""
        raise NotYours

    async def _lists(self, request: Request, me: SignedIn, view: str) -> HTTPResponse:
        inbox = await self.desk.inbox(me)
        shape = f"{view}_lists" if "fragment" in request.args else view
        done = str(request.args.get("done", ""))
        return self.drawing.page(
            f"{shape}.html", me=me, inbox=inbox, view=view, done=done
        )
