"""Finding help: the message that asked for it goes to the help desk, whole."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.services import services
from bot.actions.speaking import channel_of, speak
from foundations.ids import ConversationId


class WhoIsOpen(Action):  # type: ignore[misc]
    """Names who can be reached right now, near and in the way that was asked for."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_who_is_open"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Ask the help desk, which keeps the search; nothing is kept in Rasa."""
        ready = services()
        conversation = ConversationId(tracker.sender_id)
        channel, text = channel_of(tracker), str(tracker.latest_message.get("text"))
        says = await ready.database.write(
            lambda unit: ready.help_desk.ask(unit, conversation, channel, text)
        )
        speak(dispatcher, says)
        return []
