"""Says the last thing again, from the tracker's own record of what was said."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speaking import speak
from foundations.saying import Say


class SayAgain(Action):  # type: ignore[misc]
    """Repeats the whole last answer, choices and all."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_say_again"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Repeat what was said since the message before this one.

        Inside a form there is nothing to add: the form asks its question again.
        """
        if tracker.active_loop_name:
            return []
        said = last_answer(tracker.events)
        if not said:
            speak(dispatcher, (Say("answers.nothing_to_repeat"),))
        for reply in said:
            made = reply.get("data") or {}
            dispatcher.utter_message(
                text=reply["text"],
                buttons=made.get("buttons") or [],
                utter_action=(reply.get("metadata") or {}).get("utter_action", ""),
            )
        return []


def last_answer(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Find everything said between the last two messages of a young person."""
    heard = [at for at, event in enumerate(events) if event["event"] == "user"]
    since = heard[-2] if len(heard) > 1 else 0
    return [
        event for event in events[since:] if event["event"] == "bot" and event["text"]
    ]
