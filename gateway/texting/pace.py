"""More texts than anybody writes: read, screened and kept, but not each one answered.

Every answer is a text that a charity pays for. Crisis words are not in this: they leave
before any step is asked, however many texts there are.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.words import Words
from channels.per_address import Knocks
from escalation import replies
from foundations.saying import Channel, Say
from gateway.fixed_words import ONE_LINE
from gateway.turn import Answer, Turn


@dataclass(frozen=True)
class Pace:
    """So many texts of one person within a window of time are each answered."""

    name: str
    most: int
    within: timedelta


PACES: Final = (
    Pace("texts-a-minute", 30, timedelta(minutes=1)),
    Pace("texts-in-ten-minutes", 150, timedelta(minutes=10)),
)
"""One every two seconds, or every four for ten minutes: twice what fast thumbs do."""


class PaceStep:
    """Says once that texts come too fast to answer, then is silent until they slow."""

    def __init__(self, knocks: Knocks, words: Words) -> None:
        self._knocks = knocks
        self._words = words

    async def __call__(self, turn: Turn) -> Answer | None:
        """Let everything through that comes at a person's pace, and every chat."""
        if turn.channel is not Channel.SMS:
            return None
        over = [
            texts - pace.most
            for pace in PACES
            if (texts := await self._count(turn, pace)) > pace.most
        ]
        if not over:
            return None
        if max(over) > 1:
            return Answer(())
        crisis = replies.say(ONE_LINE, turn.channel.value).text
        said = Say("texting.too_fast", {"crisis": crisis})
        return Answer((self._words.render(said, turn.channel),))

    async def _count(self, turn: Turn, pace: Pace) -> int:
        return await self._knocks.add(pace.name, turn.conversation.id, pace.within)
