"""The plan to keep: as plain text, as a PDF, as data for the copy on a phone."""

import asyncio
from dataclasses import dataclass

from sanic import HTTPResponse, Request
from sanic.response import json, raw, redirect, text

from channels.plan_pages.door import PlanDoor
from channels.plan_pages.drawing import Drawing
from channels.plan_pages.guarding import Guard
from channels.plan_pages.pdf import plan_pdf
from channels.plan_pages.reading import token_of
from channels.web_chat.reading import json_object
from channels.web_chat.settings import PageSettings, ReachedBy
from foundations.clock import in_london
from safety_plans.plan import SafetyPlan
from safety_plans.rendering import RenderedPlan, render
from safety_plans.showing import plain_text


@dataclass(frozen=True)
class PlanFiles:
    """The routes that hand the plan over, and those that look after copies of it."""

    door: PlanDoor
    settings: PageSettings
    drawing: Drawing

    def add_to(self, guard: Guard) -> None:
        """Put the routes on a blueprint."""
        name = self.drawing.words["file.name"]
        guard.visitor(self.as_text, "GET", f"/my/{name}.txt")
        guard.visitor(self.as_pdf, "GET", f"/my/{name}.pdf")
        guard.visitor(self.as_data, "GET", f"/my/{name}.json")
        guard.visitor(self.keep, "POST", "/my/copy/keep")
        guard.visitor(self.remove_all, "POST", "/my/copies/remove")
        guard.anyone(self.kept, "GET", "/my/kept")
        guard.anyone(self.may_keep, "POST", "/my/copy")
        guard.anyone(self.remove, "POST", "/my/copy/remove")

    async def as_text(self, _request: Request, visit: str) -> HTTPResponse:
        """Give the plan as plain text, with the numbers below it."""
        page = await self.door.look(visit)
        return text(self._text(page.plan), headers=self._attached("txt"))

    async def as_pdf(self, _request: Request, visit: str) -> HTTPResponse:
        """Give the plan as a tagged PDF."""
        page = await self.door.look(visit)
        drawn = await asyncio.to_thread(
            plan_pdf, render(page.plan), self.drawing.words, self._numbers()
        )
        return raw(drawn, content_type="application/pdf", headers=self._attached("pdf"))

    async def as_data(self, _request: Request, visit: str) -> HTTPResponse:
        """Give the plan as data, each section filed as other services file it."""
        page = await self.door.look(visit)
        return json(_exported(render(page.plan), page.mark))

    async def keep(self, _request: Request, visit: str) -> HTTPResponse:
        """Note that this phone keeps a copy."""
        return json({"copy": await self.door.keep_copy(visit)})

    async def remove_all(self, _request: Request, visit: str) -> HTTPResponse:
        """Have every phone remove its copy."""
        await self.door.drop_copies(visit)
        return _after_removing()

    async def kept(self, _request: Request) -> HTTPResponse:
        """Give the page that a phone fills from its own copy; it holds no plan."""
        return self.drawing.kept()

    async def may_keep(self, request: Request) -> HTTPResponse:
        """Tell a phone whether its copy may stay. Only a plain no removes it."""
        token = token_of(json_object(request.body, request.content_type))
        return json({"may_keep": await self.door.may_keep(token)})

    async def remove(self, request: Request) -> HTTPResponse:
        """Note that a phone has removed its copy."""
        token = token_of(json_object(request.body, request.content_type))
        await self.door.drop_copy(token)
        return json({"may_keep": False})

    def _attached(self, kind: str) -> dict[str, str]:
        name = self.drawing.words["file.name"]
        return {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}

    def _numbers(self) -> list[tuple[str, str, str]]:
        how = {by: self.drawing.words[f"numbers.{by.value}"] for by in ReachedBy}
        return [
            (line.name, f"{how[line.by]} {line.number}", line.about)
            for line in self.settings.crisis_numbers
        ]

    def _text(self, plan: SafetyPlan) -> str:
        numbers = (f"- {name}: {how}. {about}" for name, how, about in self._numbers())
        heading = self.drawing.words["file.numbers"]
        return "\n".join((plain_text(plan), heading, *numbers, ""))


def _after_removing() -> HTTPResponse:
    return redirect("/my/plan?did=copies#top", status=303)


def _exported(plan: RenderedPlan, mark: str) -> dict[str, object]:
    updated = plan.updated_at
    day = f"{in_london(updated).day} {in_london(updated):%B %Y}" if updated else None
    return {
        "mark": mark,
        "name": plan.name,
        "version": plan.version,
        "day": day,
        "updated_at": updated.isoformat() if updated else None,
        "sections": [
            {
                "id": part.id.value,
                "number": part.number,
                "title": part.title,
                "stanley_brown": part.stanley_brown,
                "nice": part.nice,
                "lines": [line.words for line in part.lines],
            }
            for part in plan.sections
        ],
    }
