"""Screening what came in: by itself, after what was said before, and joined again."""

from collections.abc import Sequence
from dataclasses import dataclass

from channels.sms.parts import RecentText, may_continue, whole_texts
from escalation import Recent, Route, Screening, screen
from foundations.saying import Channel


@dataclass(frozen=True)
class Look:
    """What was found in a message, and the earlier ones that it was read with."""

    screening: Screening
    recent: tuple[Recent, ...]


def look_at(text: str, recent: Sequence[Recent], channel: Channel) -> Look:
    """Screen a message, and keep with what it was read."""
    return Look(screened(text, recent, channel), tuple(recent))


def screened(text: str, recent: Sequence[Recent], channel: Channel) -> Screening:
    """Screen a message; a text that may be a part of a longer one is put together.

    Parts that called for fixed words by themselves have been answered already.
    """
    found = screen(text, recent)
    if found.route is not Route.NONE or channel is not Channel.SMS:
        return found
    if not any(map(may_continue, (text, *(one.text for one in recent)))):
        return found
    parts = [
        RecentText(one.text, one.age_s)
        for one in recent
        if not (screen(one.text).reasons if one.reasons is None else one.reasons)
    ]
    for whole in whole_texts(text, parts):
        joined = screen(whole)
        if joined.route is not Route.NONE:
            return joined
    return found
