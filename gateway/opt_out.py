"""STOP and its family: reminders end, the conversation does not."""

from collections.abc import Callable
from enum import Enum

from bot.words import Words
from escalation import replies
from foundations.saying import Channel, Say
from gateway.fixed_words import ONE_LINE
from gateway.turn import Answer, Turn
from storage import Database


class OptOut(str, Enum):
    """What a carrier word asks for."""

    STOP = "stop"
    START = "start"


ReadCarrierWord = Callable[[str], OptOut | None]


class OptOutStep:
    """Counts STOPs and says what they change; only texts have carrier words."""

    def __init__(self, database: Database, words: Words, read: ReadCarrierWord) -> None:
        self._database = database
        self._words = words
        self._read = read

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer STOP and START; leave every other message to the next step."""
        if turn.channel is not Channel.SMS:
            return None
        match self._read(turn.text):
            case None:
                return None
            case OptOut.STOP:
                await self._set(turn, turn.conversation.stopped + 1)
                crisis = replies.say(ONE_LINE, turn.channel.value).text
                say = Say("carrier.stopped", {"crisis": crisis})
            case OptOut.START:
                await self._set(turn, 0)
                say = Say("carrier.started")
        return Answer((self._words.render(say, turn.channel),))

    async def _set(self, turn: Turn, times: int) -> None:
        await self._database.write(
            lambda unit: unit.conversations.set_stopped(turn.conversation.id, times)
        )
