"""While a request waits, "how long?" and "cancel it" are about the request."""

from typing import Final

from gateway.handing_over.answers import HandoverAnswers
from gateway.pipeline import Step
from gateway.turn import Answer, Turn
from handover import WhileWaiting, hear_while_waiting
from storage.records import Owner

OF_A_PLAN_TOO: Final = frozenset(
    {
        WhileWaiting.WHAT_NOW,
        WhileWaiting.TAKE_BACK,
        WhileWaiting.CHANGE_SENT,
        WhileWaiting.MEANWHILE,
        WhileWaiting.IF_TAKEN_BACK,
    }
)
"""What is for the plan in the middle of one: "cancel it", "can i add my nan"."""

TAKES_IT_BACK: Final = frozenset(
    {WhileWaiting.TAKE_BACK, WhileWaiting.TAKE_BACK_REQUEST}
)
TAKEN_BACK: Final = frozenset({"handover.withdrawn", "handover.withdrawn_unread"})
SAYS_IT_IS_LEFT: Final = "answers.never_mind"
HAS_GONE: Final = frozenset(
    {"handover.closed", "handover.handed_back", "handover.if_taken_back"}
)
OF_A_WAIT: Final = frozenset(
    {
        WhileWaiting.HOW_IT_STANDS,
        WhileWaiting.HOW_MANY_WAIT,
        WhileWaiting.WHO_THEY_ARE,
    }
)
"""After the request was just taken back: they may not know that nobody is asked now."""


class WaitingStep:
    """Answers somebody who waits; before Rasa, which knows nothing of requests."""

    def __init__(self, answers: HandoverAnswers) -> None:
        self._answers = answers

    async def __call__(self, turn: Turn) -> Answer | None:
        """Say the truth about the wait, or end it; None for any other message."""
        if turn.conversation.owner is Owner.STAFF:
            return None
        heard = hear_while_waiting(turn.text)
        if turn.conversation.owner is Owner.BOT:
            return await self._of_nothing(turn, heard)
        if heard is None or (turn.plan_open and heard in OF_A_PLAN_TOO):
            return None
        if heard in TAKES_IT_BACK:
            return await self._answers.unshare(turn)
        return await self._answers.of_request(turn, heard)

    async def _of_nothing(
        self, turn: Turn, heard: WhileWaiting | None
    ) -> Answer | None:
        """Answer what is asked of a request that was taken back, or whose talk is over.

        Right after a worker has gone "take it back" is about that too.
        """
        if turn.plan_open:
            return None
        if heard is WhileWaiting.STILL_SEEN:
            return await self._answers.who_still_sees(turn)
        has_gone = heard is WhileWaiting.TAKE_BACK and turn.last_key in HAS_GONE
        if has_gone or heard is WhileWaiting.TAKE_BACK_REQUEST:
            return await self._answers.unshare_if_shared(turn)
        waits_for_nobody = turn.last_key in TAKEN_BACK and heard in OF_A_WAIT
        return self._answers.nobody_asked(turn) if waits_for_nobody else None


class StillWaits:
    """Says that a request stands, where "never mind" would be told that it is left."""

    def __init__(self, answers: HandoverAnswers, otherwise: Step) -> None:
        self._answers = answers
        self._otherwise = otherwise

    async def __call__(self, turn: Turn) -> Answer | None:
        """Give the other step's answer, unless it says that something was left."""
        answer = await self._otherwise(turn)
        if answer is None or turn.conversation.owner is not Owner.WAITING:
            return answer
        if not any(reply.key == SAYS_IT_IS_LEFT for reply in answer.replies):
            return answer
        return await self._answers.of_request(turn, WhileWaiting.IF_TAKEN_BACK)
