"""Changing a plan by text: CHANGE 4.1 TO ..., DELETE 4.1, MOVE 4.1 TO 3, UNDO, ADD.

And settling what is held: ADD WHAT I WROTE IN PART 2, LEAVE OUT WHAT ...
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from foundations.ids import YoungPersonId
from foundations.saying import Choice, Say
from safety_plans import editing
from safety_plans.plan import PlanLine, SafetyPlan, SectionId
from safety_plans.repository import PlanHistory
from safety_plans.sections import sections
from safety_plans.showing import filled_sections
from safety_plans.splitting import items_in

_LINE: Final = (
    r"(?:line\s+|number\s+|part\s+)?(?P<section>\d)\s*[.:/-]\s*(?P<line>\d{1,3})"
)
_CHANGE = re.compile(
    rf"\s*(?:change|edit|swap|replace)\s+{_LINE}\s+(?:to|with|for|into)\s+(?P<words>.+?)\s*",
    re.IGNORECASE | re.DOTALL,
)
_SHOULD_SAY = re.compile(
    rf"\s*{_LINE}\s+should\s+(?:say|be|read)\s+(?P<words>.+?)\s*",
    re.IGNORECASE | re.DOTALL,
)
_REMOVE = re.compile(
    rf"\s*(?:delete|remove|take\s+out|cross\s+out|get\s+rid\s+of)\s+{_LINE}"
    r"(?:\s+(?:pls|plz|please|thanks))?\W*",
    re.IGNORECASE,
)
_MOVE = re.compile(
    rf"\s*move\s+{_LINE}\s+(?:to\s+)?(?:(?:part\s+)?(?P<to>\d)(?:\.(?P<place>\d{{1,3}}))?"
    r"|(?:the\s+)?(?P<way>up|down|top|first|bottom|last))\W*",
    re.IGNORECASE,
)
_RENAME = re.compile(
    r"\s*(?:call|name|rename)\s+(?:my|the)\s+plan\s+(?:to\s+|as\s+)?(?P<words>.+?)\s*",
    re.IGNORECASE | re.DOTALL,
)
_HELD = re.compile(
    r"\s*(?:(?P<keep>add|keep|put\s+in)|leave\s+out)\s+what\s+i\s+wrote\s+in"
    r"\s+part\s+(?P<section>\d)\W*",
    re.IGNORECASE,
)
_HELD_HERE = re.compile(
    r"\s*(?:(?:yes|yeah|ok|no|nah)\W+)?(?:just\s+)?"
    r"(?:(?P<keep>add|keep|put)|leave|drop)\s+(?:it|that)"
    r"(?:\s+(?:in|out|to|as it is))?(?:\s+(?:of\s+|to\s+|in\s+)?(?:my|the)\s+plan)?\W*",
    re.IGNORECASE,
)
_STAYS_OUT = re.compile(
    r"\s*(?:(?:no|nah|wait|actually|oh|sorry|please|pls)\W+)*"
    r"(?:dont|don[’']t|do not)\s+(?:put|add|keep|include)\b.{0,40}",
    re.IGNORECASE,
)
NAMES_NOTHING: Final = (
    r"(?:it|this|that|them|these|those|more|something|someone|stuff|things|what i wrote"
    r"|(?:a|an|another|one|some|new)(?: more| new| other)?"
    r"(?: (?:line|thing|contact|person|name|idea|number|one|bit|answer)s?)?)(?: else)?"
)
"""What "add ... to part 4" names when the words themselves are still to come."""
_ADD = re.compile(
    r"\s*(?:(?:can|could)\s+(?:you|u)\s+|(?:please|pls|also|oh|and)\W+)*(?:add|put)\s+"
    rf"(?!{NAMES_NOTHING}\s+(?:to|in|into|under|for)\b)(?P<words>[^.!?\n]+?)"
    r"\s+(?:to|in|into|under|for)\s+(?:part|number|section)\s+(?P<section>\d)"
    r"(?:\s+(?:pls|plz|please))?\W*",
    re.IGNORECASE,
)
_IS_WRONG = re.compile(
    r"\s*(?:(?:no|nah|wait|oh|hang on|actually|sorry|but)\W+)*"
    r"(?:(?:part|line|number|the)\s+)?[1-9](?:\s*[.:/-]\s*\d{1,3})?\s+"
    r"(?:is|was|isn[’']?t|wasn[’']?t)\s+(?:wrong|not right|right|incorrect)\b",
    re.IGNORECASE,
)
_UNDO = re.compile(r"\s*undo\W*", re.IGNORECASE)


_A_PART: Final = re.compile(r"\b[1-9]\b")
_NAMES_ONE: Final = re.compile(
    r"\b(?:plans?|lines?|sections?)\b|\bparts? \d|\b[1-9]\s*[.:/-]\s*\d"
    r"|\b(?:change|edit|swap|replace|delete|remove|move|(?:take|cross) out)\b.*\b\d\b",
    re.IGNORECASE,
)


def names_what_to_edit(text: str) -> bool:
    """Tell whether a text names a plan, a part of one or a line."""
    return _NAMES_ONE.search(text) is not None


def how_to_edit(plan: SafetyPlan, text: str = "") -> tuple[Say, ...]:
    """Say how a line is changed, of the part that was named or one that has lines."""
    filled = [sections()[section].number for section in filled_sections(plan)]
    named = [int(one[0]) for one in _A_PART.finditer(text)]
    part = next((one for one in (*named, *filled) if one in filled), 4)
    other = 3 if part != 3 else 4
    return (Say("plan.how_to_edit", {"number": str(part), "other": str(other)}),)


def clear_part(plan: SafetyPlan, section: SectionId | None) -> tuple[Say, ...]:
    """Ask whether every line of a part is to go, or say that it has none."""
    if section is None:
        return (Say("plan.no_such_section"),)
    about = sections()[section]
    number = str(about.number)
    if not plan.lines(section):
        return (Say("plan.part_empty", {"title": about.title, "number": number}),)
    choices = tuple(
        Choice(label, value.format(number=number))
        for label, value in sections().clearing
    )
    values = {"number": number, "count": str(len(plan.lines(section)))}
    return (Say("plan.clear_part", values, choices),)


@dataclass(frozen=True)
class _Edit:
    """One edit of one person's plan, at one moment."""

    history: PlanHistory
    young_person: YoungPersonId
    now: datetime

    def change(self, asked: re.Match[str]) -> Say:
        line = self._line(asked)
        if line is None:
            return _no_such_line(asked)
        editing.change_line(
            self.history, self.young_person, line.id, asked["words"], now=self.now
        )
        return _done("plan.line_changed", line.section)

    def remove(self, asked: re.Match[str]) -> Say:
        line = self._line(asked)
        if line is None:
            return _no_such_line(asked)
        editing.remove_line(self.history, self.young_person, line.id, now=self.now)
        return _done("plan.line_removed", line.section)

    def move(self, asked: re.Match[str]) -> Say:
        line = self._line(asked)
        to = sections().numbered(int(asked["to"])) if asked["to"] else None
        if line is None or (asked["to"] and to is None):
            return _no_such_line(asked)
        section = to.id if to else line.section
        editing.move_line(
            self.history,
            self.young_person,
            line.id,
            section=section,
            position=self._place(asked, line),
            now=self.now,
        )
        return _done("plan.line_moved", section)

    def rename(self, asked: re.Match[str]) -> Say:
        editing.rename_plan(
            self.history, self.young_person, asked["words"], now=self.now
        )
        return Say("plan.renamed")

    def held(self, asked: re.Match[str]) -> Say:
        picked = _picked(asked)
        if picked is None:
            return Say("plan.no_such_section")
        section, keep = picked.section, picked.keep
        settled = editing.settle_held(
            self.history, self.young_person, section, keep=keep, now=self.now
        )
        if not settled:
            return _done("plan.held_none", section)
        return _done("plan.held_added" if keep else "plan.held_left", section)

    def add(self, asked: re.Match[str]) -> Say:
        section = sections().numbered(int(asked["section"]))
        if section is None:
            return Say("plan.no_such_section")
        editing.add_lines(
            self.history,
            self.young_person,
            section.id,
            items_in(asked["words"]),
            now=self.now,
        )
        return _done("plan.held_added", section.id)

    def undo(self, asked: re.Match[str]) -> Say:
        undone = editing.undo(self.history, self.young_person, now=self.now)
        return Say("plan.undone" if undone else "plan.nothing_to_undo")

    def _line(self, asked: re.Match[str]) -> PlanLine | None:
        section = sections().numbered(int(asked["section"]))
        plan = editing.plan_of(self.history, self.young_person)
        if section is None:
            return None
        return editing.line_at(plan, section.id, int(asked["line"]))

    def _place(self, asked: re.Match[str], line: PlanLine) -> int | None:
        """Give the place asked for, from 0; None is the end."""
        if asked["place"]:
            return int(asked["place"]) - 1
        lines = editing.plan_of(self.history, self.young_person).lines(line.section)
        here = [one.id for one in lines].index(line.id)
        places = {"up": max(0, here - 1), "down": here + 1, "top": 0, "first": 0}
        return places.get((asked["way"] or "").lower())


