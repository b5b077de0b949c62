"""The page about cover: hours, who is on call, and when whom is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from channels.staff.cover_desk import CoverDeed, CoverDesk
from channels.staff.cover_mistakes import mistake_in
from channels.staff.door import Door
from channels.staff.drawing import Drawing
from channels.staff.forms import fields_of, line_of
from channels.staff.may import May
from channels.staff.signed_in import SignedIn

COVER: Final = "/staff/cover"
KEPT: Final = (
    *("deed", "said", "shifts", "remind", "second", "lead", "tell"),
    *("name", "place", "way_sms", "way_email", "way_webhook"),
    *("opens", "closes", "bank_holidays"),
)
NOTHING_TYPED: Final[Mapping[str, str]] = dict.fromkeys(KEPT, "")
"""What the page shows as it was typed, when a change was refused."""


@dataclass(frozen=True)
class CoverPages:
    """Cover is shown to leads and administrators, and changed after a fresh code."""

    desk: CoverDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        inside = self.door.signed_in
        page = inside(self.cover, May.MANAGE_COVER)
        staff.add_route(page, COVER, ["GET"], name="cover")
        change = inside(self.change, May.MANAGE_COVER, fresh=True)
        staff.add_route(change, COVER, ["POST"], name="cover_change")

    async def cover(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show it."""
        return await self._page(me, None, 200)

    async def change(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Make one change."""
        try:
            deed = CoverDeed(line_of(request, "deed"))
            version = int(line_of(request, "version"))
        except ValueError:
            return await self._page(me, "unreadable", 400)
        fields = {name: line_of(request, name) for name in fields_of(request)}
        problem = await self.desk.change(me, deed, version, fields)
        if problem is not None:
            said, at = mistake_in(deed, problem, fields)
            return await self._page(me, said, 400, fields, at)
        return redirect(f"{COVER}#changed", status=303)

    async def _page(
        self,
        me: SignedIn,
        problem: str | None,
        status: int,
        typed: Mapping[str, str] = NOTHING_TYPED,
        at: str = "",
    ) -> HTTPResponse:
        """Draw it; what was typed and refused stays, to be put right."""
        found = await self.desk.cover(me)
        return self.drawing.page(
            "cover.html",
            status=status,
            me=me,
            found=found,
            problem=problem,
            at=at,
            typed={**NOTHING_TYPED, **typed},
        )
