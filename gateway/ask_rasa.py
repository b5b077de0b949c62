"""Ask Rasa; when it is away, the keyword menu answers with what still works."""

from bot.words import Words
from foundations.saying import Say
from gateway.commands import CommandStep
from gateway.dialogue import Dialogue, DialogueAway, Question
from gateway.turn import Answer, Turn


class AskRasaStep:
    """The last step: it answers everything."""

    def __init__(self, dialogue: Dialogue, commands: CommandStep, words: Words) -> None:
        self._dialogue = dialogue
        self._commands = commands
        self._words = words

    async def __call__(self, turn: Turn) -> Answer | None:
        """Give Rasa's replies, or the menu that needs no Rasa."""
        question = Question(
            conversation=turn.conversation.id,
            message=turn.message,
            channel=turn.channel,
            text=turn.text,
            plan_open=turn.plan_open,
        )
        try:
            return Answer(await self._dialogue.ask(question))
        except DialogueAway:
            return await self._without_rasa(turn)

    async def _without_rasa(self, turn: Turn) -> Answer:
        spotted = await self._commands.spot(turn)
        if spotted is not None:
            return spotted
        menu = self._words.render(Say("menu.keywords"), turn.channel)
        return Answer((menu,))
