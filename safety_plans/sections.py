"""The sections' names, purposes and ideas, read from `sections.yml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foundations.content import read_yaml
from safety_plans.plan import SafetyPlan, SectionId


@dataclass(frozen=True)
class Idea:
    """A reviewed suggestion; it joins a plan only when picked, word for word.

    `words` may hold the gap `{number}`, filled from the service named by `contact`.
    """

    id: str
    words: str
    night: bool = False
    easy: bool = False
    contact: str | None = None
    suits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """What one section is called, what it is for, and where an export files it.

    Lines of a `private` section are counted, not repeated, outside the plan page.
    """

    id: SectionId
    title: str
    literal_title: str
    sms_title: str
    purpose: str
    stanley_brown: str
    nice: str
    ideas: tuple[Idea, ...]
    private: bool = False

    @property
    def number(self) -> int:
        """Number the section as a person would ask for it: `PLAN 4`."""
        return tuple(SectionId).index(self.id) + 1


@dataclass(frozen=True)
class Sections:
    """Every section, with the few words that go around ideas and private lines."""

    by_id: Mapping[SectionId, Section]
    none_of_these: str
    skip: str
    all_of_these: str
    share_it: str
    share_a_week: str
    dont_share: str
    one_kept_private: str
    many_kept_private: str
    more: str
    held_title: str
    held: tuple[tuple[str, str], ...]
    clearing: tuple[tuple[str, str], ...]
    could_be_clearer: frozenset[str]
    company: frozenset[str]
    can_be_told: frozenset[str]

    def __getitem__(self, section: SectionId) -> Section:
        """Give one section."""
        return self.by_id[section]

    def kept_private(self, count: int) -> str:
        """Say how many lines are shown only on the plan page."""
        if count == 1:
            return self.one_kept_private
        return self.many_kept_private.format(count=count)

    def and_more(self, count: int) -> str:
        """Say how many lines a message leaves out for length."""
        return self.more.format(count=count)

    def numbered(self, number: int) -> Section | None:
        """Find the section a person asked for by number, 1 to 9."""
        return next((s for s in self.by_id.values() if s.number == number), None)


@cache
def sections() -> Sections:
    """Read `sections.yml` once; ValueError unless it holds every section, in order."""
    path = Path(__file__).with_name("sections.yml")
    content = read_yaml(path)
    by_id = {
        SectionId(name): _section(SectionId(name), entry)
        for name, entry in content["sections"].items()
    }
    if tuple(by_id) != tuple(SectionId):
        raise ValueError("sections.yml must hold every section, in order")
    picking = content["picking"]
    private = content["kept_private"]
    return Sections(
        by_id,
        none_of_these=picking["none_of_these"],
        skip=picking["skip"],
        **content["sharing"],
        one_kept_private=private["one"],
        many_kept_private=private["many"],
        more=content["and_more"],
        held_title=content["held"]["title"],
        held=tuple((one["label"], one["says"]) for one in content["held"]["choices"]),
        clearing=tuple((one["label"], one["says"]) for one in content["clearing"]),
        could_be_clearer=frozenset(content["could_be_clearer"]),
        company=frozenset(content["company"]),
        can_be_told=frozenset(content["can_be_told"]),
    )


def _section(section: SectionId, entry: Mapping[str, Any]) -> Section:
    return Section(
        id=section,
        title=entry["title"],
        literal_title=entry.get("literal_title", entry["title"]),
        sms_title=entry["sms_title"],
        purpose=entry["purpose"],
        stanley_brown=entry["stanley_brown"],
        nice=entry["nice"],
        private=entry.get("private", False),
        ideas=tuple(
            Idea(**{**idea, "suits": tuple(idea.get("suits", ()))})
            for idea in entry["ideas"]
        ),
    )


def ideas_for(
    section: SectionId,
    plan: SafetyPlan,
    *,
    contacts: Mapping[str, str],
    at_night: bool,
    easy: bool = False,
    count: int = 3,
) -> tuple[Idea, ...]:
    """Choose ideas not yet hidden, seen or already in the plan, as words to pick.

    At night those that work at 2 a.m. come first, and for someone for whom it is all
    too much those that ask little; when all have been seen, they come round again.
    `contacts` maps a service to its number as people read it.
    """
    have = {line.words for line in plan.all_lines}
    fresh = [
        idea
        for idea in with_numbers(sections()[section].ideas, contacts)
        if idea.id not in plan.ideas_hidden and idea.words not in have
    ]
    fresh.sort(
        key=lambda idea: (
            idea.id in plan.ideas_seen,
            at_night > idea.night,
            easy > idea.easy,
        )
    )
    return tuple(fresh[:count])


def with_numbers(
    ideas: Sequence[Idea], contacts: Mapping[str, str]
) -> tuple[Idea, ...]:
    """Fill in services' numbers, leaving out ideas whose number is not known."""
    return tuple(
        Idea(
            idea.id,
            idea.words.format(number=contacts[idea.contact])
            if idea.contact
            else idea.words,
            idea.night,
            idea.easy,
            idea.contact,
            idea.suits,
        )
        for idea in ideas
        if idea.contact is None or idea.contact in contacts
    )


def could_be_clearer(words: str) -> bool:
    """Tell whether a line could mean so many things that it is hard to use."""
    return " ".join(words.split()).casefold().rstrip(".!") in (
        sections().could_be_clearer
    )


def is_company(words: str) -> bool:
    """Tell whether a line names a friend, and nobody grown up and no service.

    A friend is good company; none should be the only one who is told.
    """
    named = set(re.findall(r"\w+", words.casefold()))
    return bool(named & sections().company) and not named & sections().can_be_told


def picked(words: str, section: SectionId, contacts: Mapping[str, str]) -> Idea | None:
    """Find the idea these words pick: the whole of one, whatever the capitals."""
    asked = " ".join(words.split()).casefold()
    return next(
        (
            idea
            for idea in with_numbers(sections()[section].ideas, contacts)
            if idea.words.casefold() == asked
        ),
        None,
    )
