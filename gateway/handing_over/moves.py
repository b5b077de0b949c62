"""Moves of a case between people: claimed, released, handed on, handed back, ended.

The staff pages and the young person's words both come here, inside one transaction.
Whoever moves a case also says so in the thread, and calls off or makes its promises.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.languages import Languages
from foundations.clock import Clock
from foundations.ids import ConversationId, OrganisationId, StaffMemberId
from foundations.saying import Reply, Say, Speaker
from gateway.handing_over.waiting import OF_HOLDING, Waiting
from gateway.speaking import speak, speak_unasked
from gateway.turn import Turn
from handover import CaseStatus, HandoverCase, InformationSet, Organisations, propose
from handover.asking import Ask, Asking
from safety_plans import editing
from storage import UnitOfWork
from storage.records import ConsentStatus, Conversation, Owner
from storage.staff.records import Outcome

STAFF_SAID = "handover.staff_said"
NOBODY = "-"
"""Said in place of a first name when a worker is no longer known."""


@dataclass(frozen=True)
class HandoverMoves:
    """Every move, for a case that the caller has checked is theirs to move."""

    organisations: Organisations
    languages: Languages
    clock: Clock
    waiting: Waiting

    def claim(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """Take a waiting case and say who is here; False when somebody came first."""
        conversation = unit.conversations.hold(case.conversation)
        if not unit.handovers.claim(case.id, by):
            return False
        self.waiting.end(unit, case.id)
        unit.askings.remove(conversation.id)
        self._put_plan_down(unit, conversation)
        organisation = self.organisations.named(case.organisation)
        told = {
            "first_name": self._first_name(unit, by),
            "role": organisation.worker_role,
            "organisation": organisation.name,
        }
        self._say(unit, conversation, Say("handover.claimed", told))
        unit.conversations.set_owner(conversation.id, Owner.STAFF, case.id)
        return True

    def say(self, unit: UnitOfWork, case: HandoverCase, text: str) -> None:
        """Speak in the thread, in the worker's own words."""
        conversation = unit.conversations.get(case.conversation)
        reply = Reply(STAFF_SAID, text, speaker=Speaker.STAFF)
        speak(unit, conversation, reply, self.clock())
        unit.due_work.cancel_of_case(case.id, *OF_HOLDING)

    def hand_back(
        self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId
    ) -> bool:
        """Give the conversation back to the bot, and say so."""
        if not unit.handovers.hand_back(case.id, by):
            return False
        self._to_bot(unit, case, "handover.handed_back", by)
        return True

    def close(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """End the case, and say so; the outcome is kept by whoever asks for this."""
        was_claimed = case.status is CaseStatus.CLAIMED
        if not unit.handovers.close(case.id, by):
            return False
        if was_claimed:
            self._to_bot(unit, case, "handover.closed", by)
        return True

    def release(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """Step back: the case waits for anyone, from now, and the bot answers again."""
        if not unit.handovers.release(case.id, by):
            return False
        self._wait_again(unit, case, "handover.released", by)
        return True

    def away(self, unit: UnitOfWork, case: HandoverCase, by: StaffMemberId) -> bool:
        """Let a case wait whose worker is gone: for them first, and for anyone.

        Waiting counts from when somebody should be there again, and that is said.
        """
        if not unit.handovers.release(case.id, by, wanted=by):
            return False
        starts = self._cover_from(unit, case.organisation)
        if starts is None:
            self._wait_again(unit, case, "handover.away", by)
            return True
        unit.handovers.wait_from(case.id, starts)
        until = {"when": self.waiting.cover.when(starts)}
        self._wait_again(unit, case, "handover.away_until", by, until)
        return True

    def hand_on(
        self,
        unit: UnitOfWork,
        case: HandoverCase,
        by: StaffMemberId,
        to: StaffMemberId,
    ) -> bool:
        """Ask a colleague of the same organisation; it waits until they claim it."""
        if not unit.handovers.release(case.id, by, wanted=to):
            return False
        more = {"next_name": self._first_name(unit, to)}
        self._wait_again(unit, case, "handover.handed_on", by, more)
        self.waiting.alerting.tell_colleague(unit, case, to)
        return True

    def ask_to_hand_on(
        self, unit: UnitOfWork, case: HandoverCase, to: OrganisationId
    ) -> str | None:
        """Ask the young person whether another organisation may see the same.

        Gives the preview that they are shown, for the worker to see too; None when
        there is nothing that could be shown. Nothing moves before they say SHARE.
        """
        conversation = unit.conversations.hold(case.conversation)
        found = unit.handovers.consent_of_open_case(conversation.id)
        if found is None or found[0] != case.id:
            return None
        information = InformationSet.from_json(unit.consents.get(found[1]).items_json)
        draft = propose(
            unit.consents,
            young_person=conversation.young_person,
            conversation=conversation.id,
            organisation=to,
            information=information,
        )
        asking = Asking(Ask.PREVIEW, information.items, draft=draft)
        person = conversation.young_person
        unit.askings.put(conversation.id, person, asking.to_json())
        then = self.organisations.named(to)
        values = {
            "organisation": then.name,
            "who": then.who_will_see,
            "hours": then.cover_hours,
            "reply_time": then.reply_time,
            "preview": information.preview(),
        }
        # It is the worker who asks: the bot says nothing while they are here.
        say = Say("handover.ask_to_hand_on", values)
        speak_unasked(
            unit, conversation, say, self.clock(), self.languages, Speaker.STAFF
        )
        unit.due_work.cancel_of_case(case.id, *OF_HOLDING)
        return information.preview()

    def agree_to_next(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        """Take SHARE as the yes to another organisation, while a worker is here.

        When nothing was asked, this is silence: the worker reads it and answers.
        """
        kept = unit.askings.get(turn.conversation.id)
        now = unit.conversations.hold(turn.conversation.id)
        draft = Asking.from_json(kept.json).draft if kept is not None else None
        if draft is None or now.handover_case is None:
            return ()
        consent = unit.consents.get(draft)
        if consent.status is not ConsentStatus.DRAFTED:
            return ()
        payload = InformationSet.from_json(consent.items_json).payload()
        unit.consents.confirm(draft, payload)
        unit.askings.remove(now.id)
        before = unit.handovers.get(now.handover_case)
        unit.handovers.close(before.id, None)
        if before.claimed_by is not None:
            unit.notes.close_with(before.id, before.claimed_by, Outcome.PASSED_ON)
        opened = unit.handovers.open(
            young_person=now.young_person,
            conversation=now.id,
            organisation=consent.organisation,
            consent=draft,
            payload=payload,
            at=self.clock(),
            waits_from=self._cover_from(unit, consent.organisation),
        )
        unit.conversations.set_owner(now.id, Owner.WAITING, opened)
        self.waiting.begin(unit, opened)
        return (self.waiting.where_it_stands(unit, opened),)

    def leave(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        """End the time with a person, at the young person's word."""
        now = unit.conversations.hold(turn.conversation.id)
        if now.owner is not Owner.STAFF or now.handover_case is None:
            return (Say("handover.with_bot"),)
        case = unit.handovers.get(now.handover_case)
        unit.handovers.close(case.id, None)
        self._drop_asking(unit, now)
        unit.conversations.set_owner(now.id, Owner.BOT, None)
        return (Say("handover.left", {"first_name": self._worker(unit, case)}),)

    def someone_else(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        """Let the case wait for another worker; the one before is told, not asked."""
        now = unit.conversations.hold(turn.conversation.id)
        if now.owner is not Owner.STAFF or now.handover_case is None:
            return (Say("handover.with_bot"),)
        case = unit.handovers.get(now.handover_case)
        name = self._worker(unit, case)
        unit.handovers.release(case.id, None)
        unit.anchors.remove(now.young_person, case.organisation)
        self._drop_asking(unit, now)
        unit.conversations.set_owner(now.id, Owner.WAITING, case.id)
        self.waiting.begin(unit, case.id)
        return (Say("handover.someone_else", self._waits(case, name)),)

    def same_person(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        """Keep the worker they last talked with as the one to ask for next time."""
        for case in unit.handovers.of_conversation(turn.conversation.id):
            if case.claimed_by is None:
                continue
            person = turn.conversation.young_person
            unit.anchors.put(person, case.organisation, case.claimed_by)
            name = self._first_name(unit, case.claimed_by)
            return (Say("handover.same_next_time", {"first_name": name}),)
        return (Say("handover.nobody_yet"),)

    def worker_before(
        self, unit: UnitOfWork, conversation: ConversationId
    ) -> str | None:
        """Give the first name of whoever talked with them last; None for nobody."""
        for case in unit.handovers.of_conversation(conversation):
            for step in reversed(unit.handovers.steps(case.id)):
                worker = step.staff_member
                if step.status is CaseStatus.CLAIMED and worker is not None:
                    return self._first_name(unit, worker)
        return None

    def _wait_again(
        self,
        unit: UnitOfWork,
        case: HandoverCase,
        key: str,
        by: StaffMemberId,
        more: dict[str, str] | None = None,
    ) -> None:
        conversation = unit.conversations.hold(case.conversation)
        self._drop_asking(unit, conversation)
        unit.conversations.set_owner(conversation.id, Owner.WAITING, case.id)
        values = self._waits(case, self._first_name(unit, by)) | (more or {})
        self._say(unit, conversation, Say(key, values))
        self.waiting.begin(unit, case.id)

    def _waits(self, case: HandoverCase, first_name: str) -> dict[str, str]:
        organisation = self.organisations.named(case.organisation)
        return {
            "first_name": first_name,
            "organisation": organisation.name,
            "minutes": str(organisation.timers.tell[0]),
        }

    def _to_bot(
        self, unit: UnitOfWork, case: HandoverCase, key: str, by: StaffMemberId
    ) -> None:
        conversation = unit.conversations.hold(case.conversation)
        self._drop_asking(unit, conversation)
        unit.conversations.set_owner(conversation.id, Owner.BOT, None)
        self._say(
            unit, conversation, Say(key, {"first_name": self._first_name(unit, by)})
        )

    def _put_plan_down(self, unit: UnitOfWork, conversation: Conversation) -> None:
        """Ask no more for the plan: what is said after a worker is no answer to it."""
        person = conversation.young_person
        if editing.plan_of(unit.plans, person).stage is not None:
            editing.pause_building(unit.plans, person, now=self.clock())

    def _drop_asking(self, unit: UnitOfWork, conversation: Conversation) -> None:
        kept = unit.askings.get(conversation.id)
        if kept is None:
            return
        asking = Asking.from_json(kept.json)
        for draft in (asking.draft, asking.also_draft):
            if draft is not None:
                unit.consents.refuse(draft)
        unit.askings.remove(conversation.id)

    def _cover_from(
        self, unit: UnitOfWork, organisation: OrganisationId
    ) -> datetime | None:
        cover = self.waiting.cover.now(unit, self.organisations.named(organisation))
        return None if cover.is_covered else cover.starts

    def _worker(self, unit: UnitOfWork, case: HandoverCase) -> str:
        if case.claimed_by is None:
            return NOBODY
        return self._first_name(unit, case.claimed_by)

    def _first_name(self, unit: UnitOfWork, worker: StaffMemberId) -> str:
        """Give the first name only: that is what the young person is told."""
        found = unit.staff.get(worker)
        return found.name.split()[0] if found and found.name.split() else NOBODY

    def _say(self, unit: UnitOfWork, conversation: Conversation, say: Say) -> None:
        speak_unasked(unit, conversation, say, self.clock(), self.languages)
