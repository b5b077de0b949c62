"""Screening what came in: by itself, after what was said before, and joined again."""

from collections.abc import Sequence

from channels.sms.parts import RecentText, whole_texts
from escalation import Recent, Route, Screening, screen
from foundations.saying import Channel


def screened(text: str, recent: Sequence[Recent], channel: Channel) -> Screening:
    """Screen a message; a text that may be a part of a longer one is put together.

    Parts that called for fixed words by themselves have been answered already.
    """
    found = screen(text, recent)
    if found.route is not Route.NONE or channel is not Channel.SMS:
        return found
    parts = [
        RecentText(one.text, one.age_s)
        for one in recent
        if screen(one.text).route is Route.NONE
    ]
    for whole in whole_texts(text, parts):
        joined = screen(whole)
        if joined.route is not Route.NONE:
            return joined
    return found
