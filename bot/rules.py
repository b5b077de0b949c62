"""The rules that answer a meaning with one text, for when Rasa is away."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.words import UTTER, Words
from foundations.content import read_yaml
from foundations.saying import Say

DATA = Path(__file__).parent / "data"


def said_by_rule(intent: str | None, words: Words) -> Say | None:
    """Give the text that a rule answers this intent with; None when none does.

    Only a rule of one step, with a text that needs no values, can do without Rasa.
    """
    key = _rules().get(intent or "")
    if key is None or key not in words.by_key or words.gaps(key):
        return None
    return Say(key)


@cache
def _rules() -> Mapping[str, str]:
    """Read every rule that is an intent and one text, without conditions."""
    found: dict[str, str] = {}
    for file in sorted(DATA.rglob("*.yml")):
        content = read_yaml(file) or {}
        for rule in content.get("rules") or ():
            match rule:
                case {"steps": [{"intent": intent}, {"action": str(action)}], **rest}:
                    if action.startswith(UTTER) and "condition" not in rest:
                        found[intent] = action.removeprefix(UTTER)
    return found
