"""One question after a conversation, and a free line: kept without any name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.words import Words
from foundations.saying import Say
from gateway.commands import Command, Handler
from gateway.turn import Answer, Turn
from storage import Database, UnitOfWork
from storage.feedback import Helped

ANSWERS: Final = {
    Command.FEEDBACK_HELPED: Helped.YES,
    Command.FEEDBACK_A_BIT: Helped.A_BIT,
    Command.FEEDBACK_NO: Helped.NO,
}
_ASKED_FOR: Final = re.compile(r"^\W*feedback\b\W*", re.IGNORECASE)


@dataclass(frozen=True)
class FeedbackAnswers:
    """Keeps feedback apart from whoever gives it."""

    database: Database
    words: Words

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command of feedback."""
        return {
            Command.FEEDBACK: self.say,
            **{command: self._keeping(helped) for command, helped in ANSWERS.items()},
        }

    async def say(self, turn: Turn) -> Answer:
        """Keep the words after the command word, if there are any."""
        said = _ASKED_FOR.sub("", turn.text).strip()
        if not said:
            return self._say(turn, "feedback.how")

        def keep(unit: UnitOfWork) -> None:
            unit.feedback.say(said)

        await self.database.write(keep)
        return self._say(turn, "feedback.kept")

    def _keeping(self, helped: Helped) -> Handler:
        async def answer(turn: Turn) -> Answer:
            await self.database.write(lambda unit: unit.feedback.answer(helped))
            return self._say(turn, "feedback.what_should_change")

        return answer

    def _say(self, turn: Turn, key: str) -> Answer:
        return Answer((self.words.render(Say(key), turn.channel),))
