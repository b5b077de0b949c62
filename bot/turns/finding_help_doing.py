"""What finding help asks for beyond words: a plan line, a reminder, a report."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from signposting import Service


class WhatWentWrong(str, Enum):
    """Why a service did not work for somebody; nothing about them."""

    NOT_SAID = "not_said"
    WRONG_NUMBER = "wrong_number"
    SHUT = "shut"
    TOO_LONG = "too_long"
    WRONG_AGE = "wrong_age"
    OTHER = "other"


@dataclass(frozen=True)
class AddToPlan:
    """Put a service into the plan, in these words."""

    service: Service
    words: str


@dataclass(frozen=True)
class Remind:
    """Say so when a service opens, at an aware moment."""

    service: Service
    opens_at: datetime


@dataclass(frozen=True)
class StopReminding:
    """Call off every reminder."""


@dataclass(frozen=True)
class Report:
    """Note that a service did not work; `number` is a report made before."""

    service: Service
    reason: WhatWentWrong = WhatWentWrong.NOT_SAID
    number: int | None = None


Doing = AddToPlan | Remind | StopReminding | Report
