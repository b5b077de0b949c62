"""Ask Rasa; when it is away, what still works without it answers."""

from gateway.rasa.dialogue import Dialogue, DialogueAway, Question
from gateway.rasa.without_rasa import WithoutRasa
from gateway.turn import Answer, Turn


class AskRasaStep:
    """The last step: it answers everything."""

    def __init__(self, dialogue: Dialogue, without_rasa: WithoutRasa) -> None:
        self._dialogue = dialogue
        self._without_rasa = without_rasa

    async def __call__(self, turn: Turn) -> Answer | None:
        """Give Rasa's replies, or the best there is without them."""
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
            return await self._without_rasa.answer(turn)
