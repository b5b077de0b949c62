"""Taking a share of a plan back in plain words, and whose share is meant by a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.turns.known_words import plain
from safety_plans.sharing import PlanShare

_IT: Final = r"(?:it|that|this|(?:any of )?(?:my|the) (?:safety )?plan|any of it)"
_NAME: Final = r"(?P<name>(?:\w+ ){0,4}?\w+)"
_WISH: Final = (
    r"(?:(?:i )?(?:want|wanna|would like|need) (?:to |you to )?|id like to |please "
    r"|(?:can|could) (?:you|u|i) |how (?:do|can) i )?"
)
_DONT: Final = r"(?:i )?(?:do not|dont|never)"
_LATER: Final = r"(?: any ?more| now| again| after all| please| pls)*"
_WITH: Final = rf"(?: (?:with|from) {_NAME})?"
_WAYS: Final = tuple(
    re.compile(way + _LATER)
    for way in (
        rf"{_WISH}take (?:it|the link|the share) back{_WITH}",
        rf"{_DONT} share(?: {_IT})? with {_NAME}",
        rf"{_DONT} want {_NAME} (?:to (?:see|have|read)|seeing|having|reading) {_IT}",
        rf"{_DONT} let {_NAME} (?:see|have|read) {_IT}",
        rf"{_DONT} show {_IT} to {_NAME}",
        rf"{_WISH}stop {_NAME} (?:from )?(?:seeing|reading|having) {_IT}",
    )
)
_WAYS_FOR_ALL: Final = tuple(
    re.compile(way + _LATER)
    for way in (
        rf"(?:i(?:ve| have)? )?changed my mind about (?:the )?sharing{_WITH}",
        rf"{_WISH}take (?:my|the) plan back{_WITH}",
        rf"{_WISH}stop sharing {_IT}{_WITH}",
        rf"{_WISH}unshare {_IT}{_WITH}",
        rf"{_DONT} (?:want to|wanna) (?:share|be sharing)(?: {_IT})?{_WITH}",
    )
)
"""The same, of everybody where nobody is named."""

_THEM: Final = frozenset(["her", "him", "them", "they"])
_EVERYBODY: Final = frozenset(
    ["anyone", "anybody", "people", "anyone else", "everyone"]
)
_SMALL: Final = frozenset(["my", "the", "a", "our", "or", "and"])


@dataclass(frozen=True)
class TakeBack:
    """A share is to end: with one person where one was named, or with everybody."""

    name: str | None
    everybody: bool = False


def take_back(text: str) -> TakeBack | None:
    """Read a whole message as a wish to end a share; None for any other."""
    said = plain(text)
    for ways, of_all in ((_WAYS, False), (_WAYS_FOR_ALL, True)):
        for found in filter(None, (way.fullmatch(said) for way in ways)):
            name = found["name"]
            if name in _EVERYBODY:
                return TakeBack(None, everybody=True)
            if name in _THEM:
                return TakeBack(None)
            return TakeBack(name, everybody=of_all and name is None)
    return None


def meant_by(name: str, shares: Sequence[PlanShare]) -> tuple[PlanShare, ...]:
    """Find the shares with somebody: exactly by name, else as "mum" is in "my mum"."""
    wanted = set(plain(name).split()) - _SMALL
    exact = tuple(share for share in shares if plain(share.recipient) == plain(name))
    if exact or not wanted:
        return exact
    return tuple(
        share
        for share in shares
        if wanted <= (theirs := set(plain(share.recipient).split()) - _SMALL)
        or (theirs and theirs <= wanted)
    )
