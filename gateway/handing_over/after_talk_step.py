"""Once a worker has gone, "is sam gone?" and "when is she back" are about them."""

from typing import Final

from foundations.saying import Say
from gateway.handing_over.answers import HandoverAnswers
from gateway.turn import Answer, Turn
from handover import asked_after, is_worker
from storage import UnitOfWork
from storage.records import Owner

HAS_GONE: Final = frozenset(
    {
        "handover.away",
        "handover.away_until",
        "handover.closed",
        "handover.handed_back",
        "handover.handed_on",
        "handover.left",
        "handover.not_here",
        "handover.not_here_waiting",
        "handover.released",
    }
)
"""After one of these "she" is the worker."""


class AfterTalkStep:
    """Answers who asks after the worker; before Rasa, which would hear of a death."""

    def __init__(self, answers: HandoverAnswers) -> None:
        self._answers = answers

    async def __call__(self, turn: Turn) -> Answer | None:
        """Say that they are not here, and how to ask for them; None for all else."""
        who = asked_after(turn.text)
        if who is None or turn.conversation.owner is Owner.STAFF:
            return None
        answers = self._answers
        says = await answers.database.read(lambda unit: self._says(unit, turn, who))
        words = answers.parts.words
        told = tuple(words.render(say, turn.channel) for say in says)
        return Answer(told) if told else None

    def _says(self, unit: UnitOfWork, turn: Turn, who: str) -> tuple[Say, ...]:
        here, moves = turn.conversation, self._answers.moves
        name = moves.worker_before(unit, here.id)
        gone = turn.last_key in HAS_GONE
        if name is None or not is_worker(who, name, has_just_gone=gone):
            return ()
        if here.owner is Owner.WAITING and here.handover_case is not None:
            stands = moves.waiting.where_it_stands(unit, here.handover_case)
            return (Say("handover.not_here_waiting", {"first_name": name}), stands)
        return (Say("handover.not_here", {"first_name": name}),)
