"""What goes with an answer is kept with its message, for whoever takes it up later.

A gateway that goes between writing a message down and answering it leaves both: the
fixed words round the answer, the plan that was to start, the greeting of a first text.
"""

import json
from functools import partial

from bot.languages import Languages
from escalation.day_after import Turn
from gateway.fixed_words import fixed
from gateway.received import Beside, Received
from storage import UnitOfWork
from storage.records import Owner, Unanswered


def kept_with(turn: Turn, *, is_first: bool) -> str | None:
    """Write down what goes with an answer: keys and marks, nothing that was said."""
    goes_on = turn.starts_plan or turn.asks_on
    if not (turn.before or turn.after or goes_on or is_first):
        return None
    return json.dumps(
        {
            "before": turn.before,
            "after": turn.after,
            "starts_plan": turn.starts_plan,
            "asks_on": turn.asks_on,
            "is_first": is_first,
        }
    )


def taken_up(unit: UnitOfWork, left: Unanswered, languages: Languages) -> Received:
    """Give a message that nobody answered as it was when it came in."""
    conversation = unit.conversations.get(left.conversation)
    with_it = json.loads(left.beside) if left.beside else {}
    say = partial(
        fixed,
        channel=left.channel,
        language=languages.spoken_here(conversation.language),
        with_worker=conversation.owner is Owner.STAFF,
    )
    return Received(
        conversation=left.conversation,
        inbox=left.inbox_id,
        message=left.message_id,
        channel=left.channel,
        text=left.text,
        received_at=left.received_at,
        beside=Beside(say(with_it.get("before", ())), say(with_it.get("after", ()))),
        is_first=with_it.get("is_first", False),
        starts_plan=with_it.get("starts_plan", False),
        asks_on=with_it.get("asks_on", False),
    )
