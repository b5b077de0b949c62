"""Rasa's actions around the plan: how to be asked, looking back, check-ins."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.safety_plan import RESTED, SLOT, Events, build, text_of
from bot.actions.services import services
from bot.actions.speaking import speak
from bot.turns import check_ins
from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_means import Means
from bot.turns.safety_plan_offering import Turn
from bot.turns.safety_plan_versions import old_versions
from foundations.ids import ConversationId
from foundations.saying import Say


class ChoosePlanWay(Action):  # type: ignore[misc]
    """Changes how the plan is asked about: choices to pick, exact words, as usual."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_choose_plan_way"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Choose the way; for whom it is all too much, the form then asks."""
        intent = str((tracker.latest_message.get("intent") or {}).get("name"))
        turn = await build(tracker, lambda building: _choose(building, intent))
        speak(dispatcher, turn.says)
        return [SlotSet(SLOT, None if turn.building else RESTED)]


def _choose(building: Building, intent: str) -> Turn:
    if intent == Means.EASY.value:
        return building.choose_easy()
    return building.choose_way(intent)


class ShowFeelings(Action):  # type: ignore[misc]
    """Shows feelings as a list, for whom the word is hard to find."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_show_feelings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Show the list."""
        speak(dispatcher, (Say("plan.feelings"),))
        return []


class OldVersions(Action):  # type: ignore[misc]
    """Lists the days on which the plan was changed."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_old_versions"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """List them."""

        def look(unit: Any) -> tuple[Say, ...]:
            conversation = unit.conversations.get(ConversationId(tracker.sender_id))
            return old_versions(unit.plans.changes(conversation.young_person))

        speak(dispatcher, await services().database.read(look))
        return []


class CheckIn(Action):  # type: ignore[misc]
    """Promises a check-in at the time that was asked for."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_check_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Promise it, or ask when."""
        ready, text = services(), text_of(tracker)

        def promise(unit: Any) -> tuple[Say, ...]:
            here = unit.conversations.get(ConversationId(tracker.sender_id))
            now = ready.clock()
            return check_ins.ask_for(unit, here.young_person, here.id, text, now)

        speak(dispatcher, await ready.database.write(promise))
        return []


class NoCheckIn(Action):  # type: ignore[misc]
    """Ends check-ins."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_no_check_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """End them."""
        here = ConversationId(tracker.sender_id)
        says = await services().database.write(
            lambda unit: check_ins.no_more(unit, here)
        )
        speak(dispatcher, says)
        return []
