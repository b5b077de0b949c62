"""What counts as a next step: a choice, a question, or words that lead on."""

import re
from collections.abc import Iterable

TELLS_HOW = re.compile(
    r"\b(?:type|say|text) ['\"]?(?:plan|who|person|share|unshare|feedback|delete"
    r"|make a plan|yes|menu|normal|easy mode|ideas|next|enough|undo|link|carry on"
    r"|change|no reminders|check in|back|skip|add|unlink)\b"
    r"|\btext this from your phone\b"
    # "PLAN shows you all of it", "UNDO puts it back": in capitals it is a word to say.
    r"|(?-i:\b(?:PLAN|UNDO|NEXT)\b)",
    re.IGNORECASE,
)


def leads_on(said: Iterable[tuple[str, int]]) -> bool:
    """Tell whether an answer leads on, from each text and its number of choices."""
    return any(
        choices or "?" in text or TELLS_HOW.search(text) for text, choices in said
    )
