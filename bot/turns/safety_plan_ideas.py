"""Ideas for a section as they are answered: picked, turned down, or by night."""

import re
from collections.abc import Mapping
from datetime import datetime

from foundations.clock import in_london
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sections import picked, sections, with_numbers

NIGHT_BEGINS, NIGHT_ENDS = 21, 7
"""The hours in London between which ideas that work at 2 a.m. come first."""

_NOT_FOR_ME = re.compile(
    r"\s*(?:not (?:for me|me)|hide|no to|not)\W*\d(?:\W|and|\d)*|"
    r"\s*\d(?:\W|and|\d)*(?:is|are|isnt|isn't|arent|aren't)?\s*not for me\W*",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\s*\d(?:[\s,&+]|and)*(?:\d(?:[\s,&+]|and)*)*")
_STRAY_NUMBER = re.compile(r"\d{1,2}\W*")
_STRAY_NUMBERS = re.compile(r"\d(?:\s*(?:,|&|\+|and|n)\s*\d)+\W*", re.IGNORECASE)


def picked_words(
    plan: SafetyPlan, section: SectionId, text: str, contacts: Mapping[str, str]
) -> list[str]:
    """Give exactly the ideas that were picked, by their words or their numbers."""
    if plan.picking and _NUMBERS.fullmatch(text):
        ideas = with_numbers(sections()[section].ideas, contacts)
        shown = {idea.id: idea.words for idea in ideas}
        asked = [
            int(digit)
            for digit in re.findall(r"\d", text)
            if 0 < int(digit) <= len(plan.ideas_shown)
        ]
        return [shown[plan.ideas_shown[n - 1]] for n in dict.fromkeys(asked)]
    idea = picked(text, section, contacts)
    return [idea.words] if idea else []


def ideas_turned_down(plan: SafetyPlan, text: str) -> list[str] | None:
    """Give the ideas of a list that were named as not for this person, if any were."""
    if not plan.picking or not _NOT_FOR_ME.fullmatch(text):
        return None
    numbers = [int(digit) for digit in re.findall(r"\d", text)]
    return [idea for n, idea in enumerate(plan.ideas_shown, start=1) if n in numbers]


def is_stray_number(item: str, *, picking: bool = False) -> bool:
    """Tell a number that answers a list of another question from a phone number.

    Several that are none of the list's, or whose list is gone, are no line either.
    """
    several = picking and _NUMBERS.fullmatch(item) is not None
    several = several or _STRAY_NUMBERS.fullmatch(item) is not None
    return several or _STRAY_NUMBER.fullmatch(item) is not None


def is_night(moment: datetime) -> bool:
    """Tell whether it is night in London."""
    hour = in_london(moment).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS
