"""Asking for a person: one question, then a preview. Sharing is not done here."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.services import Services, services
from bot.actions.speaking import channel_of, speak
from bot.turns import handover as handover_turns
from foundations.ids import ConversationId
from foundations.saying import Say
from handover import InformationSet, Organisation, propose

HELP_WITH = "handover_help_with"
NO_ANSWER = frozenset({"skip", "person", "talk to a person"})
"""What is sent by a button, or again in hope; it says nothing about why."""


class AskWhatAbout(Action):  # type: ignore[misc]
    """Asks the one question of the handover form."""

    def name(self) -> str:
        """Name it as Rasa looks it up for the slot."""
        return f"action_ask_{HELP_WITH}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Ask what they would like help with."""
        speak(dispatcher, (Say("handover.ask_what_about"),))
        return []


class PreviewHandover(Action):  # type: ignore[misc]
    """Shows exactly what would be shared, and keeps it as a draft."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_preview_handover"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Draft the consent and show it; the tracker forgets the words at once."""
        ready = services()
        shown = handover_turns.information(
            ready.words, channel_of(tracker), _help_with(tracker)
        )
        organisation = await _draft(ready, ConversationId(tracker.sender_id), shown)
        speak(dispatcher, handover_turns.preview(shown, organisation))
        return [SlotSet(HELP_WITH, None)]


def _help_with(tracker: Tracker) -> str | None:
    said = str(tracker.get_slot(HELP_WITH) or "").strip()
    return None if said.lower() in NO_ANSWER else said or None


async def _draft(
    ready: Services, conversation: ConversationId, shown: InformationSet
) -> Organisation:
    def work(unit: Any) -> Organisation:
        found = unit.conversations.get(conversation)
        link = unit.chat_links.get(found.link)
        organisation = ready.organisations.named(link.organisation)
        propose(
            unit.consents,
            young_person=found.young_person,
            conversation=conversation,
            organisation=organisation.id,
            information=shown,
        )
        return organisation

    return await ready.database.write(work)
