"""Sharing a plan by message: what is asked for, and what is said to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from foundations.clock import in_london
from foundations.gsm7 import fold
from foundations.saying import Channel, Choice, Say
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.privacy import may_be_repeated
from safety_plans.sections import sections
from safety_plans.sharing import LASTS, PlanShare, ShareStatus
from safety_plans.showing import MOST_LETTERS, filled_sections

SHARE_NOW, DONT_SHARE = "share now", "don't share"
READY_FOR: Final = timedelta(hours=1)
"""A preview is what somebody says yes to only while they remember it."""

LONGEST_NAME_BY_TEXT: Final = 40
_PLAN: Final = r"(?:(?:some|part|parts|bits?) of )?(?:my |the )?(?:safety )?plan"
_START = re.compile(
    rf"(?:(?:can i|how do i|i want to|i wanna) )?(?:share {_PLAN}(?: with)?"
    rf"|(?:send|show) {_PLAN} to(?! me\b))(?: (?P<name>[^\n]{{1,40}}?))?\W*",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"share (?:(?P<parts>all|everything|\d(?:[\s,&+]|and|\d)*?) )?with "
    r"(?P<name>[^\n]{1,40}?)(?: for (?P<days>7|30|90) days)?[.!]*",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:yes,? )?share (?:it )?now\W*", re.IGNORECASE)
_NOT = re.compile(r"(?:do not|don'?t) share(?: it)?\W*", re.IGNORECASE)
_WHO = re.compile(r"(?:who can see|who has|who'?s got) my plan\W*|my shares\W*", re.I)
_END = re.compile(
    r"(?:unshare|stop sharing) (?:it |my plan )?(?:with )?"
    r"(?!all\b|everything\b)(?P<name>[^\n]{1,40}?)\W*",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d(?:[\s,&+]|and|\d)*", re.IGNORECASE)


@dataclass(frozen=True)
class Start:
    """Sharing is to begin; with a name when one was given."""

    name: str | None


@dataclass(frozen=True)
class Chosen:
    """Somebody, and which parts: section numbers, or None when not said yet."""

    name: str
    numbers: tuple[int, ...] | None
    lasts: timedelta


@dataclass(frozen=True)
class Agreed:
    """What was previewed is to be shared."""


@dataclass(frozen=True)
class Refused:
    """It is not to be shared."""


@dataclass(frozen=True)
class WhoHasIt:
    """What is open is asked for."""


@dataclass(frozen=True)
class End:
    """The shares with one person are to end."""

    name: str


Asked = Start | Chosen | Agreed | Refused | WhoHasIt | End
EVERYTHING: Final = (0,)


def read_sharing(text: str) -> Asked | None:
    """Read a whole message as one about sharing a plan; None for any other."""
    said = text.strip()
    if _NOW.fullmatch(said):
        return Agreed()
    if _NOT.fullmatch(said):
        return Refused()
    if _WHO.fullmatch(said):
        return WhoHasIt()
    if found := _START.fullmatch(said):
        return Start(found["name"])
    if found := _END.fullmatch(said):
        return End(found["name"])
    if found := _WITH.fullmatch(said):
        return Chosen(found["name"], _numbers(found["parts"]), _lasts(found["days"]))
    return None


def several_picked(text: str, offered: Sequence[Choice]) -> str | None:
    """Read "1 3" after the question which parts, as one choice of several."""
    if not _NUMBERS.fullmatch(text.strip()):
        return None
    picks = [read_sharing(choice.value) for choice in offered]
    places = [int(digit) for digit in re.findall(r"\d", text)]
    if not places or max(places) > len(picks) or min(places) == 0:
        return None
    numbers: list[int] = []
    for place in dict.fromkeys(places):
        pick = picks[place - 1]
        if not isinstance(pick, Chosen) or not pick.numbers:
            return None
        numbers.extend(pick.numbers)
        name = pick.name
    parts = "all" if 0 in numbers else " ".join(map(str, numbers))
    return f"share {parts} with {name}"


def asked_again(text: str, offered: Sequence[Choice]) -> Chosen | None:
    """Read numbers that are not all among the parts offered: which is asked again."""
    pick = read_sharing(offered[0].value) if offered else None
    if not (_NUMBERS.fullmatch(text.strip()) and isinstance(pick, Chosen)):
        return None
    return replace(pick, numbers=None)


def ask_which(plan: SafetyPlan, name: str) -> tuple[Say, ...]:
    """Ask which parts, of those that hold anything which may be shared."""
    parts = [
        section
        for section in filled_sections(plan)
        if any(map(may_be_repeated, plan.lines(section)))
    ]
    if not parts:
        return (Say("plan.share_nothing_there"),)
    about = [sections()[section] for section in parts]
    choices = [Choice(a.sms_title, f"share {a.number} with {name}") for a in about]
    everything = Choice(sections().all_of_these, f"share all with {name}")
    return (Say("plan.share_which", choices=(*choices, everything)),)


def sections_of(numbers: tuple[int, ...]) -> frozenset[SectionId]:
    """Name the sections that numbers stand for."""
    if numbers == EVERYTHING:
        return frozenset(SectionId)
    found = (sections().numbered(number) for number in numbers)
    return frozenset(section.id for section in found if section)


def previewed(share: PlanShare, chosen: Chosen, kept_back: int) -> tuple[Say, ...]:
    """Show exactly what would be seen, every word of it, and ask."""
    rows = rows_of(share)
    if kept_back:
        rows = (*rows, f"({sections().kept_private(kept_back)})")
    parts = "all" if chosen.numbers in (EVERYTHING, None) else _spaced(chosen)
    week = f"share {parts} with {chosen.name} for 7 days"
    words = sections()
    choices = [Choice(words.share_it, SHARE_NOW)]
    if chosen.lasts > timedelta(days=7):
        choices.append(Choice(words.share_a_week, week))
    choices.append(Choice(words.dont_share, DONT_SHARE))
    values = {
        "name": share.recipient,
        "day": day_of(share.expires_at),
        "lines": "\n".join(rows),
    }
    return (Say("plan.share_preview", values, tuple(choices)),)


def rows_of(share: PlanShare) -> tuple[str, ...]:
    """Write out what a share shows."""
    shown = share.shown
    if shown is None:
        return ()
    rows = [shown.name] if shown.name else []
    for part in shown.sections:
        rows += [part.title, *(f"- {line}" for line in part.lines)]
    return tuple(rows)


def is_too_long(share: PlanShare, channel: Channel) -> bool:
    """Tell whether a text cannot show the whole of it."""
    letters = sum(len(fold(row)) + 1 for row in rows_of(share))
    return channel is Channel.SMS and letters > MOST_LETTERS


def listed(shares: Sequence[PlanShare], now: datetime) -> tuple[Say, ...]:
    """List what is open, and until when."""
    rows = [
        f"- {fold(share.recipient)[:LONGEST_NAME_BY_TEXT]}, {day_of(share.expires_at)}"
        for share in shares
        if share.status(now) is ShareStatus.OPEN
    ]
    if not rows:
        return (Say("plan.shared_with_nobody"),)
    return (Say("plan.shared_with", {"lines": "\n".join(rows)}),)


def day_of(moment: datetime) -> str:
    """Say a day as a text would: 25 December."""
    there = in_london(moment)
    return f"{there.day} {there:%B}"


def _numbers(parts: str | None) -> tuple[int, ...] | None:
    if parts is None:
        return None
    digits = tuple(int(digit) for digit in re.findall(r"\d", parts))
    return digits or EVERYTHING


def _lasts(days: str | None) -> timedelta:
    return LASTS if days is None else timedelta(days=int(days))


def _spaced(chosen: Chosen) -> str:
    return " ".join(map(str, chosen.numbers or ()))
