"""Not understanding, well: ask with the likeliest meanings, then offer a person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.services import services
from bot.actions.speaking import channel_of, speak
from bot.rules import said_by_rule
from bot.turns.known_words import NOISE, holds_words
from bot.turns.safety_plan_hearing import intent_of
from bot.words import Words
from foundations.saying import Channel, Choice, Say

MEANING = "meaning."
SEVERAL = "several"
"""Where `bot/understanding.py` lists the separate requests of one message."""
MOST_MEANINGS = 3
LEAST_LIKELY = 0.1
"""Below this confidence a meaning is not offered: nothing spoke for it."""
OF_A_DEATH = "bereaved_by_suicide"
FALLBACK = "nlu_fallback"
A_SOUND = re.compile(
    r"(?:(?:lo+l|lmf?ao+|rofl|xd+|(?:ha|he){2,}h?|hm+|m+h*m*|u+gh+|argh+|meh|sigh|oof"
    r"|idc|whatev(?:er|s)|w/e|bruh|yay|same|fr|ok(?:ay)?|eh|oh|ah|wow|k|kk)\W*\s*)+",
    re.I,
)
"""A laugh or a sigh: heard for what it is, not as letters that make no word."""
ALWAYS = ("talk_to_a_person", "menu")
SAME_MEANING = {"make_safety_plan": "make_plan", "plan_add": "make_plan"}


class NotUnderstood(Action):  # type: ignore[misc]
    """Asks which of the likeliest meanings it was, and offers a person and the menu.

    A slip of the keys that a text of ours answers is answered: "fuk this". The second
    miss in a row stops guessing: a person, and who is open.
    """

    def name(self) -> str:
        """Name it as the domain and the rule policy do."""
        return "action_not_understood"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[dict[str, Any]]:
        """Ask, or stop asking; a text without a letter is asked for a word."""
        typed = str(tracker.latest_message.get("text"))
        if not any(mark.isalnum() for mark in typed):
            speak(dispatcher, (Say(without_words(typed)),))
            return []
        if A_SOUND.fullmatch(typed.strip()):
            speak(dispatcher, (Say("answers.sound"),))
            return []
        several = tracker.latest_message.get(SEVERAL) or []
        words, channel = services().words, channel_of(tracker)
        if not several and (slip := said_by_rule(intent_of(typed), words)):
            speak(dispatcher, (slip,))
            return []
        if missed_before(tracker.events) and not several:
            speak(dispatcher, (Say("not_understood.again"),))
            return []
        if tracker.get_intent_of_latest_message() == NOISE:
            key = "words" if holds_words(typed) else "noise"
            speak(dispatcher, (Say(f"not_understood.{key}"),))
            return []
        if told := answered(words, several, channel):
            speak(dispatcher, told)
            return []
        ranking = tracker.latest_message.get("intent_ranking") or []
        choices = meanings(words, channel, several or likely(ranking))
        if len(choices) == len(ALWAYS):
            key = "words" if any(map(str.isalpha, typed)) else "noise"
            speak(dispatcher, (Say(f"not_understood.{key}"),))
            return []
        key = "not_understood.several" if several else "not_understood.which"
        speak(dispatcher, (Say(key, choices=choices),))
        return []


def likely(ranking: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name what it may have meant, the likeliest first; a wild guess is none.

    Words of a death hurt where nobody has died, so they are only a first guess.
    """
    may_be = [
        str(entry["name"])
        for entry in ranking
        if entry["name"] != FALLBACK and entry["confidence"] >= LEAST_LIKELY
    ]
    return [name for name in may_be if name != OF_A_DEATH or name == may_be[0]]


def answered(words: Words, several: Sequence[str], channel: Channel) -> tuple[Say, ...]:
    """Answer what a text of ours can, and offer the rest; () when it all asks back.

    A text has room for one answer; the page says two.
    """
    most = 1 if channel is Channel.SMS else 2
    told = [(one, say) for one in several if (say := said_by_rule(one, words))][:most]
    if not told:
        return ()
    rest = [one for one in several if one not in dict(told)]
    says = tuple(say for _, say in told)
    if not rest:
        return says
    choices = meanings(words, channel, rest)
    return (*says, Say("not_understood.the_rest", choices=choices))


def without_words(typed: str) -> str:
    """Name the answer to a message without letters: marks are no pictures."""
    is_marks = all(unicodedata.category(mark)[0] in "PZ" for mark in typed)
    return "answers.marks" if is_marks else "answers.emoji"


def meanings(
    words: Words, channel: Channel, likeliest: Iterable[str]
) -> tuple[Choice, ...]:
    """Offer meanings that have a name of their own, then a person and the menu.

    Nothing that shares, deletes or changes has a name here, so none is ever offered
    as a guess.
    """
    named = (SAME_MEANING.get(intent, intent) for intent in likeliest)
    offered = [
        intent
        for intent in dict.fromkeys(named)
        if MEANING + intent in words.by_key and intent not in ALWAYS
    ]
    return tuple(
        Choice(label, label.lower())
        for intent in (*offered[:MOST_MEANINGS], *ALWAYS)
        for label in (words.render(Say(MEANING + intent), channel).text,)
    )


def missed_before(events: list[dict[str, Any]]) -> bool:
    """Tell whether the message before this one was not understood either."""
    heard = [at for at, event in enumerate(events) if event["event"] == "user"]
    if len(heard) < 2:
        return False
    return any(
        event["event"] == "action" and event["name"] == "action_not_understood"
        for event in events[heard[-2] : heard[-1]]
    )
