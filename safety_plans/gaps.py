"""What a plan lacks that matters, so that it can be offered as a question; no marks."""

import re
from enum import Enum

from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sections import is_company, sections

_NIGHT = re.compile(
    r"\b(?:nights?|nite|late|[1-5] ?am|24 ?7|any ?time)\b", re.IGNORECASE
)


class Gap(str, Enum):
    """Something missing that is worth one gentle question, most needed first."""

    NOTHING_FOR_FIRST_MINUTES = "nothing_for_first_minutes"
    NOBODY_TO_CONTACT = "nobody_to_contact"
    NOTHING_AT_NIGHT = "nothing_at_night"


FILLED_IN = {
    Gap.NOTHING_FOR_FIRST_MINUTES: SectionId.GETTING_THROUGH,
    Gap.NOBODY_TO_CONTACT: SectionId.PEOPLE_TO_TALK_TO,
    Gap.NOTHING_AT_NIGHT: SectionId.GETTING_THROUGH,
}
"""The section in which each gap is best filled."""


def gaps_in(plan: SafetyPlan) -> tuple[Gap, ...]:
    """Name what is missing, for a plan of any size; a friend is company, no contact."""
    first, tell = SectionId.GETTING_THROUGH, SectionId.PEOPLE_TO_TALK_TO
    missing = {
        Gap.NOTHING_FOR_FIRST_MINUTES: not plan.lines(first),
        Gap.NOBODY_TO_CONTACT: all(is_company(line.words) for line in plan.lines(tell)),
        Gap.NOTHING_AT_NIGHT: not any(_at_night(plan)),
    }
    return tuple(gap for gap in Gap if missing[gap])


def _at_night(plan: SafetyPlan) -> list[bool]:
    ideas = {i.words for s in sections().by_id.values() for i in s.ideas if i.night}
    return [
        line.words in ideas or bool(_NIGHT.search(line.words))
        for line in plan.all_lines
    ]
