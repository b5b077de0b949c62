"""While nobody has claimed: what the young person is told, and what happens by itself.

Every sentence here that says what comes next is backed by a row of due work with a
time. Nothing is said once a worker holds the conversation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.languages import Languages
from bot.turns.cover import CoverLook
from foundations.clock import Clock
from foundations.ids import ConsentId, HandoverCaseId, new_id
from foundations.saying import Say
from gateway.due_worker import Handler
from gateway.handing_over.alert_sending import LOOK
from gateway.handing_over.alerting import ALERT, ENDED, FOLLOW_UP, Alerting
from gateway.speaking import speak_unasked
from handover import CaseStatus, HandoverCase, Organisation, Organisations
from handover.cover import next_working_moment
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork
from storage.records import Conversation, Owner

START: Final = "handover.start"
TELL: Final = "handover.tell"
CHECK: Final = "handover.follow_up"
OF_WAITING: Final = (START, TELL, CHECK, ALERT, LOOK)
"""What is called off as soon as a case no longer waits."""
HELD: Final = "handover.held"
OF_HOLDING: Final = (HELD,)
"""What is called off as soon as a worker has answered."""

FOLLOW_UP_AFTER: Final = timedelta(hours=1)
FOLLOW_UP_AGAIN_AFTER: Final = timedelta(hours=4)
MOST_FOLLOW_UPS: Final = 3
"""After so many, waiting is ended and said to be: silence is never the end."""


@dataclass(frozen=True)
class Waiting:
    """Keeps the promises of a case that waits."""

    organisations: Organisations
    languages: Languages
    cover: CoverLook
    clock: Clock
    alerting: Alerting

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {
            START: self.start,
            TELL: self.tell,
            CHECK: self.follow_up,
            **self.alerting.handlers(),
        }

    def begin(self, unit: UnitOfWork, id: HandoverCaseId) -> None:
        """Promise what happens from the moment somebody should be there."""
        case = unit.handovers.get(id)
        if case.waits_from > self.clock():
            self._promise(unit, case, START, case.waits_from, "")
            return
        self.alerting.promise(unit, case)
        timers = self.organisations.named(case.organisation).timers
        for place, minutes in enumerate(timers.tell):
            moment = case.waits_from + timedelta(minutes=minutes)
            self._promise(unit, case, TELL, moment, str(place))

    def end(self, unit: UnitOfWork, case: HandoverCaseId) -> None:
        """Call off what was promised: the case is claimed, or it is over."""
        unit.due_work.cancel_of_case(case, *OF_WAITING)

    def where_it_stands(self, unit: UnitOfWork, id: HandoverCaseId) -> Say:
        """Say the truth about a case that waits, for whoever asks again."""
        case = unit.handovers.get(id)
        name = self.organisations.named(case.organisation).name
        if case.waits_from > self.clock():
            when = self.cover.when(case.waits_from)
            return Say("handover.still_to_start", {"organisation": name, "when": when})
        since = self.cover.when(case.waits_from)
        return Say("handover.still_in_line", {"organisation": name, "since": since})

    def start(self, unit: UnitOfWork, work: DueWork) -> None:
        """Cover begins: ask the organisation now, and say so."""
        held = self._held(unit, work)
        if held is None:
            return
        conversation, case = held
        unit.handovers.wait_from(case.id, self.clock())
        organisation = self.organisations.named(case.organisation)
        values = {
            "organisation": organisation.name,
            "reply_time": organisation.reply_time,
            "minutes": str(organisation.timers.tell[0]),
        }
        self._say(unit, conversation, Say("handover.cover_started", values))
        self.begin(unit, case.id)

    def tell(self, unit: UnitOfWork, work: DueWork) -> None:
        """Say how it stands at one of the set times; the last one moves things on."""
        held = self._held(unit, work)
        if held is None:
            return
        conversation, case = held
        organisation = self.organisations.named(case.organisation)
        told, place = organisation.timers.tell, int(work.payload or 0)
        if place + 1 < len(told):
            key = "still_waiting" if place else "still_waiting_first"
            values = {
                "organisation": organisation.name,
                "minutes": str(told[place + 1] - told[place]),
            }
            self._say(unit, conversation, Say(f"handover.{key}", values))
        elif not self._moved_on(unit, conversation, case, organisation):
            self._promise_follow_up(unit, conversation, case, organisation)

    def follow_up(self, unit: UnitOfWork, work: DueWork) -> None:
        """Check what was promised: tell the lead, and the young person the truth."""
        held = self._held(unit, work)
        if held is None:
            return
        conversation, case = held
        organisation = self.organisations.named(case.organisation)
        times = int(work.payload or 1)
        if times >= MOST_FOLLOW_UPS:
            self._give_up(unit, conversation, case, organisation)
            return
        self.alerting.raise_alert(unit, case, FOLLOW_UP)
        moment = self._working_moment(organisation, FOLLOW_UP_AGAIN_AFTER)
        self._promise(unit, case, CHECK, moment, str(times + 1))
        values = {"organisation": organisation.name, "when": self.cover.when(moment)}
        self._say(unit, conversation, Say("handover.follow_up", values))

    def _promise_follow_up(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        case: HandoverCase,
        organisation: Organisation,
    ) -> None:
        moment = self._working_moment(organisation, FOLLOW_UP_AFTER)
        self._promise(unit, case, CHECK, moment, "1")
        values = {"organisation": organisation.name, "when": self.cover.when(moment)}
        self._say(unit, conversation, Say("handover.nobody_answered", values))

    def _moved_on(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        case: HandoverCase,
        organisation: Organisation,
    ) -> bool:
        """Ask the next organisation, if that was agreed to and somebody is there."""
        if case.next_consent is None or organisation.next is None:
            return False
        then = self.organisations.named(organisation.next)
        if not self.cover.now(unit, then).is_covered:
            return False
        self.end(unit, case.id)
        unit.handovers.unanswered(case.id)
        opened = self._open_next(unit, conversation, case.next_consent)
        unit.conversations.set_owner(conversation.id, Owner.WAITING, opened)
        self.begin(unit, opened)
        values = {
            "organisation": organisation.name,
            "next": then.name,
            "minutes": str(then.timers.tell[0]),
        }
        self._say(unit, conversation, Say("handover.moved_on", values))
        return True

    def _open_next(
        self, unit: UnitOfWork, conversation: Conversation, agreed: ConsentId
    ) -> HandoverCaseId:
        consent = unit.consents.get(agreed)
        return unit.handovers.open(
            young_person=conversation.young_person,
            conversation=conversation.id,
            organisation=consent.organisation,
            consent=consent.id,
            # The bytes that were agreed to for this organisation, not a copy of them.
            payload=consent.preview or b"",
            at=self.clock(),
        )

    def _give_up(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        case: HandoverCase,
        organisation: Organisation,
    ) -> None:
        self.end(unit, case.id)
        unit.handovers.unanswered(case.id)
        self.alerting.raise_alert(unit, case, ENDED)
        unit.conversations.set_owner(conversation.id, Owner.BOT, None)
        values = {"organisation": organisation.name}
        self._say(unit, conversation, Say("handover.follow_up_ends", values))

    def _held(
        self, unit: UnitOfWork, work: DueWork
    ) -> tuple[Conversation, HandoverCase] | None:
        """Hold the conversation, and look whether this case still waits in it."""
        if work.conversation is None or work.handover_case is None:
            return None
        conversation = unit.conversations.hold(work.conversation)
        case = unit.handovers.get(work.handover_case)
        if case.status is not CaseStatus.WAITING:
            return None
        return conversation, case

    def _working_moment(self, organisation: Organisation, after: timedelta) -> datetime:
        return next_working_moment(
            organisation.cover.hours,
            self.clock(),
            self.cover.is_holiday(organisation),
            after,
        )

    def _promise(
        self,
        unit: UnitOfWork,
        case: HandoverCase,
        kind: str,
        moment: datetime,
        payload: str,
    ) -> None:
        unit.due_work.add(
            NewDueWork(
                kind=kind,
                due_at=moment,
                dedup_key=f"{kind}:{case.id}:{new_id()}",
                young_person=unit.handovers.young_person_of(case.id),
                conversation=case.conversation,
                handover_case=case.id,
                payload=payload or None,
            )
        )

    def _say(self, unit: UnitOfWork, conversation: Conversation, say: Say) -> None:
        speak_unasked(unit, conversation, say, self.clock(), self.languages)
