"""Changing an organisation's cover: one change at a time, each checked as a whole.

A change that would leave nobody to ask is refused, whatever it is.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, Final

from foundations.gsm7 import encoding
from handover.on_call import Place
from handover.organisation import Organisation
from handover.reading import read_cover, read_on_call, read_timers
from handover.writing import Written, written

LONGEST_SAID: Final = 100
LONGEST_NAME: Final = 60
MOST_ROWS: Final = 20
LONGEST_WAIT: Final = 240
"""Minutes."""


class Refusal(str, Enum):
    """Why a change is not made; nothing is changed then."""

    UNREADABLE = "unreadable"
    NO_HOURS = "no_hours"
    NO_LEAD = "no_lead"
    NO_WAY = "no_way"
    SAME_NAME = "same_name"
    SAID = "said"
    TIMES = "times"
    TOO_MANY = "too_many"


class NotChanged(Exception):
    """A change that was refused."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


def with_cover(organisation: Organisation, plan: Mapping[str, Any]) -> Organisation:
    """Put what was written down in place of what the file says. Raises NotChanged."""
    try:
        made = replace(
            organisation,
            cover_hours=" ".join(str(plan["cover_hours"]).split()),
            cover=read_cover(plan["cover"]),
            timers=read_timers(plan["timers"]),
            on_call=read_on_call(plan["on_call"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NotChanged(Refusal.UNREADABLE) from None
    why = _refusal(made)
    if why is not None:
        raise NotChanged(why)
    return made


def add_hours(organisation: Organisation, row: Mapping[str, Any]) -> Written:
    """Cover these hours too."""
    plan = written(organisation)
    plan["cover"]["hours"].append(dict(row))
    return plan


def remove_hours(organisation: Organisation, place: int) -> Written:
    """Cover a row of hours no more."""
    plan = written(organisation)
    _remove(plan["cover"]["hours"], place)
    return plan


def say_hours(organisation: Organisation, said: str, *, shifts_count: bool) -> Written:
    """Say the hours in words, as a young person reads them before any yes."""
    plan = written(organisation)
    plan["cover_hours"] = said
    plan["cover"]["shifts"] = "counted" if shifts_count else "not counted"
    return plan


def set_timers(organisation: Organisation, timers: Mapping[str, Any]) -> Written:
    """Change when staff are reminded, and when the young person is told."""
    return {**written(organisation), "timers": dict(timers)}


def add_contact(
    organisation: Organisation, place: str, contact: Mapping[str, Any]
) -> Written:
    """Put somebody on call, at the end of a place in the chain."""
    plan = written(organisation)
    if place not in plan["on_call"]:
        raise NotChanged(Refusal.UNREADABLE)
    plan["on_call"][place].append(dict(contact))
    return plan


def remove_contact(organisation: Organisation, name: str) -> Written:
    """Take somebody off the chain."""
    plan, (place, index) = _found(organisation, name)
    _remove(plan["on_call"][place], index)
    return plan


def ask_earlier(organisation: Organisation, name: str) -> Written:
    """Ask somebody before the one above them in the same place."""
    plan, (place, index) = _found(organisation, name)
    contacts = plan["on_call"][place]
    before = max(index - 1, 0)
    contacts[before], contacts[index] = contacts[index], contacts[before]
    return plan


def add_turn(organisation: Organisation, name: str, row: Mapping[str, Any]) -> Written:
    """Give somebody a turn of their own; without one they are on call at any time."""
    plan, (place, index) = _found(organisation, name)
    contact = plan["on_call"][place][index]
    contact["hours"] = [*contact.get("hours", ()), dict(row)]
    return plan


def remove_turn(organisation: Organisation, name: str, row: int) -> Written:
    """Take a turn away."""
    plan, (place, index) = _found(organisation, name)
    contact = plan["on_call"][place][index]
    turns = list(contact.get("hours", ()))
    _remove(turns, row)
    contact["hours"] = turns
    return plan


def _found(organisation: Organisation, name: str) -> tuple[Written, tuple[str, int]]:
    plan = copy.deepcopy(written(organisation))
    for place in Place:
        for index, one in enumerate(plan["on_call"][place.value]):
            if one["name"] == name:
                return plan, (place.value, index)
    raise NotChanged(Refusal.UNREADABLE)


def _remove(rows: list[Any], place: int) -> None:
    if not 0 <= place < len(rows):
        raise NotChanged(Refusal.UNREADABLE)
    del rows[place]


def _refusal(made: Organisation) -> Refusal | None:
    everyone = made.on_call.everyone()
    names = [one.name for one in everyone]
    rows = [len(made.cover.hours), len(everyone), *(len(one.hours) for one in everyone)]
    rules: Sequence[tuple[object, Refusal]] = (
        (made.cover.hours, Refusal.NO_HOURS),
        (made.on_call.places[Place.LEAD], Refusal.NO_LEAD),
        (all(one.addresses for one in everyone), Refusal.NO_WAY),
        (len(set(names)) == len(names), Refusal.SAME_NAME),
        (all(0 < len(name) <= LONGEST_NAME for name in names), Refusal.UNREADABLE),
        (_fits_a_text(made.cover_hours), Refusal.SAID),
        (_rise(made), Refusal.TIMES),
        (max(rows) <= MOST_ROWS, Refusal.TOO_MANY),
        (all(row.weekdays for row in made.cover.hours), Refusal.UNREADABLE),
        (
            all(row.weekdays for one in everyone for row in one.hours),
            Refusal.UNREADABLE,
        ),
    )
    return next((why for is_right, why in rules if not is_right), None)


def _fits_a_text(said: str) -> bool:
    return 0 < len(said) <= LONGEST_SAID and encoding(said) == "GSM-7"


def _rise(made: Organisation) -> bool:
    """Each step comes after the one before it, and none is left to the next day."""
    steps = list(made.timers.alert.values())
    told = made.timers.tell
    rising = steps == sorted(set(steps)) and told[0] >= 1
    return rising and max(*steps, *told) <= LONGEST_WAIT
