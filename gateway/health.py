"""How we are, without secrets: 200 while a crisis can be answered."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from gateway.rasa.dialogue import RasaSide
from storage import Database, DatabaseUnavailable

LOOK_EVERY_S: Final = 1.0
RECORDS_WITHIN_S: Final = 1.0
"""Half of what the watch over us waits: slow records are no reason to stop a gateway
that answers a crisis without them."""


class DialogueState(str, Enum):
    """Whether Rasa carries the conversation; `starting` until it first answers."""

    OK = "ok"
    STARTING = "starting"
    DOWN = "down"


@dataclass
class DialogueWatch:
    """Looks at Rasa now and then, so that asking how we are waits for nobody."""

    dialogue: RasaSide
    state: DialogueState = field(default=DialogueState.STARTING, init=False)
    replaced: int = field(default=0, init=False)
    """How often another Rasa answered than any before it."""
    _known: frozenset[str] = field(default=frozenset(), init=False)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            self.saw(await self.dialogue.who_answers())
            await asyncio.sleep(LOOK_EVERY_S)

    def saw(self, answering: frozenset[str]) -> None:
        """Take note of the processes that answer just now."""
        if answering:
            self.state = DialogueState.OK
        elif self.state is DialogueState.OK:
            self.state = DialogueState.DOWN
        if self._known:
            self.replaced += len(answering - self._known)
        self._known |= answering


def blueprint(
    database: Database, watch: DialogueWatch, texts_by: Callable[[], str]
) -> Blueprint:
    """Build `GET /health`."""
    health = Blueprint("health")

    @health.get("/health", name="health")
    async def show(_request: Request) -> HTTPResponse:
        waiting, oldest_s, database_state = 0, 0.0, "ok"
        try:
            figures = await database.read(
                lambda unit: unit.outbox.figures(), within_s=RECORDS_WITHIN_S
            )
            waiting, oldest_s = figures.waiting, figures.oldest_seconds
        except DatabaseUnavailable:
            database_state = "down"
        return json(
            {
                "gateway": "ok",
                "dialogue": watch.state.value,
                "database": database_state,
                "texts_by": texts_by(),
                "outbox": {"waiting": waiting, "oldest_s": round(oldest_s)},
            }
        )

    return health
