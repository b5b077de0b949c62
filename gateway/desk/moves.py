"""Moves of a case that staff make, and what the young person is told of each.

Inside one transaction, for a case that the caller has checked is theirs to move.
"""

from dataclasses import dataclass

from bot.words import Words
from foundations.ids import StaffMemberId
from foundations.saying import Reply, Say, Speaker
from gateway.speaking import speak
from handover import CaseStatus, HandoverCase, Organisations
from storage import UnitOfWork
from storage.records import Owner

STAFF_SAID = "handover.staff_said"


@dataclass(frozen=True)
class DeskMoves:
    """Every move: the case, who owns the conversation, and words in the thread."""

    organisations: Organisations
    words: Words

    def claim(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """Take a waiting case and say who is here; False when somebody came first."""
        if not unit.handovers.claim(case.id, by):
            return False
        unit.conversations.set_owner(case.conversation, Owner.STAFF, case.id)
        role = self.organisations.named(case.organisation).worker_role
        told = {"first_name": _first_name(unit, by), "role": role}
        self._tell(unit, case, Say("handover.claimed", told))
        return True

    def say(self, unit: UnitOfWork, case: HandoverCase, text: str) -> None:
        """Speak in the thread, in the worker's own words."""
        self._speak(unit, case, Reply(STAFF_SAID, text, speaker=Speaker.STAFF))

    def release(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """Step back: the case waits for anyone, and the bot answers again."""
        if not unit.handovers.release(case.id, by):
            return False
        unit.conversations.set_owner(case.conversation, Owner.WAITING, case.id)
        told = {
            "first_name": _first_name(unit, by),
            "organisation": self.organisations.named(case.organisation).name,
        }
        self._tell(unit, case, Say("handover.released", told))
        return True

    def hand_back(
        self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId
    ) -> bool:
        """Give the conversation back to the bot, and say so."""
        if not unit.handovers.hand_back(case.id, by):
            return False
        self._to_bot(unit, case)
        return True

    def close(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """End the case, and say so if a person was still there."""
        if not unit.handovers.close(case.id, by):
            return False
        if case.status is CaseStatus.CLAIMED:
            self._to_bot(unit, case)
        return True

    def _to_bot(self, unit: UnitOfWork, case: HandoverCase) -> None:
        unit.conversations.set_owner(case.conversation, Owner.BOT, None)
        self._tell(unit, case, Say("handover.handed_back"))

    def _tell(self, unit: UnitOfWork, case: HandoverCase, say: Say) -> None:
        channel = unit.conversations.get(case.conversation).channel
        self._speak(unit, case, self.words.render(say, channel))

    def _speak(self, unit: UnitOfWork, case: HandoverCase, reply: Reply) -> None:
        conversation = unit.conversations.get(case.conversation)
        speak(unit, conversation, reply, unit.clock())


def _first_name(unit: UnitOfWork, worker: StaffMemberId) -> str:
    """Give the first name only: that is what the young person is told."""
    found = unit.staff.get(worker)
    return "" if found is None else found.name.split()[0]
