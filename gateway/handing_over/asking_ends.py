"""An asking that nobody answered ends after a day: what was said in it is forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.turns.handover_asking import SHARE_WITHIN
from foundations.clock import Clock
from foundations.ids import new_id
from gateway.due_worker import Handler
from handover import Asking
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork
from storage.records import Conversation

END: Final = "handover.asking_ends"


@dataclass(frozen=True)
class AskingEnds:
    """Promises, when an asking begins, that it will not be kept for long."""

    clock: Clock

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {END: self.end}

    def promise(self, unit: UnitOfWork, conversation: Conversation) -> None:
        """Promise it once for as long as an asking stands."""
        kept = unit.askings.get(conversation.id)
        if kept is None or unit.due_work.to_do(conversation.id, END):
            return
        unit.due_work.add(
            NewDueWork(
                kind=END,
                due_at=kept.asked_at + SHARE_WITHIN,
                dedup_key=f"{END}:{new_id()}",
                young_person=conversation.young_person,
                conversation=conversation.id,
            )
        )

    def end(self, unit: UnitOfWork, work: DueWork) -> None:
        """Forget an asking of a day ago; a newer one is given its own day."""
        if work.conversation is None:
            return
        conversation = unit.conversations.get(work.conversation)
        kept = unit.askings.get(conversation.id)
        if kept is None:
            return
        if kept.asked_at + SHARE_WITHIN > self.clock():
            self.promise(unit, conversation)
            return
        asking = Asking.from_json(kept.json)
        for draft in (asking.draft, asking.also_draft):
            if draft is not None:
                unit.consents.refuse(draft)
        unit.askings.remove(conversation.id)
