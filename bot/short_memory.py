"""Rasa's trackers, kept in memory only, only for a while, and only so many of them.

Runs on Rasa's Python 3.10. Nothing of value lives here: it is what was just said.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

MOST_CONVERSATIONS = 5_000
FORGET_AFTER_S = 6 * 60 * 60


@dataclass
class Turn:
    """What is noticed about one turn while Rasa works on it."""

    went_wrong: bool = False


this_turn: ContextVar[Turn] = ContextVar("this_turn")


class ShortMemory(InMemoryTrackerStore):  # type: ignore[misc]
    """An in-memory tracker store that lets go of the quietest conversations."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings that Rasa hands to every tracker store."""
        settings.pop("host", None)
        super().__init__(**settings)
        self.store: OrderedDict[str, str] = OrderedDict()
        self._kept_at: dict[str, float] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a tracker, then let go of what is old or one too many.

        A turn that went wrong is not kept: it is as if it had not been said.
        """
        turn = this_turn.get(None)
        if turn is not None and turn.went_wrong:
            return
        await super().save(tracker)
        self.store.move_to_end(tracker.sender_id)
        self._kept_at[tracker.sender_id] = time.monotonic()
        self._let_go()

    def _let_go(self) -> None:
        too_old = time.monotonic() - FORGET_AFTER_S
        while self.store:
            quietest = next(iter(self.store))
            if len(self.store) <= MOST_CONVERSATIONS and (
                self._kept_at.get(quietest, too_old) > too_old
            ):
                return
            self.store.pop(quietest)
            self._kept_at.pop(quietest, None)
