"""Reading the plan back: PLAN, PLAN 4, PLAN ALL, what helps me, who can I ring."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from bot.turns.safety_plan_asking import about_held
from foundations.gsm7 import segments
from foundations.saying import Channel, Choice, Say
from safety_plans.gaps import FILLED_IN, Gap
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sections import Section, sections
from safety_plans.showing import (
    addressed_for_message,
    filled_sections,
    fitting,
    for_message,
    name_for_message,
    whole_for_messages,
)

WORDS_AROUND_FIRST_PART: Final = {
    "plan.first_part": 24,
    "plan.first_part_after_a_while": 60,
}
"""The most characters that each of these puts around its values in a text."""

WHAT_HELPS: Final = (
    SectionId.GETTING_THROUGH,
    SectionId.LIFT_OR_CALM,
    SectionId.DISTRACTIONS,
)
NOBODY_TO_RING: Final = "plan.nobody_to_ring"
WHO_TO_RING: Final = (SectionId.PEOPLE_TO_TALK_TO, SectionId.EMERGENCY_SUPPORT)


def plan_words(
    command_text: str,
    plan: SafetyPlan,
    channel: Channel,
    *,
    asks_if_it_fits: bool = False,
) -> tuple[Say, ...]:
    """Answer `PLAN`, `PLAN 1` to `PLAN 9`, or `PLAN ALL`, in any capitals.

    The first useful part fits one segment of SMS whatever the plan holds, the
    question whether it still fits included.
    """
    if not plan.all_lines and not plan.held:
        return (Say("plan.empty"),)
    asked = " ".join(re.findall(r"[a-z0-9]+", command_text.casefold()))
    if asked.endswith("all"):
        return read_back(plan)
    number = re.search(r"\d+$", asked)
    if number is None and not plan.all_lines:
        return read_back(plan)
    if number is None:
        return first_part(plan, channel, asks_if_it_fits=asks_if_it_fits)
    section = sections().numbered(int(number[0]))
    if section is None:
        return (Say("plan.no_such_section"),)
    return part(plan, section)


def first_part(
    plan: SafetyPlan, channel: Channel, *, asks_if_it_fits: bool
) -> tuple[Say, ...]:
    """Say the first filled section, and how to get at the others."""
    filled = [sections()[section] for section in filled_sections(plan)]
    first, rest = filled[0], filled[1:]
    rows = for_message(plan.lines(first.id))
    if channel is Channel.WEB:
        values = {"title": first.title, "lines": "\n".join(rows)}
        opened = Say("plan.first_part_web", values, tuple(map(_to_open, rest)))
        return (opened, Say("plan.still_fits")) if asks_if_it_fits else (opened,)
    key = "plan.first_part_after_a_while" if asks_if_it_fits else "plan.first_part"
    numbers = ", ".join(str(section.number) for section in rest or [first])
    room = first.sms_title + numbers + "x" * WORDS_AROUND_FIRST_PART[key]
    lines = fitting(rows, lambda text: segments(room + text) == 1)
    values = {"title": first.sms_title, "lines": lines, "numbers": numbers}
    return (Say(key, values),)


def part(plan: SafetyPlan, section: Section) -> tuple[Say, ...]:
    """Say one section, or that it is empty and how to add to it."""
    values = {"title": section.title, "number": str(section.number)}
    lines = addressed_for_message(section.id, plan.lines(section.id))
    held = _about_held(plan, section.id)
    if not lines:
        return held or (Say("plan.part_empty", values),)
    return (Say("plan.part", {**values, "lines": lines}), *held)


def whole(plan: SafetyPlan) -> tuple[Say, ...]:
    """Say every section that holds anything, in as few messages as can be read.

    It begins with the name the person gave the plan, unless no message may repeat it.
    """
    shown = tuple(Say("plan.whole", {"lines": m}) for m in whole_for_messages(plan))
    name = name_for_message(plan)
    return (Say("plan.its_name", {"name": name}), *shown) if name and shown else shown


def read_back(plan: SafetyPlan) -> tuple[Say, ...]:
    """Say the whole plan, or that there is none yet, and ask about what is held."""
    shown = (*whole(plan), *_about_held(plan, *SectionId))
    return shown or (Say("plan.empty"),)


def held_asked_in(says: Sequence[Say]) -> SectionId | None:
    """Tell about which section's held lines these words ask."""
    numbers = (say.values["number"] for say in says if say.key == "plan.held")
    section = sections().numbered(int(next(numbers, "0")))
    return section.id if section else None


def _about_held(plan: SafetyPlan, *among: SectionId) -> tuple[Say, ...]:
    """Ask about the first of these sections that holds anything."""
    held = (one.section for one in plan.held if one.section in among)
    return tuple(about_held(section, plan) for section in islice(held, 1))


def what_helps(plan: SafetyPlan) -> tuple[Say, ...]:
    """Answer "what helps me" with the lines that a person can do by themselves."""
    return _lines_of(plan, WHAT_HELPS, "plan.what_helps", "plan.nothing_that_helps")


def who_to_ring(plan: SafetyPlan) -> tuple[Say, ...]:
    """Answer "who can I ring" with the people and services in the plan."""
    return _lines_of(plan, WHO_TO_RING, "plan.who_to_ring", NOBODY_TO_RING)


def question_about(gap: Gap) -> Say:
    """Ask about something the plan lacks, as a question with a way to fill it."""
    return Say(
        f"plan.gap_{gap.value}", {"number": str(sections()[FILLED_IN[gap]].number)}
    )


def _lines_of(
    plan: SafetyPlan, wanted: tuple[SectionId, ...], key: str, none: str
) -> tuple[Say, ...]:
    lines = [line for section in wanted for line in plan.lines(section)]
    if not lines:
        return (Say(none),)
    return (Say(key, {"lines": "\n".join(for_message(lines))}),)


def _to_open(section: Section) -> Choice:
    return Choice(label=section.title, value=f"PLAN {section.number}")
