"""Says so when a service opens, for those who asked: promised once, looked at again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.languages import Languages
from foundations.clock import Clock
from foundations.saying import Choice, Say
from gateway.due_worker import Handler
from gateway.speaking import speak_unasked
from signposting import Directory, Service, ServiceId, next_opening, open_now
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork
from storage.records import Conversation, Owner

KIND: Final = "signposting.opens"
MOST_AT_ONCE: Final = 5
WAITS_FOR_STAFF: Final = timedelta(minutes=30)
TOO_LATE: Final = timedelta(hours=6)
"""A reminder that could not be said for so long is no longer what was asked for."""


def promise(
    unit: UnitOfWork, thread: Conversation, service: ServiceId, at: datetime
) -> bool:
    """Promise to say so; False when that was promised already."""
    return unit.due_work.add(
        NewDueWork(
            kind=KIND,
            due_at=at,
            dedup_key=f"{KIND}:{thread.id}:{service}:{at.isoformat()}",
            young_person=thread.young_person,
            conversation=thread.id,
            payload=json.dumps({"service": service}),
        )
    )


@dataclass(frozen=True)
class OpeningReminders:
    """Keeps the promise: a service is looked at again when its time has come."""

    directory: Directory
    languages: Languages
    clock: Clock

    def handlers(self) -> Mapping[str, Handler]:
        """Name the kind of work."""
        return {KIND: self.due}

    def due(self, unit: UnitOfWork, work: DueWork) -> None:
        """Say that they are open, or when they will be; nothing after STOP.

        While a worker talks with the person, it waits.
        """
        if work.conversation is None or work.payload is None:
            return
        thread = unit.conversations.get(work.conversation)
        service = self.directory.services.get(_service(work.payload))
        now = self.clock()
        is_wanted = thread.stopped == 0 and service in self.directory.shown
        if not is_wanted or service is None or now - work.due_at > TOO_LATE:
            return
        if thread.owner is Owner.STAFF:
            promise(unit, thread, service.id, now + WAITS_FOR_STAFF)
            return
        self._say(unit, thread, service, now)

    def _say(
        self, unit: UnitOfWork, thread: Conversation, service: Service, now: datetime
    ) -> None:
        holidays, phrases = self.directory.holidays, self.directory.phrases
        # The words name nobody: a text may light up on a table.
        who = Choice(
            phrases.say("choices", "who_it_is"),
            phrases.say("choices", "ask_what_to_expect", name=service.name),
        )
        say = Say("signposting.opens_now", choices=(who,))
        if not open_now(service, now, holidays=holidays).may_be_reached:
            opens = next_opening(service, now, holidays=holidays)
            if opens is not None:
                promise(unit, thread, service.id, opens)
            say = Say("signposting.not_open_after_all", choices=(who,))
        speak_unasked(unit, thread, say, now, self.languages)


def _service(payload: str) -> ServiceId:
    return ServiceId(json.loads(payload)["service"])
