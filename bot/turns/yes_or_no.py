"""A bare yes or no, in the words and pictures that people use for it."""

import re
from typing import Final

from bot.turns.known_words import plain
from bot.turns.safety_plan_hearing import intent_of
from bot.turns.safety_plan_means import PICTURES

LONGEST: Final = 60
"""Characters; whatever is longer says more than a yes or a no."""

_NO_AND_MORE: Final = re.compile(
    r"(?:no|nah|nope|na) (?:\w+ ){0,3}(?:keep|leave|dont|stop|wait)(?: \w+){0,3}"
)
_MEANS: Final = {"affirm": True, "deny": False, "never_mind": False}


def yes_or_no(text: str) -> bool | None:
    """Tell whether a whole message is a yes (True) or a no; None when it is neither."""
    if len(text) > LONGEST:
        return None
    if _NO_AND_MORE.fullmatch(plain(text)):
        return False
    intent = intent_of(text) or PICTURES.get(text.strip()[:1])
    return _MEANS.get(intent or "")
