"""Sharing a plan by message: what is asked for, and what is said to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.turns.plan_parts import EVERYTHING, parts_named
from bot.turns.plan_sharing_ends import TakeBack, take_back
from foundations.clock import in_london
from foundations.gsm7 import fold
from foundations.saying import Channel, Choice, Say
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.privacy import may_be_repeated
from safety_plans.sections import sections
from safety_plans.sharing import LASTS, PlanShare, ShareStatus
from safety_plans.showing import MOST_LETTERS, filled_sections

WHO, WHICH, PREVIEW = "plan.share_who", "plan.share_which", "plan.share_preview"
"""The questions of sharing, in order."""

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
    r"(?:(?:can i|i want to|i wanna) )?share (?:(?P<parts>[^\n]{1,60}?) )?with "
    r"(?P<name>[^\n]{1,40}?)(?: for (?P<days>7|30|90) days)?[.!]*",
    re.IGNORECASE,
)
_LET = re.compile(
    r"(?:(?:can you|can i|i want to|i wanna|please|pls) )?let (?P<name>[^\n]{1,40}?) "
    r"(?:see|read|have) (?:(?P<parts>parts? [1-9][^\n]{0,30}?)|my plan)"
    r"(?: for (?P<days>7|30|90) days)?(?: (?:pls|please))?[.!]*",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:yes,? )?share (?:it )?now\W*", re.IGNORECASE)
_NOT = re.compile(r"(?:do not|don'?t) share(?: it)?\W*", re.IGNORECASE)
_SEES_IT = re.compile(
    r"(?:so |and )?who (?:can see|sees|can read|has) (?:it|this)"
    r"(?: (?:now|rn|right now))?\W*",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:who (?:can see|sees|can read|has)|who'?s got) my plan"
    r"(?: (?:now|rn|right now|at the moment|atm))?\W*|my shares\W*",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:unshare|stop sharing) (?:it |my plan )?(?:with )?"
    r"(?!all\b|everything\b)(?P<name>[^\n]{1,40}?)\W*",
    re.IGNORECASE,
)
_ONLY_NUMBERS = re.compile(r"(?:parts? )?\d(?:[\s,&+.:/-]|and|\d)*", re.IGNORECASE)


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


Asked = Start | Chosen | Agreed | Refused | WhoHasIt | End | TakeBack


def read_sharing(text: str) -> Asked | None:
    """Read a whole message as one about sharing a plan; None for any other."""
    said = text.strip()
    if _NOW.fullmatch(said):
        return Agreed()
    if _NOT.fullmatch(said):
        return Refused()
    if _WHO.fullmatch(said):
        return WhoHasIt()
    if (wish := take_back(said)) is not None:
        return wish
    if found := _START.fullmatch(said):
        return Start(found["name"])
    if found := _END.fullmatch(said):
        return End(found["name"])
    if found := _LET.fullmatch(said) or _WITH.fullmatch(said):
        return _chosen(found["name"], found["parts"], _lasts(found["days"]))
    return None


def asks_who_sees_it(text: str) -> bool:
    """Tell "who can see it", which is about a share only where there is one."""
    return _SEES_IT.fullmatch(text.strip()) is not None


def _chosen(name: str, parts: str | None, lasts: timedelta) -> Chosen | None:
    """Read who and which; numbers that are no parts ask again, "a joke" does not."""
    numbers = parts_named(parts) if parts else None
    if parts and numbers is None and not _ONLY_NUMBERS.fullmatch(parts):
        return None
    return Chosen(name, numbers, lasts)


def ask_which(plan: SafetyPlan, name: str, channel: Channel) -> tuple[Say, ...]:
    """Ask which parts, of those that hold anything which may be shared.

    A number is the part's own, as PLAN shows it: the third of a list could be another.
    By text "all" is a word, for any number might be taken for a part's.
    """
    parts = [
        section
        for section in filled_sections(plan)
        if any(map(may_be_repeated, plan.lines(section)))
    ]
    if not parts:
        return (Say("plan.share_nothing_there"),)
    about = [sections()[section] for section in parts]
    choices = [
        Choice(a.sms_title, f"share {a.number} with {name}", a.number) for a in about
    ]
    if channel is Channel.WEB:
        choices.append(Choice(sections().all_of_these, f"share all with {name}"))
    return (Say(WHICH, choices=tuple(choices)),)


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
    return (Say(PREVIEW, values, tuple(choices)),)


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


def _lasts(days: str | None) -> timedelta:
    return LASTS if days is None else timedelta(days=int(days))


def _spaced(chosen: Chosen) -> str:
    return " ".join(map(str, chosen.numbers or ()))
