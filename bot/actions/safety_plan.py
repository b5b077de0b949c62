"""The plan in Rasa: a form that keeps no words, around the turns that build a plan."""

from collections.abc import Callable
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    SessionStarted,
    SlotSet,
)
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.not_understood import NotUnderstood
from bot.actions.services import services
from bot.actions.speaking import channel_of, speak
from bot.turns import safety_plan
from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_held import building_of
from bot.turns.safety_plan_means import Heard
from bot.turns.safety_plan_offering import Turn
from bot.turns.safety_plan_requests import how_to_change
from foundations.ids import ConversationId
from safety_plans.folding import plan_from
from safety_plans.plan import SafetyPlan

FORM: Final = "safety_plan_form"
SLOT: Final = "plan_line"
SAID: Final = "said"
RESTED: Final = "rested"

Events = list[dict[str, Any]]


class StartSafetyPlan(Action):  # type: ignore[misc]
    """Offers to build a plan, or carries on with one."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_start_safety_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Open the building in our rows; the form asks."""
        turn = await build(tracker, lambda building: building.start())
        speak(dispatcher, turn.says)
        return [SlotSet(SLOT, None if turn.building else RESTED)]


class AddToSafetyPlan(Action):  # type: ignore[misc]
    """Opens the section that someone asks to add to."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_add_to_safety_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Open the section in our rows; the form asks."""
        text = text_of(tracker)
        turn = await build(tracker, lambda building: building.add_to(text))
        speak(dispatcher, turn.says)
        return [SlotSet(SLOT, None if turn.building else RESTED)]


class EditSafetyPlan(Action):  # type: ignore[misc]
    """Changes, moves, removes or takes back a line when asked to."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_edit_safety_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Do the edit; say how to ask for one when one is meant and not clear."""
        text = text_of(tracker)
        turn = await build(tracker, lambda building: _edit(building, text))
        if not turn.says:
            return await NotUnderstood().run(dispatcher, tracker, domain)
        speak(dispatcher, turn.says)
        return []


def _edit(building: Building, text: str) -> Turn:
    says = building.edit(text) or how_to_change(building, text)
    return Turn(says, building=False)


class TakePlanLine(Action):  # type: ignore[misc]
    """Takes one message while the form is active, exactly once, and asks what is next.

    Rasa calls a form's validation before it asks for anything, so the question is asked
    here: a form's question of its own would be a second call in every turn.
    """

    def name(self) -> str:
        """Name it as Rasa calls a form's validation."""
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Take the message, where there is one; ask from our rows, on every channel."""
        found = tracker.slots_to_validate()
        if found.get(SLOT) == SAID:
            heard = _heard(tracker)
            turn = await build(tracker, lambda building: building.hear_and_ask(heard))
        elif SLOT not in found:
            turn = await build(tracker, lambda building: building.ask())
        else:
            return []
        speak(dispatcher, turn.says)
        if turn.aside:
            return [SlotSet(SLOT, None), ActionExecutionRejected(FORM)]
        if not turn.building:
            return [SlotSet(SLOT, RESTED)]
        return [SlotSet(SLOT, None), SlotSet("requested_slot", SLOT)]


class RestSafetyPlan(Action):  # type: ignore[misc]
    """Makes the form ready for another day."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_rest_safety_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Forget that building ended; our rows know where it got to."""
        return [SlotSet(SLOT, None)]


class StartSession(Action):  # type: ignore[misc]
    """Starts Rasa's short memory, in the middle of a plan where there is one."""

    def name(self) -> str:
        """Replace Rasa's own start of a conversation."""
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Wait for the answer to the question that our rows say is open."""
        started: Events = [SessionStarted()]
        plan = await plan_of(tracker)
        if plan.stage is not None:
            started += [ActiveLoop(FORM), SlotSet("requested_slot", SLOT)]
        return [*started, ActionExecuted("action_listen")]


class ShowSafetyPlan(Action):  # type: ignore[misc]
    """Reads the whole plan back."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_show_safety_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Say every section."""
        speak(dispatcher, safety_plan.read_back(await plan_of(tracker)))
        return []


class WhatHelpsMe(Action):  # type: ignore[misc]
    """Reads back what a person can do by themselves."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_what_helps_me"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Say the lines that help."""
        speak(dispatcher, safety_plan.what_helps(await plan_of(tracker)))
        return []


class WhoToRing(Action):  # type: ignore[misc]
    """Reads back whom a person listed."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_who_to_ring"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> Events:
        """Say the people and services."""
        speak(dispatcher, safety_plan.who_to_ring(await plan_of(tracker)))
        return []


async def build(tracker: Tracker, take: Callable[[Building], Turn]) -> Turn:
    """Run one turn of building in one transaction."""
    ready = services()
    contacts = {
        str(service.id): service.phones[0].number
        for service in ready.directory.shown
        if service.phones
    }
    context = tracker.latest_message.get("metadata") or {}

    def work(unit: Any) -> Turn:
        conversation = unit.conversations.get(ConversationId(tracker.sender_id))
        building = building_of(
            unit,
            conversation.id,
            conversation.young_person,
            contacts,
            ready.clock(),
            channel=channel_of(tracker),
            message=tracker.latest_message.get("message_id"),
            waits=bool(context.get("asked_beside")),
            unsure=bool(context.get("answers_care")),
        )
        return take(building)

    done: Turn = await ready.database.write(work)
    return done


async def plan_of(tracker: Tracker) -> SafetyPlan:
    def work(unit: Any) -> SafetyPlan:
        conversation = unit.conversations.get(ConversationId(tracker.sender_id))
        return plan_from(unit.plans.changes(conversation.young_person))

    return await services().database.read(work)


def _heard(tracker: Tracker) -> Heard:
    intent = tracker.latest_message.get("intent") or {}
    return Heard(
        text_of(tracker), intent.get("name"), float(intent.get("confidence") or 0.0)
    )


def text_of(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")
