"""How storage tests speak: a database one can wait for, and someone in it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine, event

from foundations.ids import ConversationId, MessageId, YoungPersonId, new_id
from foundations.saying import Channel, Reply
from storage import Database, UnitOfWork
from storage.records import Accepted, AcceptInbound, NewOutbound, OutboundKind

T = TypeVar("T")

SATURDAY_NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Records:
    """A database whose works are waited for, one after another."""

    database: Database
    watch: Watch
    url: str

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return asyncio.run(self.database.write(work))

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return asyncio.run(self.database.read(work))

    def write_together(self, *works: Callable[[UnitOfWork], object]) -> list[object]:
        """Hand over works at once; give results and errors in the same order.

        The writer is kept busy until all of them are queued.
        """
        is_busy, goes_on = threading.Event(), threading.Event()

        def keeps_it_busy(_: UnitOfWork) -> None:
            is_busy.set()
            goes_on.wait(60)

        async def all_of_them() -> list[object]:
            busy = asyncio.ensure_future(self.database.write(keeps_it_busy))
            await asyncio.to_thread(is_busy.wait, 60)
            writes = [asyncio.ensure_future(self.database.write(w)) for w in works]
            await asyncio.sleep(0)
            goes_on.set()
            await busy
            return await asyncio.gather(*writes, return_exceptions=True)

        return asyncio.run(all_of_them())

    def close(self) -> None:
        asyncio.run(self.database.close())


@dataclass(frozen=True)
class Someone:
    """A young person with a conversation."""

    id: YoungPersonId
    conversation: ConversationId


def arrives(unit: UnitOfWork, phone: str | None = None) -> Someone:
    """A young person comes in, by text when there is a number."""
    person = unit.people.create() if phone is None else unit.people.with_phone(phone)
    channel = Channel.WEB if phone is None else Channel.SMS
    return Someone(person, unit.conversations.start(person, "demo", channel).id)


def inbound(
    someone: Someone, provider_message_id: str, at: datetime, route: str = "none"
) -> AcceptInbound:
    return AcceptInbound(
        channel=Channel.SMS,
        provider_message_id=provider_message_id,
        conversation=someone.conversation,
        young_person=someone.id,
        received_at=at,
        route=route,
        reasons=("phrase.one",),
    )


def hears(
    unit: UnitOfWork,
    someone: Someone,
    text: str,
    provider_message_id: str = "",
    aftercare: str | None = None,
) -> Accepted:
    """A message comes in and is accepted with its words."""
    now = unit.clock()
    message = inbound(someone, provider_message_id or f"SM{new_id()}", now)
    accepted = unit.inbox.accept(message)
    if accepted.new:
        unit.messages.add_inbound(
            id=accepted.message_id,
            conversation=someone.conversation,
            young_person=someone.id,
            channel=Channel.SMS,
            text=text,
            received_at=now,
            aftercare=aftercare,
        )
    return accepted


def says(
    unit: UnitOfWork,
    someone: Someone,
    reply: Reply,
    answers: Accepted | None = None,
) -> MessageId:
    """Something is said back."""
    (stored,) = unit.messages.add_outbound(
        conversation=someone.conversation,
        young_person=someone.id,
        channel=Channel.SMS,
        replies=(reply,),
        answers=answers.inbox_id if answers else None,
    )
    return stored.id


def outbound(
    unit: UnitOfWork,
    someone: Someone,
    body: str,
    kind: OutboundKind = OutboundKind.ORDINARY,
) -> NewOutbound:
    """A text is queued."""
    text = NewOutbound(
        dedup_key=new_id(),
        kind=kind,
        body=body,
        not_before=unit.clock(),
        conversation=someone.conversation,
        young_person=someone.id,
        keys=("welcome.hello",),
    )
    unit.outbox.add(text)
    return text


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note every statement that any database runs meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        # It stays set, and everything after would be run as if somebody listened.
        Engine._has_events = False
