"""Answers to who a share is for, and to which parts; only a name is taken for one."""

import re
from collections.abc import Sequence
from typing import Final

from bot.turns.known_words import plain
from bot.turns.plan_parts import EVERYTHING, parts_named, sharing_words, speaks_of_parts
from bot.turns.plan_sharing import Asked, Chosen, Refused, Start, read_sharing
from bot.turns.safety_plan_hearing import intent_of
from foundations.saying import Choice
from handover import Heard, hear
from safety_plans.sharing import LASTS

LONGEST: Final = 60
MOST_WORDS: Final = 8
MOST_WORDS_OF_A_NAME: Final = 6

_NAME: Final = re.compile(
    r"(?:(?:its |it's )?for |with |to )?((?:[^\W\d]|['’. -]){2,40})", re.IGNORECASE
)
_WOULD_BE_SEEN: Final = re.compile(
    r"(?:what|which|how much|will|would|can|could|do|does)\b.*"
    r"\b(?:see|seen|read|know|get)\b.*"
)
_LEAVES_IT: Final = frozenset(
    [
        "deny",
        "never_mind",
        "plan_back",
        "plan_dont_know",
        "plan_not_for_me",
        "plan_pause",
        "plan_skip",
        "plan_stop",
    ]
)


def hear_who(text: str) -> Asked | None:
    """Read an answer to who it is for: a name, nobody, or who is asked once more."""
    said, intent = plain(text), intent_of(text)
    if intent in _LEAVES_IT or said in sharing_words("nobody"):
        return Refused()
    if intent == "affirm" or _WOULD_BE_SEEN.fullmatch(said):
        # "They see nothing until you've seen it" stands in the question.
        return Start(None)
    words, found = said.split(), _NAME.fullmatch(text.strip())
    if found is None or intent is not None or len(words) > MOST_WORDS_OF_A_NAME:
        return None
    return None if sharing_words("in_no_name") & set(words) else Start(found[1])


def hear_which(text: str, offered: Sequence[Choice]) -> Asked | None:
    """Read an answer to which parts, of those that were offered.

    Whatever could be another part than they mean is asked again.
    """
    picks = [read_sharing(choice.value) for choice in offered if choice.number]
    parts = [pick for pick in picks if isinstance(pick, Chosen)]
    if not parts or len(text.split()) > MOST_WORDS:
        return None
    name, numbers = parts[0].name, parts_named(text)
    known = {number for part in parts for number in part.numbers or ()}
    if numbers == EVERYTHING or (numbers and known.issuperset(numbers)):
        return Chosen(name, numbers, LASTS)
    intent = intent_of(text)
    if numbers or speaks_of_parts(text) or intent == "affirm" or _is_half(text):
        return Chosen(name, None, LASTS)
    return Refused() if intent in _LEAVES_IT else None


def _is_half(text: str) -> bool:
    return hear(text) in (Heard.YES, Heard.HALF)
