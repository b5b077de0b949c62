"""Whatever goes wrong on a plan page, the answer is a page with the crisis numbers."""

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import wraps

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, redirect

from channels.plan_pages.door import Closed
from channels.plan_pages.drawing import Drawing
from channels.plan_pages.keeping import end, visit_of
from channels.web_chat.keeping import from_our_own_page, is_hidden
from channels.web_chat.reading import Unreadable
from channels.web_chat.settings import PageSettings

log = logging.getLogger("handrail.plan_pages")

OwnHandler = Callable[[Request, str], Coroutine[None, None, HTTPResponse]]
Handler = Callable[..., Coroutine[None, None, HTTPResponse]]


def refuse_other_sites(request: Request, settings: PageSettings) -> None:
    """Raise Closed for a form that another site sends."""
    if not from_our_own_page(request, settings):
        raise Closed


@dataclass(frozen=True)
class Guard:
    """Puts handlers on a blueprint, each behind what turns trouble into a page."""

    pages: Blueprint
    drawing: Drawing
    settings: PageSettings

    def visitor(self, handler: OwnHandler, method: str, path: str) -> None:
        """Hand the visit to a handler; without one, draw the closed page.

        What Hide for now covers in the chat is covered here as well.
        """

        @wraps(handler)
        async def with_visit(request: Request) -> HTTPResponse:
            if is_hidden(request, self.settings):
                return self.drawing.hidden()
            visit = visit_of(request, self.settings)
            if visit is None:
                raise Closed
            return await handler(request, visit)

        self.anyone(with_visit, method, path)

    def anyone(self, handler: Handler, method: str, path: str) -> None:
        """Turn every problem into a page; nothing that was sent is repeated."""

        @wraps(handler)
        async def answered(request: Request, **parts: str) -> HTTPResponse:
            try:
                return await handler(request, **parts)
            except Closed:
                page = self.drawing.closed()
                end(page, self.settings)
                return page
            except Unreadable as problem:
                if request.content_type.startswith("application/json"):
                    return empty(problem.status)
                return redirect("/my/plan?did=not_read", status=303)
            except Exception as problem:
                # The kind of problem only: its text might hold what somebody wrote.
                log.error("a plan page had a problem: %s", type(problem).__name__)
                return self.drawing.trouble()

        self.pages.add_route(answered, path, [method], name=handler.__name__)
