"""The crisis words as replies: picked by `escalation`, never made here."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from escalation import Route, Screening, is_card_request, replies
from foundations.gsm7 import segments
from foundations.saying import Channel, Choice, Reply
from gateway.texting.one_text import each_once, text_body

ONE_LINE = "escalation.one_line"
"""The reply that ends other texts: one short line with a number to call."""

QUESTIONS = frozenset(
    {
        "escalation.ask_safe",
        "escalation.ask_someone",
        "escalation.ask_you_too",
        "escalation.gentle_return",
    }
)
"""Words that go with another answer and ask something: nothing else asks then."""


def fixed(
    keys: Iterable[str],
    channel: Channel,
    language: str | None = None,
    *,
    with_worker: bool = False,
) -> tuple[Reply, ...]:
    """Give the reviewed words for these keys, in order; None is English."""
    said = (
        replies.say(key, channel.value, language=language, with_worker=with_worker)
        for key in keys
    )
    return tuple(_reply(one) for one in said)


def _reply(said: replies.FixedReply) -> Reply:
    choices = tuple(Choice(choice.label, choice.value) for choice in said.choices)
    return Reply(said.key, said.text, choices)


@lru_cache(maxsize=256)
def as_texted(said: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Keep the choices that a text has room for, the first ones.

    The words alone are what was reviewed; numbers never cost them a segment more. What
    is not shown is no choice either: a "1" to an unseen list would mean "I'm safe".
    """
    said = each_once(said)
    most = sum(replies.REPLIES[reply.key].most_segments for reply in said)
    for room in reversed(range(1 + sum(len(reply.choices) for reply in said))):
        kept = _first(room, said)
        if segments(text_body(kept)) <= most:
            return kept
    return _first(0, said)


def _first(room: int, said: tuple[Reply, ...]) -> tuple[Reply, ...]:
    kept: list[Reply] = []
    for reply in said:
        kept.append(replace(reply, choices=reply.choices[:room]))
        room -= len(kept[-1].choices)
    return tuple(kept)


def fixed_body(said: tuple[Reply, ...]) -> str:
    """Put fixed words into one text, with numbered choices where they fit."""
    return text_body(as_texted(said))


def crisis_words(
    text: str, screening: Screening, channel: Channel
) -> tuple[Reply, ...]:
    """Give what a text calls for when nothing is known of its sender: the route's
    first words, the card when it asks for that, or nothing."""
    if screening.route is not Route.NONE:
        return fixed((replies.first_key(screening),), channel)
    return fixed((replies.CARD,), channel) if is_card_request(text) else ()
