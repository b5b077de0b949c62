"""Long texts that come in parts, in any order: put together, so that none is missed."""

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


def whole_texts(newest: str, recent: Sequence[RecentText]) -> tuple[str, ...]:
    """Give every long text that the newest one may be a part of, parts joined.

    `recent` is what the same sender sent before, oldest first. Only texts long enough
    to have been cut by the network are joined, with what came within ten seconds, in
    every order. A text that nobody wrote costs one unneeded offer of help; one that
    was missed could cost a great deal more.
    """
    parts = [r.text for r in recent if 0 <= r.age <= WINDOW_S][-(MOST_PARTS - 1) :]
    parts.append(newest)
    if len(parts) == 1 or not any(may_continue(part) for part in parts):
        return ()
    return tuple(dict.fromkeys(map(_joined, permutations(parts))))


def may_continue(part: str) -> bool:
    """Say whether a text is long enough to have been cut by the network."""
    return units(part) >= _NEARLY_FULL[encoding(part)]


def _joined(parts: Sequence[str]) -> str:
    """Join parts as they were: a full part may stop inside a word, a short one not."""
    joins = ["" if may_continue(part) else " " for part in parts[:-1]]
    return "".join(p + j for p, j in zip(parts, [*joins, ""], strict=True))
