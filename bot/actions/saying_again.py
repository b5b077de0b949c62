"""What was said, again: whole, in other or fewer words, or what else could be chosen.

From the tracker's own record: nothing is kept for it. The gateway answers some messages
without Rasa, so each answer here says what it stands for and the gateway, whose records
hold all that was said, puts the right words in (`gateway/recording.py`).
"""

import re
from collections import Counter
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speaking import speak
from foundations.saying import Again, Choice, Say

WORD_FOR_WORD: Final = re.compile(
    r"\b(?:again|repeat|re-?send|missed|lost|deleted|go back|last (?:one|text|bit))\b",
    re.I,
)
"""Asks for what was said; "what?" and "wdym" ask what was meant by it."""


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
        typed = str(tracker.latest_message.get("text"))
        is_same = WORD_FOR_WORD.search(typed) is not None
        again = Again.SAME_WORDS if is_same else Again.OTHER_WORDS
        said = last_answer(tracker.events)
        if not said:
            speak(dispatcher, (Say("answers.nothing_to_repeat"),), again)
        for reply in said:
            made = reply.get("data") or {}
            dispatcher.utter_message(
                text=reply["text"],
                buttons=made.get("buttons") or [],
                utter_action=(reply.get("metadata") or {}).get("utter_action", ""),
                again=again.value,
            )
        return []


class SayShorter(Action):  # type: ignore[misc]
    """Leaves the words away and shows only what can be chosen."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_say_shorter"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Offer the last choices again in few words; the menu when there were none."""
        if tracker.active_loop_name:
            return []
        choices = choices_of(last_answer(tracker.events))
        key = "answers.shorter_choices" if choices else "answers.shorter"
        speak(dispatcher, (Say(key, choices=choices),), Again.FEWER_WORDS)
        return []


class OfferTheOther(Action):  # type: ignore[misc]
    """Goes back to the choice before the last, without the one that was taken."""

    def name(self) -> str:
        """Name it as the domain does."""
        return "action_offer_the_other"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Offer what was not taken; the last choices when nothing was taken yet."""
        if tracker.active_loop_name:
            return []
        choices = not_taken(tracker.events)
        key = "answers.the_other" if choices else "answers.yes_to_what"
        speak(dispatcher, (Say(key, choices=choices),))
        return []


def not_taken(events: list[dict[str, Any]]) -> tuple[Choice, ...]:
    """Find the choices beside the one taken last, or those still open."""
    heard = [at for at, event in enumerate(events) if event["event"] == "user"]
    if len(heard) < 2:
        return choices_of(last_answer(events))
    earlier = heard[-3] if len(heard) > 2 else 0
    taken = str(events[heard[-2]].get("text") or "").strip().lower()
    offered = choices_of(_said(events[earlier : heard[-2]]))
    left = tuple(choice for choice in offered if choice.value.lower() != taken)
    return left if len(left) < len(offered) else choices_of(last_answer(events))


def choices_of(said: list[dict[str, Any]]) -> tuple[Choice, ...]:
    """Gather the choices of an answer, each once, in order."""
    buttons = [
        button
        for reply in said
        for button in (reply.get("data") or {}).get("buttons") or ()
    ]
    by_value = {each["payload"]: each["title"] for each in buttons}
    titles = Counter(by_value.values())
    # "What to expect" stands beside each service: on its own it says of which.
    return tuple(
        Choice(title if titles[title] == 1 else value[:1].upper() + value[1:], value)
        for value, title in by_value.items()
    )


def last_answer(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Find everything said between the last two messages of a young person."""
    heard = [at for at, event in enumerate(events) if event["event"] == "user"]
    since = heard[-2] if len(heard) > 1 else 0
    return _said(events[since:])


def _said(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["event"] == "bot" and event["text"]]
