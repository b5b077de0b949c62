"""After a goodbye: one question about Handrail, and never twice in a row."""

from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speaking import speak
from foundations.saying import Say

ASKED: Final = "feedback_asked"
FEWEST_MESSAGES: Final = 4
"""Shorter than this and there is nothing to ask about; the goodbye is counted."""


class AskFeedback(Action):  # type: ignore[misc]
    """Asks whether it helped, once in a conversation that was one."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_ask_feedback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Ask, or let them go."""
        heard = sum(event["event"] == "user" for event in tracker.events)
        if tracker.get_slot(ASKED) or heard < FEWEST_MESSAGES:
            return []
        speak(dispatcher, (Say("feedback.ask"),))
        return [SlotSet(ASKED, True)]
