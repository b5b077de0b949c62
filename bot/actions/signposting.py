"""Who is open now, from the directory, for the minute in which it is asked."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.services import services
from bot.actions.speaking import channel_of, speak
from bot.turns.signposting import who_is_open
from signposting import Wishes


class WhoIsOpen(Action):  # type: ignore[misc]
    """Names who can be reached right now."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_who_is_open"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Ask the directory; nothing about the person is needed or kept."""
        ready = services()
        channel = channel_of(tracker)
        speak(
            dispatcher,
            who_is_open(ready.directory, Wishes(), ready.clock(), channel),
        )
        return []
