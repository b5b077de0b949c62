"""While a request waits, "how long?" and "cancel it" are about the request."""

from gateway.handing_over.answers import HandoverAnswers
from gateway.turn import Answer, Turn
from handover import WhileWaiting, hear_while_waiting
from storage.records import Owner


class WaitingStep:
    """Answers somebody who waits; before Rasa, which knows nothing of requests."""

    def __init__(self, answers: HandoverAnswers) -> None:
        self._answers = answers

    async def __call__(self, turn: Turn) -> Answer | None:
        """Say the truth about the wait, or end it; None for any other message.

        In the middle of a plan "cancel it" and "what now" are for the plan.
        """
        if turn.conversation.owner is not Owner.WAITING:
            return None
        match hear_while_waiting(turn.text):
            case WhileWaiting.HOW_IT_STANDS:
                return await self._answers.how_it_stands(turn)
            case WhileWaiting.WHO_IS_TOLD:
                return await self._answers.who_is_told(turn)
            case WhileWaiting.WHAT_NOW if not turn.plan_open:
                return await self._answers.how_it_stands(turn)
            case WhileWaiting.TAKE_BACK if not turn.plan_open:
                return await self._answers.unshare(turn)
            case WhileWaiting.WHAT_NOW | WhileWaiting.TAKE_BACK | None:
                return None
