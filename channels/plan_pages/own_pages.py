"""A young person's own pages: opening them, reading and changing the plan, closing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sanic import HTTPResponse, Request
from sanic.response import redirect

from channels.plan_pages.door import PlanDoor
from channels.plan_pages.drawing import Drawing
from channels.plan_pages.guarding import Guard, refuse_other_sites
from channels.plan_pages.keeping import (
    SIZES,
    begin,
    chat_of,
    end,
    keep_size,
    size_of,
    visit_of,
)
from channels.plan_pages.reading import fields_of, pin_of, wanted_of
from channels.web_chat.keeping import cookie_token
from channels.web_chat.keeping import forget as forget_chat
from channels.web_chat.settings import PageSettings

HOME = "/my/plan"


@dataclass(frozen=True)
class OwnPages:
    """The routes under /my that show and change a plan."""

    door: PlanDoor
    settings: PageSettings
    drawing: Drawing

    def add_to(self, guard: Guard) -> None:
        """Put the routes on a blueprint."""
        guard.anyone(self.before_open, "GET", "/my/o/<token:str>")
        guard.anyone(self.open, "POST", "/my/o/<token:str>")
        guard.anyone(self.from_chat, "POST", "/my/from-chat")
        guard.anyone(self.leave, "GET", "/my/leave")
        guard.visitor(self.plan, "GET", HOME)
        guard.visitor(self.line, "GET", "/my/line")
        guard.visitor(self.do, "POST", "/my/do")
        guard.visitor(self.pin, "POST", "/my/pin")
        guard.visitor(self.size, "POST", "/my/size")
        guard.visitor(self.close, "POST", "/my/close")

    async def before_open(self, _request: Request, token: str) -> HTTPResponse:
        """Show a button, the same for every token; link previews use nothing up."""
        return self.drawing.before_open(token, failed=False)

    async def open(self, request: Request, token: str) -> HTTPResponse:
        """Exchange a link and a PIN for a visit."""
        refuse_other_sites(request, self.settings)
        pin = fields_of(request.body).get("pin", "")
        visit = await self.door.open(token, pin[:100])
        if visit is None:
            return self.drawing.before_open(token, failed=True)
        return self._begun(visit)

    async def from_chat(self, request: Request) -> HTTPResponse:
        """Come over from this browser's own chat."""
        refuse_other_sites(request, self.settings)
        chat = cookie_token(request, self.settings)
        visit = await self.door.from_chat(chat) if chat else None
        if visit is None:
            return self.drawing.closed()
        return self._begun(visit, came_from=fields_of(request.body).get("link", ""))

    async def leave(self, request: Request) -> HTTPResponse:
        """Lead to the dull page, with the visit and the chat off this browser."""
        answer = redirect(self.settings.exit_to, status=303)
        if request.headers.get("sec-fetch-site", "same-origin") == "same-origin":
            if visit := visit_of(request, self.settings):
                await self.door.close(visit)
            end(answer, self.settings)
            forget_chat(answer, self.settings)
        return answer

    async def plan(self, request: Request, visit: str) -> HTTPResponse:
        """Show the plan."""
        return self.drawing.plan(
            await self.door.look(visit),
            size=size_of(request, self.settings),
            came_from=chat_of(request, self.settings),
            did=request.args.get("did") or "",
            at=request.args.get("at") or "",
        )

    async def line(self, request: Request, visit: str) -> HTTPResponse:
        """Show one line, to be changed."""
        page = await self.door.look(visit)
        asked = request.args.get("line")
        line = next((one for one in page.plan.all_lines if one.id == asked), None)
        if line is None:
            return redirect(HOME, status=303)
        return self.drawing.line(line, size=size_of(request, self.settings))

    async def do(self, request: Request, visit: str) -> HTTPResponse:
        """Change the plan, then show it afresh, under crisis words if they are due."""
        wanted = wanted_of(fields_of(request.body))
        done = await self.door.do(visit, wanted)
        at = done.section.value if done.section else ""
        if done.crisis_words:
            return self.drawing.plan(
                await self.door.look(visit),
                size=size_of(request, self.settings),
                came_from=chat_of(request, self.settings),
                did=wanted.act.value,
                at=at,
                crisis_words=done.crisis_words,
            )
        return _back(wanted.act.value, at)

    async def pin(self, request: Request, visit: str) -> HTTPResponse:
        """Have links ask for a PIN, or for none."""
        fields = fields_of(request.body)
        taken_off = fields.get("do") == "off"
        await self.door.choose_pin(visit, None if taken_off else pin_of(fields))
        return _back("no_pin" if taken_off else "pin", "")

    async def size(self, request: Request, _visit: str) -> HTTPResponse:
        """Choose a text size for this browser."""
        chosen = fields_of(request.body).get("size", "")
        answer = redirect(HOME, status=303)
        if chosen in SIZES:
            keep_size(answer, chosen, self.settings)
        return answer

    async def close(self, _request: Request, visit: str) -> HTTPResponse:
        """End the visit."""
        await self.door.close(visit)
        answer = redirect(HOME, status=303)
        end(answer, self.settings)
        return answer

    def _begun(self, visit: str, *, came_from: str = "") -> HTTPResponse:
        answer = redirect(HOME, status=303)
        begin(answer, visit, self.settings, came_from=came_from)
        return answer


def _back(did: str, at: str) -> HTTPResponse:
    """Show the plan again, at the part that was changed."""
    said = urlencode({"did": did, "at": at} if at else {"did": did})
    return redirect(f"{HOME}?{said}#{at or 'top'}", status=303)
