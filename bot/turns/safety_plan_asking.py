"""What is asked while a plan is being built: one question, list or read-back a turn."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundations.saying import Choice, Say
from safety_plans.plan import PlanLine, SafetyPlan, SectionId, Stage, Way
from safety_plans.sections import (
    Section,
    could_be_clearer,
    is_company,
    sections,
    with_numbers,
)
from safety_plans.showing import for_message


@dataclass(frozen=True)
class Question:
    """What to say, and the lines that have now had their one gentle question."""

    says: tuple[Say, ...] = ()
    asked_clearer: tuple[PlanLine, ...] = ()


def question(plan: SafetyPlan, contacts: Mapping[str, str]) -> Question:
    """Ask what the plan waits for now; nothing when nothing is being built."""
    section = plan.open_section
    if plan.stage is None:
        return Question()
    if section is None:
        return Question((Say("plan.permission"),))
    if plan.picking:
        return Question((_ideas_to_pick(plan, section, contacts),))
    if plan.stage is Stage.CHECK:
        return _read_back(plan, section)
    if plan.lines(section):
        rows = "\n".join(for_message(plan.lines(section)))
        values = {"title": title_of(section, plan), "lines": rows}
        return Question((Say("plan.ask_more", values),))
    return Question((Say(_key_of(plan, section)),))


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


def _read_back(plan: SafetyPlan, section: SectionId) -> Question:
    values = {
        "title": title_of(section, plan),
        "lines": "\n".join(for_message(plan.unchecked)),
    }
    if sections()[section].private:
        return Question((Say("plan.check_private", values),))
    fresh = [line for line in plan.unchecked if line.id not in plan.asked_clearer]
    vague = tuple(line for line in fresh if could_be_clearer(line.words))
    if vague:
        return Question((Say("plan.check_clearer", values),), vague)
    if section is SectionId.PEOPLE_TO_TALK_TO and fresh:
        friends = tuple(line for line in fresh if is_company(line.words))
        if len(friends) == len(plan.lines(section)):
            return Question((Say("plan.check_friends", values),), friends)
    return Question((Say("plan.check", values),))
