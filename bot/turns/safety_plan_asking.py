"""What is asked while a plan is being built: one question, list or read-back a turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from escalation import Route, screen
from foundations.gsm7 import segments
from foundations.saying import Channel, Choice, Say
from safety_plans.plan import PlanLine, SafetyPlan, SectionId, Stage, Way
from safety_plans.sections import (
    Section,
    could_be_clearer,
    is_company,
    sections,
    with_numbers,
)
from safety_plans.showing import for_message, for_text, held_for_text

MOST_SEGMENTS: Final = 2
"""The most that a question takes as a text, the lines it reads back included."""

LAST_PART: Final = 7
"""The number of the last part that everybody is asked; two cards may follow."""

WORDS_AROUND_LINES: Final = {
    "plan.ask_more": 83,
    "plan.check": 80,
    "plan.check_clearer": 122,
    "plan.check_private": 106,
    "plan.check_friends": 146,
}
"""The most characters that each puts around its lines in a text, choices included."""


LONGEST_HELD: Final = 60
"""Letters of what is held that are said back: other words may stand above them."""


@dataclass(frozen=True)
class Question:
    """What to say, and the lines that have now had their one gentle question."""

    says: tuple[Say, ...] = ()
    asked_clearer: tuple[PlanLine, ...] = ()


def question(
    plan: SafetyPlan, contacts: Mapping[str, str], channel: Channel
) -> Question:
    """Ask what the plan waits for now; nothing when nothing is being built.

    Lines are read back as far as two segments of a text go; the rest are counted.
    """
    section = plan.open_section
    if plan.stage is None:
        return Question()
    if section is None:
        return Question((Say("plan.permission"),))
    if plan.picking:
        return Question((_ideas_to_pick(plan, section, contacts),))
    if plan.stage is Stage.CHECK:
        return _read_back(plan, section, channel)
    if plan.lines(section):
        says = _saying_lines(
            "plan.ask_more", plan, section, plan.lines(section), channel
        )
        return Question(says)
    return Question((Say(_key_of(plan, section)),))


def about_held(section: SectionId, plan: SafetyPlan) -> Say:
    """Ask whether what is held in a section is for the plan, in as far as it fits.

    What crisis words would answer is counted, and never said back.
    """
    number = str(sections()[section].number)
    choices = tuple(
        Choice(label, value.format(number=number)) for label, value in sections().held
    )
    rows = held_for_text(
        [one for one in plan.held if one.section is section],
        calls_for_no_crisis_words,
        lambda text: len(text) <= LONGEST_HELD,
    )
    values = {"number": number, "lines": "\n".join(rows or ("...",))}
    return Say("plan.held", values, choices)


def calls_for_no_crisis_words(words: str) -> bool:
    """Tell words that may be said back, by whatever route they were kept aside."""
    return screen(words).route is Route.NONE


def how_far(section: SectionId) -> Say:
    """Say which part this is; the two cards after the plan are counted in none."""
    number = sections()[section].number
    if number > LAST_PART:
        return Say("plan.last_card")
    return Say("plan.how_far", {"number": str(number)})


def title_of(section: SectionId, plan: SafetyPlan) -> str:
    """Name a section, without idioms for whoever asked for exact words."""
    about: Section = sections()[section]
    return about.literal_title if Way.LITERAL in plan.ways else about.title


def _key_of(plan: SafetyPlan, section: SectionId) -> str:
    again = section in plan.skips and section is SectionId.MAKING_SAFER
    literal = Way.LITERAL in plan.ways
    asked = f"ask_{section.value}{'_again' if again else ''}"
    return f"plan.{'literal_' if literal else ''}{asked}"


def _ideas_to_pick(
    plan: SafetyPlan, section: SectionId, contacts: Mapping[str, str]
) -> Say:
    words = {i.id: i.words for i in with_numbers(sections()[section].ideas, contacts)}
    shown = [words[idea] for idea in plan.ideas_shown if idea in words]
    around = (sections().none_of_these, sections().skip)
    choices = tuple(Choice(label=text, value=text) for text in (*shown, *around))
    key = "plan.easy_pick" if Way.EASY in plan.ways else "plan.ideas"
    return Say(key, {"title": title_of(section, plan)}, choices)


def _read_back(plan: SafetyPlan, section: SectionId, channel: Channel) -> Question:
    key, asked = _how_to_check(plan, section)
    says = _saying_lines(key, plan, section, plan.unchecked, channel)
    return Question(says, asked if says[0].key == key else ())


def _how_to_check(
    plan: SafetyPlan, section: SectionId
) -> tuple[str, tuple[PlanLine, ...]]:
    """Give the key of a read-back, and the lines whose one gentle question it is."""
    if sections()[section].private:
        return "plan.check_private", ()
    fresh = [line for line in plan.unchecked if line.id not in plan.asked_clearer]
    vague = tuple(line for line in fresh if could_be_clearer(line.words))
    if vague:
        return "plan.check_clearer", vague
    if section is SectionId.PEOPLE_TO_TALK_TO and fresh:
        friends = tuple(line for line in fresh if is_company(line.words))
        if len(friends) == len(plan.lines(section)):
            return "plan.check_friends", friends
    return "plan.check", ()


def _saying_lines(
    key: str,
    plan: SafetyPlan,
    section: SectionId,
    lines: Sequence[PlanLine],
    channel: Channel,
) -> tuple[Say]:
    """Say lines; a gentle question that leaves them no room in a text is left out."""
    title = title_of(section, plan)
    if channel is Channel.WEB:
        rows = for_message(lines)
    else:
        room = "x" * WORDS_AROUND_LINES[key]
        rows = for_text(lines, lambda text: segments(room + text) <= MOST_SEGMENTS)
        if not rows and key != "plan.check":
            return _saying_lines("plan.check", plan, section, lines, channel)
    return (Say(key, {"title": title, "lines": "\n".join(rows or ("...",))}),)
