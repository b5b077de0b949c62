"""The chat page: drawn by the server, whole without JavaScript, livelier with it."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import wraps
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json, redirect

from channels.per_address import may_begin_chat
from channels.web_chat.answering import refusal, said
from channels.web_chat.door import (
    ChatDoor,
    ChatMessage,
    OwnCopy,
    UnknownLink,
    UnknownToken,
)
from channels.web_chat.drawing import Drawing
from channels.web_chat.keeping import (
    cookie_token,
    forget,
    from_our_own_page,
    has_left,
    is_hidden,
    remember,
)
from channels.web_chat.own_copy import as_data
from channels.web_chat.reading import (
    Unreadable,
    could_be_link,
    form_client_id,
    form_fields,
    text_of,
)
from channels.web_chat.settings import PageSettings

logger = logging.getLogger(__name__)

Handler = Callable[[Request, str], Coroutine[None, None, HTTPResponse]]


@dataclass(frozen=True)
class ChatPages:
    """The routes under /c/<link>, in front of one door."""

    door: ChatDoor
    settings: PageSettings
    words: Mapping[str, str]
    drawing: Drawing

    def add_to(self, blueprint: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add = blueprint.add_route
        guarded = self._with_numbers
        add(guarded(self.look), "/c/<link:str>", ["GET"], name="page")
        add(guarded(self.say), "/c/<link:str>/say", ["POST"], name="say")
        add(guarded(self.enter), "/c/<link:str>/open", ["POST"], name="enter")
        add(guarded(self.again), "/c/<link:str>/open", ["GET"], name="again")
        add(guarded(self.leave), "/c/<link:str>/leave", ["GET"], name="leave")
        add(guarded(self.copy), "/c/<link:str>/my-data", ["GET"], name="copy")
        add(guarded(self.data), "/c/<link:str>/my-data.json", ["GET"], name="data")
        add(guarded(self.notice), "/notice/<link:str>", ["GET"], name="notice")
        for name, path in (("home", "/"), ("no_link", "/c"), ("lost", "/<way:path>")):
            add(self.lost, path, ["GET"], name=name)

    async def look(self, request: Request, link: str) -> HTTPResponse:
        """Show the conversation of this browser, or how one would begin.

        Nothing is opened by looking. Browsers keep a strict cookie back when another
        site links here, so its absence is no proof that there is no conversation.
        """
        token = cookie_token(request, self.settings)
        if token is not None and is_hidden(request, self.settings):
            return self.drawing.chat(link, (), opened=False, hidden=True)
        found = await self._found(request)
        if found is not None:
            return self.drawing.chat(link, found[1], opened=True)
        page = self.drawing.chat(link, await self.door.beginning(link), opened=False)
        if token is not None or has_left(request, self.settings):
            forget(page, self.settings)
        return page

    async def say(self, request: Request, link: str) -> HTTPResponse:
        """Take in what a plain form sends, then show the page afresh."""
        self._refuse_other_sites(request)
        fields = form_fields(request.body)
        here = f"/c/{quote(link)}#latest"
        try:
            text = text_of(fields)
        except Unreadable as problem:
            if problem.code != "empty_text":
                raise
            return redirect(here, status=303)
        answer = redirect(here, status=303)
        try:
            token = await self._send(request, link, form_client_id(fields, text), text)
            remember(answer, token, self.settings)
        except Exception as problem:
            crisis_words = await self.door.screen_only(text)
            if not crisis_words:
                raise
            _log(problem)
            return self.drawing.chat(link, crisis_words, opened=False)
        return answer

    async def again(self, request: Request, _link: str) -> HTTPResponse:
        """Give the conversation that this browser has already, or 204 for none."""
        found = await self._found(request)
        return empty() if found is None else json(said(found[1]))

    async def enter(self, request: Request, link: str) -> HTTPResponse:
        """Open a conversation for the page's own script, or find its own again."""
        self._refuse_other_sites(request)
        found = await self._found(request)
        if found is None:
            try:
                opened = await self.door.open(link)
            except UnknownLink:
                return refusal(self.words, "unknown_link", 404)
            found = opened.token, opened.messages
        token, messages = found
        answer = json(said(messages))
        remember(answer, token, self.settings)
        return answer

    async def leave(self, request: Request, link: str) -> HTTPResponse:
        """Lead to the dull page, with the conversation taken off this browser.

        A link on another site may lead away, but may not make anyone forget.
        """
        answer = redirect(self.settings.exit_to, status=303)
        if request.headers.get("sec-fetch-site", "same-origin") == "same-origin":
            forget(answer, self.settings)
        return answer

    async def copy(self, request: Request, link: str) -> HTTPResponse:
        """Show everything that is kept of this browser's person, to read or print."""
        copy = await self._own_copy(request)
        if copy is None:
            return redirect(f"/c/{quote(link)}", status=303)
        return self.drawing.own_copy(link, copy)

    async def data(self, request: Request, link: str) -> HTTPResponse:
        """Give the same as a file that another program can read."""
        copy = await self._own_copy(request)
        if copy is None:
            return redirect(f"/c/{quote(link)}", status=303)
        name = self.words["copy.file_name"]
        attached = {"Content-Disposition": f'attachment; filename="{name}.json"'}
        return json(as_data(copy), headers=attached)

    async def notice(self, _request: Request, link: str) -> HTTPResponse:
        """Show the whole notice of the organisation of this name."""
        return self.drawing.notice(await self.door.notice(link))

    async def lost(self, _request: Request, **_way: str) -> HTTPResponse:
        """Answer an address that leads nowhere, such as half a poster's, with help."""
        return self.drawing.stopped("unknown_address", 404)

    async def _own_copy(self, request: Request) -> OwnCopy | None:
        token = cookie_token(request, self.settings)
        if token is None or is_hidden(request, self.settings):
            return None
        return await self.door.own_copy(token)

    async def _found(
        self, request: Request
    ) -> tuple[str, tuple[ChatMessage, ...]] | None:
        token = cookie_token(request, self.settings)
        if token is None:
            return None
        try:
            return token, await self.door.since(token, None)
        except UnknownToken:
            return None

    async def _send(
        self, request: Request, link: str, client_id: str, text: str
    ) -> str:
        token = cookie_token(request, self.settings)
        if token is not None:
            try:
                await self.door.send(token, client_id, text)
                return token
            except UnknownToken:
                pass
        if not await may_begin_chat(request):
            raise Unreadable("too_many", 429)
        opened = await self.door.open(link)
        await self.door.send(opened.token, client_id, text)
        return opened.token

    def _refuse_other_sites(self, request: Request) -> None:
        if not from_our_own_page(request, self.settings):
            raise Unreadable("other_site", 403)

    def _with_numbers(self, handler: Handler) -> Handler:
        """Whatever goes wrong, the answer is a page with the crisis numbers."""

        @wraps(handler)
        async def answered(request: Request, link: str) -> HTTPResponse:
            try:
                if not could_be_link(link):
                    return self.drawing.stopped("unknown_link", 404)
                return await handler(request, link)
            except UnknownLink:
                # A poster may hang for years: whoever scans it gets help, no error.
                return self.drawing.stopped("unknown_link", 200)
            except UnknownToken:
                return self.drawing.stopped("unknown_token", 404)
            except Unreadable as problem:
                return self.drawing.stopped(problem.code, problem.status, link)
            except Exception as problem:
                _log(problem)
                return self.drawing.stopped("trouble", 503, link)

        return answered


def _log(problem: Exception) -> None:
    # The kind of problem only: its text might hold what a young person wrote.
    logger.error("the web chat page had a problem: %s", type(problem).__name__)
