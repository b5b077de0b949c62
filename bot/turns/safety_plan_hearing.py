"""Tells what is meant while a plan is being built: a command, an aside, or a line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from safety_plans.plan import SafetyPlan, SectionId, Stage
from safety_plans.sections import sections

DATA = Path(__file__).parents[1] / "data"

SURE_ENOUGH: Final = 0.6
"""Below this confidence an intent is not believed over the words themselves."""

LONGEST_COMMAND: Final = 8
"""Words in a command at most; more than that is an answer."""


class Means(str, Enum):
    """What a message asks of the building; the values are the intents of Rasa."""

    YES = "affirm"
    NO = "deny"
    SKIP = "plan_skip"
    BACK = "plan_back"
    PAUSE = "plan_pause"
    STOP = "plan_stop"
    IDEAS = "plan_ideas"
    NOT_FOR_ME = "plan_not_for_me"
    WHAT_FOR = "plan_what_for"
    DONT_KNOW = "plan_dont_know"
    UNDO = "plan_undo"
    SHOW = "plan_show"
    START = "make_safety_plan"
    RESUME = "plan_resume"
    ADD = "plan_add"
    ASIDE = "aside"
    WORDS = "words"


@dataclass(frozen=True)
class Heard:
    """A message as it came, with what Rasa made of it when Rasa was asked."""

    text: str
    intent: str | None = None
    confidence: float = 0.0


GREETINGS: Final = frozenset({"greet", "thanks", "thank_you", "goodbye", "bye"})
NOT_MEANT: Final = frozenset({"nlu_fallback", "out_of_scope", None})
PEOPLE: Final = frozenset(
    {
        SectionId.PEOPLE_TO_SUPPORT,
        SectionId.PEOPLE_TO_TALK_TO,
        SectionId.EMERGENCY_SUPPORT,
    }
)
_ASKS = re.compile(
    r"\?\s*$|^(?:who|what|whats|why|how|hows|when|where|which|is|are|r|do|does|can|could"
    r"|will|would|am i|did|has|have you|tell me|show me|give me|get me|put me|let me"
    r"|i (?:want|need|wanna) (?:to |2 )?(?:talk|speak|chat)"
    r"|i (?:want|need) (?:a |an )?(?:person|human|help))\b",
    re.IGNORECASE,
)


def meaning(heard: Heard, plan: SafetyPlan) -> Means:
    """Tell what a message means at this point of the building.

    What is exactly like an example is that; an intent guessed by Rasa is believed
    only for short texts made of the words of its examples, so that a line such as
    "pause and breathe" stays a line. Everything else is the person's own words.
    """
    known = _examples().get(plain(heard.text))
    if known in _COMMANDS:
        return Means(known)
    if _is_aside(heard, known, plan):
        return Means.ASIDE
    if heard.intent in _COMMANDS and _believed(heard):
        return Means(heard.intent)
    return Means.WORDS


_COMMANDS: Final = frozenset(m.value for m in Means) - {"aside", "words"}


def _is_aside(heard: Heard, known: str | None, plan: SafetyPlan) -> bool:
    if known in GREETINGS:
        return True
    naming_people = plan.stage is not Stage.PERMISSION and plan.open_section in PEOPLE
    if known is not None and not naming_people:
        return True
    other = heard.intent not in NOT_MEANT and heard.intent not in _COMMANDS
    sure = heard.confidence >= SURE_ENOUGH
    return other and sure and bool(_ASKS.search(heard.text.strip()))


def _believed(heard: Heard) -> bool:
    words = plain(heard.text).split()
    vocabulary = _vocabulary().get(heard.intent or "", frozenset())
    return (
        heard.confidence >= SURE_ENOUGH
        and 0 < len(words) <= LONGEST_COMMAND
        and all(_near(word, vocabulary) for word in words)
    )


def _near(word: str, vocabulary: frozenset[str]) -> bool:
    return word in vocabulary or (
        len(word) > 3
        and any(
            SequenceMatcher(None, word, known).ratio() >= 0.8
            for known in vocabulary
            if abs(len(known) - len(word)) <= 2
        )
    )


def section_named(text: str) -> SectionId | None:
    """Find the section that "add to 4" or "add signs" is about."""
    said = plain(text)
    number = re.search(r"\b([1-9])$", said)
    if number:
        return tuple(SectionId)[int(number[1]) - 1]
    for section in SectionId:
        names = (sections()[section].title, sections()[section].sms_title)
        if any(plain(name) in said for name in names):
            return section
    return None


def plain(text: str) -> str:
    """Reduce a text to its words in small letters, without marks."""
    return " ".join(re.findall(r"\w+", re.sub(r"['’]", "", text.casefold())))


@cache
def _examples() -> Mapping[str, str]:
    """Read every example of every intent, as Rasa is trained on them."""
    found: dict[str, str] = {}
    for file in sorted(DATA.rglob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        for entry in content.get("nlu") or ():
            for row in (entry.get("examples") or "").splitlines():
                words = re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", row)
                if plain(words):
                    found.setdefault(plain(words.removeprefix("-")), entry["intent"])
    return found


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for example, intent in _examples().items():
        words.setdefault(intent, set()).update(example.split())
    return {intent: frozenset(known) for intent, known in words.items()}
