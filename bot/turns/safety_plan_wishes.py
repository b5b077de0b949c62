"""Tells a wish about a safety plan, and which part of it one is about."""

import re
from typing import Final

from bot.turns.known_words import plain
from safety_plans.plan import SectionId
from safety_plans.sections import sections

LONGEST_WISH: Final = 12
_MAKES = re.compile(
    r"\b(?:make|mak|maek|mkae|mke|start|begin|build|write|create) (?:(?:me|up|out) )?"
    r"(?:a |the |my |this |that |one of (?:them|those|these) )?"
    r"(?:new )?(?:saf\w*ty |saftey |crisis |coping |staying safe )?plans?\b"
)
_OF_A_PLAN = re.compile(r"\b(?:my|saf\w*ty|saftey|crisis) plan\b")
_REFUSES = re.compile(r"\b(?:not|never|no|dont|doesnt|cant|wont|didnt|wouldnt)\b")
"""Words with which a wish for a plan is none: "i dont want to make a plan"."""
_BUT = re.compile(r" (?:but|though|cos|coz|cuz|because|bc) ")
"""What stands behind one of these takes no wish back: "but ive never done one"."""


def is_about_a_plan(text: str) -> bool:
    """Tell whether a short text is a wish about a safety plan, made or to be made."""
    said = plain(text)
    is_short = len(said.split()) <= LONGEST_WISH
    return is_short and bool(_OF_A_PLAN.search(said)) and not _REFUSES.search(said)


def asks_to_make_one(text: str) -> bool:
    """Tell whether a short text holds a wish to make a plan, whatever is around it."""
    said = plain(text)
    said = _BUT.split(said, maxsplit=1)[0]
    is_short = len(said.split()) <= LONGEST_WISH
    return is_short and bool(_MAKES.search(said)) and not _REFUSES.search(said)


def section_named(text: str) -> SectionId | None:
    """Find the section that "add to 4" or "add signs" is about."""
    said = plain(text)
    number = re.search(
        r"\b([1-9])(?: (?:pls|plz|please|now|then|first|thanks))*$", said
    )
    if number:
        return tuple(SectionId)[int(number[1]) - 1]
    for section in SectionId:
        names = (sections()[section].title, sections()[section].sms_title)
        if any(plain(name) in said for name in names):
            return section
    return None
