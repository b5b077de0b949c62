"""The crisis words as replies: picked by `escalation`, never made here."""

from collections.abc import Iterable

from escalation import Route, Screening, replies
from foundations.saying import Channel, Choice, Reply


def fixed(keys: Iterable[str], channel: Channel) -> tuple[Reply, ...]:
    """Give the reviewed words for these keys, in order."""
    return tuple(_reply(key, channel) for key in keys)


def _reply(key: str, channel: Channel) -> Reply:
    said = replies.say(key, channel.value)
    choices = tuple(Choice(choice.label, choice.value) for choice in said.choices)
    return Reply(said.key, said.text, choices)


def first_words(screening: Screening, channel: Channel) -> tuple[Reply, ...]:
    """Give what a screening calls for when nothing else is known about the person."""
    if screening.route is Route.NONE:
        return ()
    return fixed(replies.first_keys(screening), channel)
