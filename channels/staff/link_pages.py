"""The pages about chat links: make one, print it, close it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw, redirect

from channels.staff.door import Door, Page
from channels.staff.drawing import Drawing
from channels.staff.forms import line_of
from channels.staff.link_desk import LinkDesk
from channels.staff.may import May
from channels.staff.signed_in import SignedIn

LINKS: Final = "/staff/links"
ONE: Final = f"{LINKS}/<slug:[a-z0-9-]{{1,64}}>"
LONGEST_PLACE: Final = 80
NOTHING_TYPED: Final[Mapping[str, str]] = {"place": "", "area": "", "greeting": ""}


@dataclass(frozen=True)
class LinkPages:
    """Links and what is printed for them."""

    desk: LinkDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        self._add(staff, self.links, LINKS, "GET")
        self._add(staff, self.make, f"{LINKS}/make", "POST")
        self._add(staff, self.revoke, f"{ONE}/revoke", "POST")
        self._add(staff, self.poster, f"{ONE}/poster", "GET")
        self._add(staff, self.card, f"{ONE}/card", "GET")
        self._add(staff, self.qr, f"{ONE}/qr.svg", "GET")

    async def links(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Show the links."""
        done = str(request.args.get("done", ""))
        return await self._page(me, None, 200, NOTHING_TYPED, done)

    async def make(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Make a link."""
        typed = {name: line_of(request, name) for name in NOTHING_TYPED}
        place = line_of(request, "place", LONGEST_PLACE)
        if not place:
            return await self._page(me, "no_place", 400, typed)
        try:
            await self.desk.make(
                me, place=place, area=typed["area"], greeting=typed["greeting"]
            )
        except ValueError:
            return await self._page(me, "incomplete", 400, typed)
        return redirect(f"{LINKS}?done=link_made", status=303)

    async def revoke(self, _request: Request, me: SignedIn, slug: str) -> HTTPResponse:
        """Close a link."""
        await self.desk.revoke(me, slug)
        return redirect(f"{LINKS}?done=link_closed", status=303)

    async def poster(self, _request: Request, me: SignedIn, slug: str) -> HTTPResponse:
        """Show an A4 poster, ready to print."""
        poster = await self.desk.poster(me, slug)
        return self.drawing.page("poster.html", poster=poster, shape="poster")

    async def card(self, _request: Request, me: SignedIn, slug: str) -> HTTPResponse:
        """Show a sheet of cards for a pocket."""
        poster = await self.desk.poster(me, slug)
        return self.drawing.page("poster.html", poster=poster, shape="cards")

    async def qr(self, _request: Request, me: SignedIn, slug: str) -> HTTPResponse:
        """Give the QR code alone, for an organisation's own leaflet."""
        poster = await self.desk.poster(me, slug)
        name = f'attachment; filename="handrail-{slug}.svg"'
        return raw(
            poster.qr_svg.encode(),
            content_type="image/svg+xml",
            headers={"Content-Disposition": name},
        )

    def _add(self, staff: Blueprint, page: Page, path: str, method: str) -> None:
        guarded = self.door.signed_in(page, May.MANAGE_LINKS)
        staff.add_route(guarded, path, [method], name=f"link_{page.__name__}")

    async def _page(
        self,
        me: SignedIn,
        problem: str | None,
        status: int,
        typed: Mapping[str, str],
        done: str = "",
    ) -> HTTPResponse:
        return self.drawing.page(
            "links.html",
            status=status,
            me=me,
            found=await self.desk.links(me),
            problem=problem,
            typed=typed,
            done=done,
        )
