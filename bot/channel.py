"""Rasa's only door: one message in, its answer out (runs on Rasa's Python 3.10).

Rasa's own REST door answers 200 with nothing when it fails, logs what was written,
and names itself `collector`, so that texts meant for SMS never appear.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_answer

from bot.quicker_rasa import make_rasa_quicker
from bot.quiet_logs import keep_words_out_of_logs
from bot.short_memory import Turn, forget, this_turn

logger = logging.getLogger(__name__)

CHANNELS = ("sms", "web")
LONGEST_TEXT = 2_000
LONGEST_ID = 200
LARGEST_BODY = 64 * 1024
TURN_SECONDS = 10.0
ANSWERS_KEPT = 1_000
UTTER = "utter_"
RAISED = "raised."
"""Before a route in the key of a first reply: what no phrase found, and this did."""

Handle = Callable[[UserMessage], Awaitable[Any]]
Answer = list[dict[str, Any]]


class TurnFailed(Exception):
    """A turn that has no whole answer: an HTTP status and a code, never any words."""

    def __init__(self, status: int, code: str) -> None:
        """Say what the gateway is told."""
        super().__init__(code)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Incoming:
    """One message as the gateway hands it over, every field checked."""

    conversation: str
    message: str
    channel: str
    text: str
    context: dict[str, Any]

    @classmethod
    def read(cls, body: bytes) -> Incoming:
        """Check types, lengths and names by hand; TurnFailed 400 or 413 if wrong."""
        if len(body) > LARGEST_BODY:
            raise TurnFailed(413, "too_large")
        fields = _json_object(body)
        found = cls(
            conversation=_words(fields.get("conversation"), LONGEST_ID),
            message=_words(fields.get("message"), LONGEST_ID),
            channel=_words(fields.get("channel"), LONGEST_ID),
            text=_words(fields.get("text"), LONGEST_TEXT),
            context=fields.get("context", {}),
        )
        # A leading slash would pick an intent directly, past all understanding.
        if (
            found.channel not in CHANNELS
            or not isinstance(found.context, dict)
            or found.text.lstrip().startswith("/")
        ):
            raise TurnFailed(400, "bad_request")
        return found


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise TurnFailed(400, "bad_request") from None
    if not isinstance(fields, dict):
        raise TurnFailed(400, "bad_request")
    return fields


def _words(value: Any, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise TurnFailed(400, "bad_request")
    return value


class Replies(OutputChannel):
    """Collects what Rasa says, under the name of the channel it will be said on."""

    def __init__(self, channel: str) -> None:
        """Start with nothing said."""
        self._channel = channel
        self.said: Answer = []

    def name(self) -> str:  # type: ignore[override]
        """Name the real channel, so that its own variations of a text are chosen."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one whole reply: key, text and choices."""
        key = str(message.get("utter_action") or "")
        self.said.append(
            {
                "key": key[len(UTTER) :] if key.startswith(UTTER) else key,
                "text": str(message.get("text") or ""),
                "choices": [
                    {"label": button["title"], "value": button["payload"]}
                    for button in message.get("buttons") or ()
                ],
                "values": message.get("values") or {},
                "again": message.get("again"),
            }
        )


class NoticesLostActions(logging.Handler):
    """Hears Rasa say that an action failed, which it otherwise keeps to itself.

    Rasa logs the failure and answers with whatever it has: half an answer.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Mark the turn in which the failure was logged."""
        turn = this_turn.get(None)
        lost = str(record.msg).startswith("Encountered an exception")
        if turn is not None and lost:
            turn.went_wrong = True


