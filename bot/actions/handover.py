"""Asking for a person: Rasa understood it; the asking itself is the gateway's."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.services import services
from bot.actions.speaking import channel_of, speak
from foundations.ids import ConversationId


class AskForAPerson(Action):  # type: ignore[misc]
    """Starts the asking, or says how a handover stands; no words are kept here."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_ask_for_a_person"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Begin in our own rows, and ask what is asked first."""
        ready, channel = services(), channel_of(tracker)
        conversation = ConversationId(tracker.sender_id)
        says = await ready.database.write(
            lambda unit: ready.ask_for_person(unit, conversation, channel)
        )
        speak(dispatcher, says)
        return []
