"""Rasa's trackers, kept in memory only, only for a while, and only so many of them.

Runs on Rasa's Python 3.10. Nothing of value lives here: it is what was just said.
"""

from __future__ import annotations

import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import (
    DialogueStateTracker,
    get_trackers_for_conversation_sessions,
)

MOST_CONVERSATIONS = 5_000
FORGET_AFTER_S = 6 * 60 * 60

MOST_EVENTS = 50
"""A conversation is shortened past this: every rule that is tried plays it all again.

After thirty messages a turn took Rasa half as long again as at first.
"""
TURNS_KEPT = 4
"""Of a conversation that is shortened; rules and actions look at the last three."""


@dataclass
class Turn:
    """What is noticed about one turn while Rasa works on it."""

    went_wrong: bool = False
    may_raise: bool = False
    """Whether the gateway would say what a second look raises."""
    raises: str | None = None
    """The route that it raises (`bot/second_look.py`)."""


this_turn: ContextVar[Turn] = ContextVar("this_turn")
_memories: weakref.WeakSet[ShortMemory] = weakref.WeakSet()


def forget(conversation: str) -> None:
    """Let go of all that was said in a conversation, at once and for good."""
    for memory in _memories:
        memory.forget(conversation)


@dataclass
class Kept:
    """A tracker as it stands, how much of it was kept, and when."""

    tracker: DialogueStateTracker
    events: int
    at: float


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


class ShortMemory(TrackerStore):  # type: ignore[misc]
    """A tracker store that holds the trackers themselves, and lets go of the quietest.

    Rasa's own in-memory store writes each one out and reads it back for every message,
    which takes longer the longer somebody talks.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **_settings: Any,
    ) -> None:
        """Take the settings that Rasa hands to every tracker store."""
        super().__init__(domain, event_broker)
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        # Rasa wraps its store in others: this is how `forget` finds it.
        _memories.add(self)

    def forget(self, sender_id: str) -> None:
        """Let go of one conversation."""
        self._kept.pop(sender_id, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a tracker, then let go of what is old or one too many.

        A turn that went wrong is not kept: it is as if it had not been said.
        """
        turn = this_turn.get(None)
        if turn is not None and turn.went_wrong:
            return
        if len(tracker.events) > MOST_EVENTS:
            tracker = self._shortened(tracker)
        kept = Kept(tracker, len(tracker.events), time.monotonic())
        self._kept[tracker.sender_id] = kept
        self._kept.move_to_end(tracker.sender_id)
        self._let_go()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Give a conversation as it was kept, from the start of its last session."""
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        if len(kept.tracker.events) != kept.events:
            self._go_back(kept)
        starts = (isinstance(one, SessionStarted) for one in kept.tracker.events)
        if sum(starts) > 1:
            kept.tracker = get_trackers_for_conversation_sessions(kept.tracker)[-1]
            kept.events = len(kept.tracker.events)
        return kept.tracker

    async def keys(self) -> Iterable[str]:
        """Name the conversations that are remembered."""
        return list(self._kept)

    def _go_back(self, kept: Kept) -> None:
        """Undo what a turn that was not kept did to its tracker."""
        events = list(islice(kept.tracker.events, kept.events))
        kept.tracker = self._played(kept.tracker.sender_id, events)

    def _shortened(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """Keep the last turns, and before them what stood when they began."""
        events, sender = list(tracker.events), tracker.sender_id
        listened = [at for at, event in enumerate(events) if _listens(event)]
        if len(listened) <= TURNS_KEPT:
            return tracker
        # The last one waits for what is said next: it begins a turn that is to come.
        cut = listened[-TURNS_KEPT - 1]
        stood = self._played(sender, events[:cut])
        before: list[Event] = [
            SlotSet(name, slot.value)
            for name, slot in stood.slots.items()
            if slot.value != slot.initial_value
        ]
        if stood.active_loop_name:
            before.append(ActionExecuted(stood.active_loop_name))
            before.append(ActiveLoop(stood.active_loop_name))
        return self._played(sender, [*before, *events[cut:]])

    def _played(self, sender: str, events: list[Event]) -> DialogueStateTracker:
        tracker = self.init_tracker(sender)
        tracker.recreate_from_dialogue(Dialogue(sender, events))
        return tracker

    def _let_go(self) -> None:
        too_old = time.monotonic() - FORGET_AFTER_S
        while self._kept:
            quietest = next(iter(self._kept.values()))
            if len(self._kept) <= MOST_CONVERSATIONS and quietest.at > too_old:
                return
            self._kept.popitem(last=False)
