"""Long texts that come in parts, in any order: what to screen so none is missed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final

from foundations.gsm7 import encoding, units

WINDOW_S: Final = 10.0
MOST_PARTS: Final = 4

# A part that is not the last one is nearly full: 152 to 160 septets or 66 to 70
# code units, by which header the sender's network uses, less a little for a break
# at a word.
_NEARLY_FULL: Final = {"GSM-7": 146, "UCS-2": 62}


@dataclass(frozen=True)
class RecentText:
    """One text of the same sender; age in seconds at the moment of screening."""

    text: str = field(repr=False)
    age: float


def to_screen(newest: str, recent: Sequence[RecentText]) -> tuple[str, ...]:
    """Give every reading of the newest text that has to be screened, itself first.

    `recent` is what the same sender sent before, oldest first. What came within ten
    seconds is read on from there; when any of it is long enough to be a part of a
    longer text, it is read in every order. A reading that nobody wrote costs one
    unneeded offer of help; one that was missed could cost a great deal more.
    """
    parts = [r.text for r in recent if 0 <= r.age <= WINDOW_S][-(MOST_PARTS - 1) :]
    parts.append(newest)
    orders = [tuple(parts)]
    if any(_may_continue(part) for part in parts):
        orders.extend(permutations(parts))
    return tuple(dict.fromkeys([newest, *map(_joined, orders)]))


def _may_continue(part: str) -> bool:
    return units(part) >= _NEARLY_FULL[encoding(part)]


def _joined(parts: Sequence[str]) -> str:
    """Join parts as they were: a full part may stop inside a word, a short one not."""
    joins = ["" if _may_continue(part) else " " for part in parts[:-1]]
    return "".join(p + j for p, j in zip(parts, [*joins, ""], strict=True))
