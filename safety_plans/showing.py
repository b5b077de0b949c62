"""Shows a plan as plain text: for a message, one segment first, and for keeping."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from foundations.gsm7 import fold
from safety_plans.plan import HeldLine, PlanLine, SafetyPlan, SectionId
from safety_plans.privacy import may_be_repeated, names_a_way_of_harm
from safety_plans.sections import sections

MOST_LETTERS: Final = 600
"""About four segments of SMS: more in one message is not read."""

LONGEST_NAME: Final = 60
"""Characters of the plan's name that a message repeats."""

LONGEST_ROW: Final = 300
"""Characters of one line that a message repeats."""

# Marks that turn text around; a plan line may not turn the rest of a message.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(words: str) -> str:
    """Make a line's words safe to show on one row: no control or turning marks.

    Only the showing changes; the plan keeps what was written.
    """
    rows = re.sub(r"\s+", " ", words)
    return "".join(
        letter
        for letter in rows
        if unicodedata.category(letter) not in ("Cc", "Cs", "Cn")
        and letter not in _TURNING
    ).strip()


def for_message(lines: Sequence[PlanLine]) -> tuple[str, ...]:
    """Show lines as rows of a message; private ones are counted in a last row.

    A row or a list too long for a message is cut short; nothing kept is changed.
    """
    said = [f"- {fold(safe(line.words))}" for line in lines if may_be_repeated(line)]
    return _within(said, hidden=len(lines) - len(said))


def name_for_message(plan: SafetyPlan) -> str:
    """Give the plan's name as a message may hold it; empty when it has none such."""
    if not plan.name or names_a_way_of_harm(plan.name):
        return ""
    return fold(safe(plan.name))[:LONGEST_NAME]


def for_text(lines: Sequence[PlanLine], fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Show as many lines as rows as `fits` allows; the others are counted.

    A first line too long by itself is cut with dots; () when not even that fits.
    """
    said = [f"- {fold(safe(line.words))}" for line in lines if may_be_repeated(line)]
    return _as_many_as_fit(said, len(lines) - len(said), fits)


def held_for_text(
    held: Sequence[HeldLine],
    may_be_said: Callable[[str], bool],
    fits: Callable[[str], bool],
) -> tuple[str, ...]:
    """Show what is held as `for_text` shows lines; what may not be said is counted."""
    said = [
        f"- {fold(safe(one.words))}"
        for one in held
        if may_be_repeated(one) and may_be_said(one.words)
    ]
    return _as_many_as_fit(said, len(held) - len(said), fits)


def _as_many_as_fit(
    said: Sequence[str], hidden: int, fits: Callable[[str], bool]
) -> tuple[str, ...]:
    for count in range(_how_many(said), 0, -1):
        rows = _counted(said, count, hidden)
        if fits("\n".join(rows)):
            return rows
    if not said:
        return _counted(said, 0, hidden)
    for end in range(min(len(said[0]), LONGEST_ROW), len("- "), -1):
        cut = f"{said[0][:end].rstrip()}..."
        rows = (cut, *_counted(said, 1, hidden)[1:])
        if fits("\n".join(rows)):
            return rows
    return ()


def _within(said: Sequence[str], *, hidden: int) -> tuple[str, ...]:
    return _counted(said, _how_many(said), hidden)


def _how_many(said: Sequence[str]) -> int:
    """Count the rows that a message has letters for."""
    letters = 0
    for count, row in enumerate(map(_shortened, said)):
        letters += len(row)
        if letters > MOST_LETTERS:
            return count
    return len(said)


def _counted(said: Sequence[str], count: int, hidden: int) -> tuple[str, ...]:
    """Give the first rows, and count the others and those that stay private."""
    rows = [_shortened(row) for row in said[:count]]
    if more := len(said) - count:
        rows.append(f"- {sections().and_more(more)}")
    if hidden:
        rows.append(f"- {sections().kept_private(hidden)}")
    return tuple(rows)


def _shortened(row: str) -> str:
    return row if len(row) <= LONGEST_ROW else f"{row[:LONGEST_ROW].rstrip()}..."


def fitting(rows: Sequence[str], fits: Callable[[str], bool]) -> str:
    """Join as many rows as fit; a first row too long by itself is cut with dots."""
    for count in range(len(rows), 0, -1):
        joined = "\n".join(rows[:count])
        if fits(joined):
            return joined
    for end in range(min(len(rows[0]), 160), 0, -1):
        cut = f"{rows[0][:end].rstrip()}..."
        if fits(cut):
            return cut
    return "..."


def addressed_for_message(section: SectionId, lines: Sequence[PlanLine]) -> str:
    """Show a section's lines, each with the number that an edit names it by."""
    number = sections()[section].number
    said = [
        f"{number}.{place} {fold(safe(line.words))}"
        for place, line in enumerate(lines, start=1)
        if may_be_repeated(line)
    ]
    return "\n".join(_within(said, hidden=len(lines) - len(said)))


def filled_sections(plan: SafetyPlan) -> tuple[SectionId, ...]:
    """Name the sections that hold anything, in order."""
    return tuple(section for section in SectionId if plan.lines(section))


def whole_for_messages(plan: SafetyPlan) -> tuple[str, ...]:
    """Show every filled section, numbered as `PLAN 4` finds them, in few messages."""
    messages: list[str] = []
    for section in filled_sections(plan):
        about = sections()[section]
        rows = for_message(plan.lines(section))
        part = "\n".join((f"{about.number} {about.sms_title}", *rows))
        if messages and len(messages[-1]) + len(part) <= MOST_LETTERS:
            messages[-1] += f"\n{part}"
        else:
            messages.append(part)
    return tuple(messages)


def plain_text(plan: SafetyPlan) -> str:
    """Write out the whole plan for its owner to keep, in their own words throughout."""
    parts = [safe(plan.name)] if plan.name else []
    for section in filled_sections(plan):
        rows = (f"- {safe(line.words)}" for line in plan.lines(section))
        parts.append("\n".join((sections()[section].title, *rows)))
    return "\n\n".join(parts) + "\n"
