"""An answer: at most three services, one way to reach each, and why each is there."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from signposting.hours import HoursAnswer
from signposting.records import Service, Way
from signposting.wishes import Wishes


class Because(str, Enum):
    """One reason for a choice; each has its words in phrases.yml."""

    OPEN_NOW = "open_now"
    PROBABLY_OPEN = "probably_open"
    HOURS_NOT_KNOWN = "hours_not_known"
    BANK_HOLIDAY = "bank_holiday"
    CLOSED = "closed"
    BY_WAY = "by_way"
    FOR_AGES = "for_ages"
    FOR_AUDIENCE = "for_audience"
    NEAR = "near"
    SUGGESTED = "suggested"
    FREE = "free"
    REPORTED = "reported"
    ALWAYS_THERE = "always_there"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason and what fills its gap: a way, an audience or the name of an area."""

    because: Because
    about: str = ""


@dataclass(frozen=True, slots=True)
class Signpost:
    """One service pointed to, one way to reach it, whether it is open, and why it."""

    service: Service
    way: Way
    hours: HoursAnswer
    reasons: tuple[Reason, ...]
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What is offered: at most three choices, in an order the reasons explain.

    `kind_is_open` is False when nothing of the wanted kind is open; then the choices
    are what is open instead (`is_for_anyone`: the same, and not only for people like
    them), `opens_next` is the first of the kind to open, and
    `not_sure` are those of the kind whose hours are not known (at most three).
    `emergency` is never filtered away.
    """

    choices: tuple[Signpost, ...]
    kind_is_open: bool
    opens_next: Signpost | None
    not_sure: tuple[Signpost, ...]
    emergency: Service
    wishes: Wishes
    at: datetime
    is_for_anyone: bool = False
