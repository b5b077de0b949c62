"""Somebody says that it is not that bad, and no crisis words were said before."""

from escalation.asked_after import NOTHING, asked_after
from gateway.fixed_words import fixed
from gateway.turn import Answer, Turn

_IN_NOTHING = frozenset({NOTHING})


class NothingFoundStep:
    """Answers "im not suicidal" kindly: it is no grief and no crisis."""

    async def __call__(self, turn: Turn) -> Answer | None:
        """Leave every other message, and what may be for a plan or was asked."""
        if turn.cared_for or turn.plan_open or turn.asked:
            return None
        asked = asked_after(turn.text, _IN_NOTHING)
        key = asked and asked.said_in(_IN_NOTHING)
        if not key:
            return None
        return Answer(fixed((key,), turn.channel, turn.conversation.language))
