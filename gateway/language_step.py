"""What chooses a language: a word for it, from anywhere, or a message in it."""

from dataclasses import dataclass

from bot.languages import ENGLISH, Languages
from bot.words import Words
from foundations.saying import Say
from gateway.turn import Answer, Turn
from storage import Database


@dataclass(frozen=True)
class LanguageStep:
    """Keeps the choice with the conversation; the answer is said in it already.

    Another language's word says it again where it is spoken; nothing else knows it.
    """

    database: Database
    words: Words
    languages: Languages

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer what chooses a language; leave every other message.

        Who has chosen none chooses it by writing in it, but for an answer to share.
        """
        asked = self.languages.asked_for(turn.text)
        if asked is None and turn.conversation.language is None and not turn.asked:
            asked = self.languages.written_in(turn.text)
        spoken_now = self.languages.spoken_here(turn.conversation.language) or ENGLISH
        if asked is None or asked == spoken_now == ENGLISH:
            return None
        if asked != ENGLISH and self.languages.spoken_here(asked) is None:
            return self._say(turn, "about.other_language")
        await self.database.write(
            lambda unit: unit.conversations.set_language(
                turn.conversation.id, None if asked == ENGLISH else asked
            )
        )
        return self._say(turn, "language.chosen")

    def _say(self, turn: Turn, key: str) -> Answer:
        return Answer((self.words.render(Say(key), turn.channel),))
