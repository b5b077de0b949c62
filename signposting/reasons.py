"""Says the reasons for a choice in words: "open now, by text, free"."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from signposting.answers import Because, Reason, Signpost
from signposting.phrases import Phrases
from signposting.records import Way

SOON = timedelta(minutes=60)


def because(phrases: Phrases, signpost: Signpost, at: datetime) -> str:
    """Say every reason of a signpost in order, and when it shuts if that is near."""
    said = [_said(phrases, signpost, reason) for reason in signpost.reasons]
    return ", ".join([*said, *_shuts(phrases, signpost, at)])


def closes_soon(signpost: Signpost, at: datetime) -> datetime | None:
    """Give the closing moment when under an hour is left."""
    closes = signpost.hours.closes_at
    return closes if closes and closes - at < SOON else None


def _said(phrases: Phrases, signpost: Signpost, reason: Reason) -> str:
    match reason.because:
        case Because.BY_WAY:
            return phrases.way(Way(reason.about))
        case Because.FOR_AGES:
            ages = phrases.ages(signpost.service.ages) or ""
            return phrases.say("reasons", "for_ages", ages=ages)
        case Because.FOR_AUDIENCE:
            audience = phrases.say("audiences", reason.about)
            return phrases.say("reasons", "for_audience", audience=audience)
        case Because.NEAR:
            return phrases.say("reasons", "near", area=reason.about)
        case _:
            return phrases.say("reasons", reason.because.value)


def _shuts(phrases: Phrases, signpost: Signpost, at: datetime) -> Iterator[str]:
    closes = closes_soon(signpost, at)
    if closes:
        yield phrases.say("reasons", "shuts", time=phrases.clock(closes))
