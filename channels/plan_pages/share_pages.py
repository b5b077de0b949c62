"""Sharing parts of a plan: the young person's pages, and the one they share."""

from dataclasses import dataclass

from sanic import HTTPResponse, Request
from sanic.response import redirect

from channels.plan_pages.door import PlanDoor, ShareDoor
from channels.plan_pages.drawing import Drawing
from channels.plan_pages.guarding import Guard
from channels.plan_pages.keeping import size_of
from channels.plan_pages.reading import chosen_of, fields_of, lasts_of, share_of
from channels.web_chat.settings import PageSettings
from foundations.clock import Clock
from safety_plans.sharing import LONGEST_NAME, NothingToShare
from safety_plans.showing import safe

LIST = "/my/share"


@dataclass(frozen=True)
class SharePages:
    """The routes /my/share and /s/<token>."""

    door: PlanDoor
    shares: ShareDoor
    settings: PageSettings
    drawing: Drawing
    clock: Clock

    def add_to(self, guard: Guard) -> None:
        """Put the routes on a blueprint."""
        guard.visitor(self.choose, "GET", LIST)
        guard.visitor(self.preview, "POST", "/my/share/preview")
        guard.visitor(self.agree, "POST", "/my/share/agree")
        guard.visitor(self.take_back, "POST", "/my/share/take-back")
        guard.anyone(self.before, "GET", "/s/<token:str>")
        guard.anyone(self.shown, "POST", "/s/<token:str>")

    async def choose(self, request: Request, visit: str) -> HTTPResponse:
        """Show what is shared, and the form."""
        return await self._choose(request, visit, "")

    async def preview(self, request: Request, visit: str) -> HTTPResponse:
        """Show exactly what would be shared."""
        fields = fields_of(request.body)
        recipient, chosen = fields.get("recipient", ""), chosen_of(fields)
        if not 0 < len(safe(recipient)) <= LONGEST_NAME:
            return await self._choose(request, visit, "share.need_name")
        if not chosen:
            return await self._choose(request, visit, "share.need_part")
        try:
            share, kept_back = await self.shares.preview(
                visit, recipient=recipient, chosen=chosen, lasts=lasts_of(fields)
            )
        except NothingToShare:
            return await self._choose(request, visit, "share.nothing")
        size = size_of(request, self.settings)
        return self.drawing.preview(share, kept_back, size=size)

    async def agree(self, request: Request, visit: str) -> HTTPResponse:
        """Share what was previewed, and show its link, once."""
        share = share_of(fields_of(request.body))
        token = await self.shares.agree(visit, share)
        if token is None:
            return await self._choose(request, visit, "share.old")
        mine = await self.shares.shares(visit)
        recipient = next(one.recipient for one in mine if one.id == share)
        address = f"{self.settings.public_url}/s/{token}"
        size = size_of(request, self.settings)
        return self.drawing.agreed(recipient, address, size=size)

    async def take_back(self, request: Request, visit: str) -> HTTPResponse:
        """End a share."""
        await self.shares.take_back(visit, share_of(fields_of(request.body)))
        return redirect(LIST, status=303)

    async def before(self, _request: Request, token: str) -> HTTPResponse:
        """Show a button, the same for every token; link previews read nothing."""
        return self.drawing.before_shared(token)

    async def shown(self, _request: Request, token: str) -> HTTPResponse:
        """Show what was shared; for every other token, the one kind page."""
        share = await self.shares.shown(token)
        if share is None or share.shown is None:
            return self.drawing.not_shared()
        return self.drawing.shared(share.shown)

    async def _choose(self, request: Request, visit: str, wrong: str) -> HTTPResponse:
        return self.drawing.share(
            await self.door.look(visit),
            await self.shares.shares(visit),
            self.clock(),
            size=size_of(request, self.settings),
            wrong=wrong,
        )
