"""STOP and its family: reminders end, the conversation does not."""

from collections.abc import Callable
from enum import Enum

from bot.words import Words
from escalation import replies
from foundations.saying import Channel, Say
from gateway.fixed_words import ONE_LINE
from gateway.turn import Answer, Turn
from safety_plans import editing
from storage import Database, UnitOfWork


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
        await self._database.write(lambda unit: _keep(unit, turn, times))


def _keep(unit: UnitOfWork, turn: Turn, times: int) -> None:
    """Count, and after STOP ask nothing more about a plan until it is asked for."""
    unit.conversations.set_stopped(turn.conversation.id, times)
    if times and turn.plan_open:
        person = turn.conversation.young_person
        editing.pause_building(unit.plans, person, now=unit.clock())
