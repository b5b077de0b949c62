"""What is asked of the plan in words that need no understanding, outside a question."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.turns.known_words import as_read, plain
from bot.turns.safety_plan import read_back, what_helps, who_to_ring
from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_editing import how_to_edit, names_what_to_edit
from bot.turns.safety_plan_hearing import intent_of
from bot.turns.safety_plan_means import Heard
from bot.turns.safety_plan_offering import Turn
from bot.turns.safety_plan_said_to_us import wants_the_plan
from bot.turns.safety_plan_wishes import asks_to_make_one
from foundations.saying import Say

MAKE_A_PLAN: Final = "make a plan"
"""What starts a plan, or goes on with the one that was begun."""

_EDITS: Final = ("plan_edit", "plan_undo")

GO_ON: Final = "carry on"
"""What has an open plan ask its question again; it is no yes to "shall we start?"."""


def heard_without_rasa(building: Building, text: str) -> tuple[Say, ...]:
    """Take a message with nobody to understand it: a line, a change, a known request.

    Gives () when it is none of these, and the question, if one is open, stands.
    """
    if building.plan.stage is not None:
        return spoken(building, building.hear(Heard(text)))
    return building.edit(text) or requested(building, text)


def how_to_change(building: Building, text: str) -> tuple[Say, ...]:
    """Say how a line is changed; () where nothing tells that a plan is meant.

    "It was only a scratch" is guessed to be a wish to take something back.
    """
    plan = building.plan
    is_asked = bool(plan.all_lines) and intent_of(text) in _EDITS
    if plan.stage is None and not is_asked and not names_what_to_edit(text):
        return ()
    return how_to_edit(plan, text)


def asks_to_build(text: str) -> bool:
    """Tell whether a text is a wish to go on with a plan, or holds one to make it."""
    known = intent_of(text) in ("make_safety_plan", "plan_resume")
    return known or asks_to_make_one(text)


def goes_back_to_the_plan(text: str) -> bool:
    """Tell whether a text leaves another question for an open plan."""
    return asks_to_build(text) or wants_the_plan(as_read(plain(text)))


def spoken(building: Building, turn: Turn) -> tuple[Say, ...]:
    """Say what a turn led to, and the next question when one follows."""
    if turn.aside:
        return ()
    return (*turn.says, *(building.asking() if turn.building else ()))


def requested(building: Building, text: str) -> tuple[Say, ...]:
    """Answer a request that is word for word an example of one; () for any other.

    A plain wish to make a plan is heard whatever is around it.
    """
    answer = _ANSWERS.get(intent_of(text) or "")
    if answer is None and asks_to_make_one(text):
        answer = _start
    return answer(building, text) if answer else ()


def _start(building: Building, text: str) -> tuple[Say, ...]:
    return spoken(building, building.start())


_ANSWERS: Mapping[str, Callable[[Building, str], tuple[Say, ...]]] = {
    "make_safety_plan": _start,
    "plan_resume": _start,
    "plan_add": lambda building, text: spoken(building, building.add_to(text)),
    "plan_easy": lambda building, _: spoken(building, building.choose_easy()),
    "plan_literal": lambda building, _: building.choose_way("plan_literal").says,
    "plan_usual": lambda building, _: building.choose_way("plan_usual").says,
    "plan_show": lambda building, _: read_back(building.plan),
    "plan_what_helps": lambda building, _: what_helps(building.plan),
    "plan_who_to_ring": lambda building, _: who_to_ring(building.plan),
    "plan_edit": how_to_change,
    "plan_feelings": lambda building, _: (Say("plan.feelings"),),
}
"""By intent: what Rasa's rules would have done."""
