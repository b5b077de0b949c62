"""Hands what a turn says to Rasa: keys and values, never sentences."""

from collections.abc import Iterable

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from foundations.saying import Again, Channel, Say


def speak(
    dispatcher: CollectingDispatcher, says: Iterable[Say], again: Again | None = None
) -> None:
    """Name each response, with the values for its gaps and its extra choices.

    `again`: it stands for what was said last, and the records know best what it was.
    """
    for say in says:
        dispatcher.utter_message(
            response=f"utter_{say.key}",
            buttons=[
                {"title": choice.label, "payload": choice.value}
                for choice in say.choices
            ],
            again=again and again.value,
            **say.values,
        )


def channel_of(tracker: Tracker) -> Channel:
    """Tell which door the last message came through."""
    return Channel(tracker.get_latest_input_channel())
