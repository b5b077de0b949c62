"""What the dialogue raises and no phrase found: fixed words in place of its own.

It can only raise: whatever the screen found was answered before Rasa was asked.
"""

from typing import Final

from escalation import Raised, denies_plainly
from escalation.replies import first_key
from foundations.saying import Reply
from gateway.fixed_words import fixed
from gateway.rasa.dialogue import DialogueAway
from gateway.turn import Turn

MARK: Final = "raised."
"""Stands before a route in the key of Rasa's first reply, when it raises one."""
ASKS_FOR_THEIR_WORDS: Final = ("plan.", "feedback.")
"""What was asked just before is answered in words that may be heavy, and are meant
for there: a sign that things get hard is a line of a plan."""


def may_raise(turn: Turn) -> bool:
    """Tell whether what Rasa raises would be said, or its own answer is the better one.

    In the day after crisis words their offer is there already; and a plan is no place
    to be interrupted by a guess.
    """
    asked = turn.last_key or ""
    return not (turn.cared_for or asked.startswith(ASKS_FOR_THEIR_WORDS))


def what_was_raised(
    replies: tuple[Reply, ...],
) -> tuple[Raised | None, tuple[Reply, ...]]:
    """Tell what stands first in Rasa's answer, and give the answer without it.

    Raises DialogueAway when there is no answer after it, or no such route.
    """
    first, *rest = replies
    if not first.key.startswith(MARK):
        return None, replies
    try:
        raised = Raised(first.key.removeprefix(MARK))
    except ValueError:
        raise DialogueAway from None
    if not rest:
        raise DialogueAway
    return raised, tuple(rest)


def is_denied(text: str, raised: Raised) -> bool:
    """Tell whether the very thing that was raised is what was plainly said not to be.

    "Not suicidal just sad" denies nothing of what somebody else does to them.
    """
    return raised is Raised.SUICIDE and denies_plainly(text)


def raised_words(turn: Turn, raised: Raised) -> tuple[Reply, ...]:
    """Give the fixed words for it."""
    key = first_key(raised.screening)
    return fixed((key,), turn.channel, turn.conversation.language)
