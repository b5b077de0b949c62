"""What happens when nobody claims: whom staff alerts go to, and what is said when."""

from dataclasses import dataclass
from enum import Enum


class AlertStep(str, Enum):
    """The steps of the chain; each reaches further than the one before."""

    FIRST = "first"
    REMIND = "remind"
    SECOND = "second"
    LEAD = "lead"


@dataclass(frozen=True)
class Timers:
    """Minutes after cover began to be owed: staff steps, and words while waiting.

    `tell` is in rising order; its last is when waiting ends and something else begins.
    """

    alert: dict[AlertStep, int]
    tell: tuple[int, ...]
