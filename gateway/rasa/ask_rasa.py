"""Ask Rasa; when it is away, what still works without it answers."""

from collections.abc import Mapping
from typing import Final

from escalation.asked_after import names_a_friend
from gateway.commands import Handler
from gateway.fixed_words import fixed
from gateway.questions import questions
from gateway.rasa.dialogue import Dialogue, DialogueAway, Question
from gateway.rasa.raising import (
    is_denied,
    may_raise,
    raised_words,
    what_was_raised,
)
from gateway.rasa.without_rasa import WithoutRasa
from gateway.turn import Answer, Turn

OF_A_FRIEND: Final = "my_world.worried_about_friend"
MAY_MISREAD: Final = "escalation.may_misread"
"""Said in the day after words for the writer, in place of praise for a good friend."""


class AskRasaStep:
    """The last step: it answers everything."""

    def __init__(
        self,
        dialogue: Dialogue,
        without_rasa: WithoutRasa,
        counted: Mapping[str, Handler],
        *,
        second_look: bool,
    ) -> None:
        """`counted` answers in place of Rasa, by the key of its first response.

        Some answers must count what is kept, which Rasa's words cannot: the same is
        said then however it was asked for, also in the middle of a plan, whose
        question would make it unclear what a yes is for.
        `second_look`: whether Rasa may raise what no phrase found.
        """
        self._dialogue = dialogue
        self._without_rasa = without_rasa
        self._counted = counted
        self._second_look = second_look

    async def __call__(self, turn: Turn) -> Answer | None:
        """Give Rasa's replies, or the best there is without them."""
        question = Question(
            conversation=turn.conversation.id,
            message=turn.message,
            channel=turn.channel,
            text=turn.text,
            plan_open=turn.plan_open,
            asked_beside=turn.asked_beside,
            answers_care=turn.answers_another,
            may_raise=self._second_look and may_raise(turn),
        )
        try:
            raised, replies = what_was_raised(await self._dialogue.ask(question))
        except DialogueAway:
            return await self._without_rasa.answer(turn)
        if raised and question.may_raise and not is_denied(turn.text, raised):
            return Answer(raised_words(turn, raised), raised=raised)
        first = replies[0].key
        if handler := self._counted.get(first):
            return await handler(turn)
        # A worry that was only guessed at: "shes here" names no friend.
        guessed = first == OF_A_FRIEND and not names_a_friend(turn.text)
        if turn.of_themselves and guessed:
            return Answer(
                fixed((MAY_MISREAD,), turn.channel, turn.conversation.language)
            )
        return Answer(questions().asking_one_thing(replies))
