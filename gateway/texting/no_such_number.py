"""A bare number by text that is not in the last list: which there are, and the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Channel, Reply, Say
from gateway.questions import OF_CARE
from gateway.turn import Answer, Turn
from storage import Database
from storage.records import StoredMessage

STANDS_FOR: Final = timedelta(hours=1)
"""So long a list may be said again as it was; who is open may be another by then."""


@dataclass(frozen=True)
class NoSuchNumberStep:
    """Stands after every step that may mean something by a number: an age, a time.

    A plan keeps its numbers: they may be lines of it.
    """

    database: Database
    words: Words
    clock: Clock

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer a number that a list does not have; leave all else to the next."""
        if turn.channel is not Channel.SMS or turn.plan_open or not _is_bare(turn.text):
            return None
        said = await self.database.read(
            lambda unit: unit.messages.last_answer(turn.conversation.id)
        )
        listed = [one for one in said if one.choices]
        if not listed or not self._may_be_said_again(said):
            return None
        # Who is asked for consent is asked again anyway, by the step that asks.
        again = () if turn.asked else map(_again, listed)
        return Answer((self._which(sum(len(one.choices) for one in listed)), *again))

    def _may_be_said_again(self, said: Sequence[StoredMessage]) -> bool:
        """Tell whether it was said lately, by its places; care asks for itself."""
        return self.clock() - said[-1].said_at < STANDS_FOR and not any(
            one.key.startswith(OF_CARE)
            or any(choice.number is not None for choice in one.choices)
            for one in said
        )

    def _which(self, last: int) -> Reply:
        key = "no_such_number" if last > 1 else "only_one_number"
        say = Say(f"answers.{key}", {"first": "1", "last": str(last)})
        return self.words.render(say, Channel.SMS)


def _is_bare(text: str) -> bool:
    said = text.strip().rstrip(".)").strip()
    return said.isascii() and said.isdigit() and len(said) <= 2


def _again(listed: StoredMessage) -> Reply:
    return Reply(listed.key, listed.text, listed.choices, listed.speaker)
