"""The pages of signing in with an organisation's own accounts."""

from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from channels.staff.door import Door, device_of
from channels.staff.drawing import Drawing
from channels.staff.elsewhere_desk import ElsewhereDesk
from channels.staff.entry_pages import next_page

BACK: Final = "/staff/sign-in/back"


@dataclass(frozen=True)
class ElsewherePages:
    """Away to the organisation's own sign-in, and back."""

    desk: ElsewhereDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        # A link, not a form: no form of ours may lead to another site.
        away = "/staff/sign-in/with/<organisation:str>"
        staff.add_route(self.away, away, ["GET"], name="away")
        staff.add_route(self.back, BACK, ["GET"], name="back")

    async def away(self, request: Request, organisation: str) -> HTTPResponse:
        """Send the browser to the organisation's own sign-in."""
        goes_on = next_page(str(request.args.get("next", "")))
        again = "again" in request.args
        found = await self.desk.sends_away(organisation, again=again, goes_on=goes_on)
        if found is None:
            return self._refused()
        answer = redirect(found.address, status=303)
        self.door.sends_away(answer, found.note)
        return answer

    async def back(self, request: Request) -> HTTPResponse:
        """Let in whom the organisation vouches for, if they were invited."""
        found = await self.desk.comes_back(
            self.door.away_note(request),
            state=str(request.args.get("state", "")),
            code=str(request.args.get("code", "")),
            issuer=str(request.args.get("iss", "")),
            device=device_of(request),
        )
        if found is None:
            return self._refused()
        # A page of our own comes between: a redirect from another site would not
        # bring a strict cookie along, and the code leaves the address bar.
        answer = self.drawing.page("came_in.html", goes_on=found.goes_on)
        return self.door.let_in(self.door.forgets_away(answer), found.came_in)

    def _refused(self) -> HTTPResponse:
        answer = self.drawing.page("not_vouched_for.html", status=403)
        return self.door.forgets_away(answer)