def edited(
    text: str, history: PlanHistory, young_person: YoungPersonId, *, now: datetime
) -> tuple[Say, ...] | None:
    """Do the edit that a text asks for and say so; None when it asks for none.

    What was written is never said back: `PLAN 4` shows it where it may be shown.
    """
    edit = _Edit(history, young_person, now)
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Say]], ...] = (
        (_CHANGE, edit.change),
        (_SHOULD_SAY, edit.change),
        (_REMOVE, edit.remove),
        (_MOVE, edit.move),
        (_RENAME, edit.rename),
        (_UNDO, edit.undo),
        (_HELD, edit.held),
        (_ADD, edit.add),
    )
    for pattern, way in ways:
        if asked := pattern.fullmatch(text):
            return (way(asked),)
    return None


def is_edit(text: str) -> bool:
    """Tell whether a text asks for an edit, whatever it is of."""
    patterns = (_CHANGE, _SHOULD_SAY, _REMOVE, _MOVE, _RENAME, _UNDO, _HELD, _ADD)
    return any(pattern.fullmatch(text) for pattern in patterns)


def says_a_part_is_wrong(text: str) -> bool:
    """Tell "no 3 is wrong its chocolate", which needs the words of a change."""
    return _IS_WRONG.match(text) is not None


def adds_a_line(text: str) -> bool:
    """Tell whether a text adds a line to a part: "add swimming to part 4"."""
    return _ADD.fullmatch(text) is not None


@dataclass(frozen=True)
class HeldAnswer:
    """What was picked about the held lines of one section."""

    section: SectionId
    keep: bool


def held_answer(text: str, section: SectionId) -> HeldAnswer | None:
    """Read an answer, in more words than a yes or a no, about what `section` holds."""
    if asked := _HELD.fullmatch(text):
        return _picked(asked)
    if here := _HELD_HERE.fullmatch(text):
        return HeldAnswer(section, bool(here["keep"]))
    return HeldAnswer(section, False) if _STAYS_OUT.fullmatch(text) else None


def _picked(asked: re.Match[str]) -> HeldAnswer | None:
    section = sections().numbered(int(asked["section"]))
    return HeldAnswer(section.id, bool(asked["keep"])) if section else None


def _done(key: str, section: SectionId) -> Say:
    return Say(key, {"number": str(sections()[section].number)})


def _no_such_line(asked: re.Match[str]) -> Say:
    return Say("plan.no_such_line", {"line": f"{asked['section']}.{asked['line']}"})
