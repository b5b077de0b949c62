"""Carrier words: STOP ends reminders and not the conversation; HELP is the card."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from bot.words import Words
from escalation import replies
from foundations.saying import Channel, Say
from gateway.fixed_words import ONE_LINE, fixed
from gateway.turn import Answer, Turn
from safety_plans import editing
from storage import Database, UnitOfWork
from storage.records import Owner

LAST_WORDS: Final = ("carrier.stopped", "carrier.stopped_for_good")
"""What the first STOP and the second one are answered with; both name who to call."""

STILL_WAITS: Final = "carrier.stopped_waiting"
"""Stands in for the first while a request for a worker waits: STOP ends no request."""
ANSWER_STOP: Final = frozenset({*LAST_WORDS, STILL_WAITS})

SILENT_FROM: Final = len(LAST_WORDS)
"""So many STOPs in a row end every text of ours but the answer to HELP, until START."""


class OptOut(str, Enum):
    """What a carrier word asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


ReadCarrierWord = Callable[[str], OptOut | None]


class OptOutStep:
    """Counts STOPs and says what they change; only texts have carrier words."""

    def __init__(self, database: Database, words: Words, read: ReadCarrierWord) -> None:
        self._database = database
        self._words = words
        self._read = read

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer STOP, START and HELP; leave every other message to the next step."""
        if turn.channel is not Channel.SMS:
            return None
        word, stopped = self._read(turn.text), turn.conversation.stopped
        match word:
            case OptOut.START:
                await self._set(turn, 0)
                return self._say(turn, Say("carrier.started"))
            case OptOut.HELP:
                # Asked for by name, so answered after any number of STOPs, as a
                # carrier's own HELP is. It takes nothing back.
                language = turn.conversation.language
                return Answer(fixed((replies.CARD,), turn.channel, language))
            case _ if stopped >= SILENT_FROM:
                return Answer(())
            case OptOut.STOP:
                await self._set(turn, stopped + 1)
                crisis = replies.say(ONE_LINE, turn.channel.value).text
                waits = turn.conversation.owner is Owner.WAITING and not stopped
                key = STILL_WAITS if waits else LAST_WORDS[stopped]
                return self._say(turn, Say(key, {"crisis": crisis}))
            case None:
                return None

    def _say(self, turn: Turn, say: Say) -> Answer:
        return Answer((self._words.render(say, turn.channel),))

    async def _set(self, turn: Turn, times: int) -> None:
        await self._database.write(lambda unit: _keep(unit, turn, times))


def _keep(unit: UnitOfWork, turn: Turn, times: int) -> None:
    """Count, and after STOP ask nothing more about a plan until it is asked for."""
    person = turn.conversation.young_person
    unit.conversations.set_stopped(turn.conversation.id, times)
    if not times:
        unit.outbox.block_lifted(person)
    elif turn.plan_open:
        editing.pause_building(unit.plans, person, now=unit.clock())