@dataclass
class RecentAnswers:
    """Answers by message id, finished or on their way: the same id is asked once."""

    by_message: OrderedDict[tuple[str, str], asyncio.Task[Answer]] = field(
        default_factory=OrderedDict
    )

    async def once(
        self, incoming: Incoming, ask: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """Ask, or give the answer that was given; a failure may be asked again."""
        key = (incoming.conversation, incoming.message)
        task = self.by_message.get(key)
        if task is None:
            task = asyncio.ensure_future(ask())
            self.by_message[key] = task
            task.add_done_callback(lambda done: self._forget_failure(key, done))
            while len(self.by_message) > ANSWERS_KEPT:
                self.by_message.popitem(last=False)
        # A caller that gives up does not stop the turn: it may come back with the id.
        return await asyncio.shield(task)

    def forget(self, conversation: str) -> None:
        """Let go of every answer of a conversation."""
        for key in [key for key in self.by_message if key[0] == conversation]:
            del self.by_message[key]

    def _forget_failure(self, key: tuple[str, str], task: asyncio.Task[Answer]) -> None:
        if task.cancelled() or task.exception() is not None:
            self.by_message.pop(key, None)


class HandrailChannel(InputChannel):
    """`POST /webhooks/handrail/messages` and `.../forget`; `GET .../alive` to watch."""

    def __init__(self, secret: str) -> None:
        """Take the secret that the gateway shows."""
        self._secret = secret.encode()
        self._recent = RecentAnswers()

    @classmethod
    def name(cls) -> str:
        """Name the door, and with it the path."""
        return "handrail"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> HandrailChannel:
        """Open the door with a secret from the environment, and quiet the logs."""
        secret = (credentials or {}).get("secret")
        if not isinstance(secret, str) or not secret:
            cls.raise_missing_credentials_exception()
        keep_words_out_of_logs()
        make_rasa_quicker()
        logging.getLogger("rasa.core.processor").addHandler(NoticesLostActions())
        return cls(secret)

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Give Rasa's web server the two routes."""
        door = Blueprint("handrail_channel")

        @door.get("/alive")
        async def alive(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            is_ready = agent is not None and agent.is_ready()
            # Which process it is tells the gateway that another took its place.
            return HTTPResponse(str(os.getpid()), status=200 if is_ready else 503)

        @door.post("/messages")
        async def messages(request: Request) -> HTTPResponse:
            try:
                self._check(request)
                incoming = Incoming.read(request.body)
                replies = await self._recent.once(
                    incoming, lambda: _answer(incoming, on_new_message)
                )
            except TurnFailed as failed:
                return json_answer({"error": failed.code}, status=failed.status)
            return json_answer({"replies": replies})

        @door.post("/forget")
        async def forgetting(request: Request) -> HTTPResponse:
            try:
                self._check(request)
                fields = _json_object(request.body[:LARGEST_BODY])
                conversation = _words(fields.get("conversation"), LONGEST_ID)
            except TurnFailed as failed:
                return json_answer({"error": failed.code}, status=failed.status)
            forget(conversation)
            self._recent.forget(conversation)
            return HTTPResponse(status=204)

        return door

    def _check(self, request: Request) -> None:
        shown = request.headers.get("X-Handrail-Secret", "").encode()
        if not hmac.compare_digest(shown, self._secret):
            raise TurnFailed(401, "unauthorised")


async def _answer(incoming: Incoming, handle: Handle) -> Answer:
    """Run one whole turn; half an answer counts as none."""
    try:
        # Rasa's Python has no `asyncio.timeout`; nobody here cancels a turn.
        turn = _turn_of(incoming, handle)
        return await asyncio.wait_for(turn, TURN_SECONDS)  # noqa: TID251
    except Exception as failure:
        raise _as_turn_failure(failure) from None


def _as_turn_failure(failure: Exception) -> TurnFailed:
    if isinstance(failure, TurnFailed):
        told = failure
    elif isinstance(failure, asyncio.TimeoutError):
        told = TurnFailed(504, "too_slow")
    else:
        told = TurnFailed(500, "failed")
    logger.warning("A turn failed: %s (%s)", told.code, type(failure).__name__)
    return told


async def _turn_of(incoming: Incoming, handle: Handle) -> Answer:
    turn = Turn(may_raise=incoming.context.get("may_raise") is True)
    this_turn.set(turn)
    replies = Replies(incoming.channel)
    await handle(
        UserMessage(
            incoming.text,
            replies,
            incoming.conversation,
            input_channel=incoming.channel,
            message_id=incoming.message,
            metadata=incoming.context,
        )
    )
    if turn.went_wrong:
        raise TurnFailed(502, "action_failed")
    if not replies.said or not all(said["text"].strip() for said in replies.said):
        raise TurnFailed(502, "no_answer")
    if turn.raises is not None:
        return [_raised(turn.raises), *replies.said]
    return replies.said


def _raised(route: str) -> dict[str, Any]:
    key = f"{RAISED}{route}"
    return {"key": key, "text": key, "choices": [], "values": {}, "again": None}
