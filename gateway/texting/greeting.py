"""A new number is told what this is, in the same text as its first answer."""

from typing import Final

from bot.words import Words
from foundations.saying import Reply, Say
from gateway.received import Received

PERMISSION: Final = "plan.permission"
SAID_BY_THE_GREETING: Final = ({"welcome.hello"}, {"answers.nothing_to_repeat"})
"""Answers to a hello and to "what is this?": what the greeting says says it."""


def greeted(
    words: Words, received: Received, replies: tuple[Reply, ...]
) -> tuple[Reply, ...]:
    """Put the greeting before a first answer: two segments with a plan's permission.

    What is kept and who sees it is in both. It answers a hello and "what is this?".
    """
    if not received.is_first:
        return replies
    keys = {reply.key for reply in replies}
    brief = PERMISSION in keys
    key = "welcome.sms_before_plan" if brief else "welcome.sms"
    others = () if keys in SAID_BY_THE_GREETING else replies
    return (words.render(Say(key), received.channel), *others)
