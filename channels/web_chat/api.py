"""The JSON door: open a chat, say something, catch up. Any front end can use it."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, raw

from channels.web_chat.answering import refusal, said
from channels.web_chat.door import ChatDoor, UnknownLink, UnknownToken
from channels.web_chat.keeping import bearer_token, cookie_token
from channels.web_chat.reading import (
    Unreadable,
    after_and_wait,
    client_id_of,
    json_object,
    link_of,
    text_of,
)
from channels.web_chat.settings import PageSettings

logger = logging.getLogger(__name__)

PATIENCE_S: Final = 0.1
"""How long replies are waited for when the page would rather know it has arrived."""

RATHER_SOON: Final = "respond-async"
"""What the page says so with: the header `Prefer` of RFC 7240."""

OPENAPI_FILE: Final = Path(__file__).with_name("openapi.json")

Handler = Callable[[Request], Coroutine[None, None, HTTPResponse]]


@dataclass(frozen=True)
class ChatApi:
    """The routes under /api, in front of one door."""

    door: ChatDoor
    settings: PageSettings
    words: Mapping[str, str]

    def add_to(self, blueprint: Blueprint) -> None:
        """Put the routes on a blueprint."""
        described = OPENAPI_FILE.read_bytes()

        async def openapi(_request: Request) -> HTTPResponse:
            return raw(described, content_type="application/json")

        add = blueprint.add_route
        add(self._never_a_500(self.open), "/api/chat", ["POST"], name="open")
        add(self._never_a_500(self.send), "/api/chat/messages", ["POST"], name="send")
        add(self._never_a_500(self.since), "/api/chat/messages", ["GET"], name="since")
        add(openapi, "/api/openapi.json", ["GET"], name="openapi")

    async def open(self, request: Request) -> HTTPResponse:
        """Open a conversation through a link, and hand over its token."""
        try:
            opened = await self.door.open(link_of(_json_of(request)))
        except UnknownLink:
            return refusal(self.words, "unknown_link", 404)
        return json(
            {
                "conversation": opened.conversation,
                "token": opened.token,
                **said(opened.messages),
            }
        )

    async def send(self, request: Request) -> HTTPResponse:
        """Take in one message; its text is screened whatever else is wrong.

        202 says that it is written down, and that its replies will come as news.
        """
        fields = _json_of(request)
        text = text_of(fields)
        patience = PATIENCE_S if _would_rather_know_soon(request) else None
        try:
            client_id = client_id_of(fields)
            token = self._token(request)
            replies = await self.door.send(token, client_id, text, patience)
        except Exception as problem:
            crisis_words = await self.door.screen_only(text)
            if not crisis_words:
                raise
            if not isinstance(problem, (Unreadable, UnknownToken)):
                _log(problem)
            return json(said(crisis_words))
        if replies is None:
            applied = {"Preference-Applied": RATHER_SOON}
            return json(said(()), status=202, headers=applied)
        return json(said(replies))

    async def since(self, request: Request) -> HTTPResponse:
        """Give what was missed, waiting a while for news when asked to."""
        after, wait = after_and_wait(request.query_string)
        token = self._token(request)
        if wait:
            return json(said(await self.door.wait_for_news(token, after, wait)))
        return json(said(await self.door.since(token, after)))

    def _token(self, request: Request) -> str:
        token = bearer_token(request) or cookie_token(request, self.settings)
        if token is None:
            raise UnknownToken
        return token

    def _never_a_500(self, handler: Handler) -> Handler:
        @wraps(handler)
        async def answered(request: Request) -> HTTPResponse:
            try:
                return await handler(request)
            except Unreadable as problem:
                return refusal(self.words, problem.code, problem.status)
            except UnknownToken:
                return refusal(self.words, "unknown_token", 401)
            except Exception as problem:
                _log(problem)
                return refusal(self.words, "trouble", 503)

        return answered


def _json_of(request: Request) -> dict[str, object]:
    return json_object(request.body, request.content_type)


def _would_rather_know_soon(request: Request) -> bool:
    wishes = ",".join(request.headers.getall("prefer", [])).split(",")
    return any(wish.strip().lower() == RATHER_SOON for wish in wishes)


def _log(problem: Exception) -> None:
    # The kind of problem only: its text might hold what a young person wrote.
    logger.error("the web chat door had a problem: %s", type(problem).__name__)
