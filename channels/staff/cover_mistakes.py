"""Where a refused change of cover went wrong: its field, and what to say beside it."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Final

from channels.staff.cover_desk import CoverDeed
from handover.changing_cover import LONGEST_WAIT

Fields = Mapping[str, str]
Mistake = tuple[str, str]
"""The key of what to say, and the name of the field; "" where it is none of them."""

UNREADABLE: Final = "unreadable"
FIELD_OF: Final[Mapping[str, str]] = {
    "no_way": "way_sms",
    "same_name": "name",
    "not_allowed": "way_webhook",
    "said": "said",
    "times": "remind",
}
STEPS: Final = ("remind", "second", "lead")


def mistake_in(deed: CoverDeed, problem: str, fields: Fields) -> Mistake:
    """Find the field of a problem, and say more of what could not be read."""
    if problem in FIELD_OF:
        return problem, _step(fields) if problem == "times" else FIELD_OF[problem]
    unread = UNREAD.get(deed)
    if problem != UNREADABLE or unread is None:
        return problem, ""
    return unread(fields)


def _row(fields: Fields) -> Mistake:
    if not any(name.startswith("day_") for name in fields):
        return "no_days", "days"
    for name in ("opens", "closes"):
        if not _is_time(fields.get(name, "")):
            return "no_time", name
    return "no_holidays", "bank_holidays"


def _contact(fields: Fields) -> Mistake:
    if not fields.get("name"):
        return "no_contact", "name"
    if fields.get("way_sms"):
        return "no_number", "way_sms"
    return UNREADABLE, "name"


def _timers(fields: Fields) -> Mistake:
    """The first step that is no number; else what the young person is told."""
    wrong = (name for name in STEPS if not fields.get(name, "").isdecimal())
    return "no_minutes", next(wrong, "tell")


def _step(fields: Fields) -> str:
    """Name the first step that is not after the one before it, or is too late."""
    before = 0
    for name in STEPS:
        if not before < int(fields[name]) <= LONGEST_WAIT:
            return name
        before = int(fields[name])
    return "tell"


def _is_time(said: str) -> bool:
    try:
        time.fromisoformat(said)
    except ValueError:
        return False
    return True


UNREAD: Final[Mapping[CoverDeed, Callable[[Fields], Mistake]]] = {
    CoverDeed.ADD_HOURS: _row,
    CoverDeed.ADD_TURN: _row,
    CoverDeed.ADD_CONTACT: _contact,
    CoverDeed.TIMERS: _timers,
}
