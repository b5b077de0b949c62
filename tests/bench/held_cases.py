"""Furnishes a running gateway's records with chats, waiting cases and held ones.

Only what is not measured is put there this way; everything that is goes over HTTP.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from foundations.ids import ConversationId, HandoverCaseId, OrganisationId
from foundations.saying import Channel
from gateway.desk.accounts import begin
from gateway.doors.chat_tokens import ChatTokens
from storage import Database, Keys, UnitOfWork
from storage.records import Owner
from storage.staff.records import StaffRole
from tests.bench.services import Running

DEMO: Final = OrganisationId("demo")
AT_ONCE: Final = 25


@dataclass(frozen=True)
class Worker:
    """Somebody who is signed in: their session, and what their forms bring along."""

    session: str
    form_token: str


@dataclass(frozen=True)
class HeldCase:
    """A case that a worker holds, and the token of the young person's chat."""

    id: HandoverCaseId
    chat_token: str
    worker: Worker


@asynccontextmanager
async def records(running: Running) -> AsyncIterator[tuple[Database, ChatTokens]]:
    """Open the records of a running gateway beside it."""
    keys = Keys.from_file(running.home / "keys.json")
    url = f"sqlite:///{running.home / 'handrail.sqlite3'}"
    database = Database(url, keys, longest_wait_s=60)
    try:
        yield database, ChatTokens(keys.token)
    finally:
        await database.close()


async def in_portions(
    database: Database, work: Callable[[UnitOfWork], object], times: int
) -> None:
    """Do a work so many times, a few in each transaction."""

    def portion(unit: UnitOfWork) -> None:
        for _ in range(AT_ONCE):
            work(unit)

    for _ in range(max(times // AT_ONCE, 1)):
        await database.write(portion)


def waiting_case(unit: UnitOfWork) -> tuple[ConversationId, HandoverCaseId]:
    """Let somebody wait for a person."""
    person = unit.people.create()
    conversation = unit.conversations.start(person, "demo", Channel.WEB).id
    consent = unit.consents.draft(
        young_person=person,
        conversation=conversation,
        organisation=DEMO,
        purpose="warm_handover",
        items_json="[]",
    )
    unit.consents.confirm(consent, b"How to reach you: in this chat")
    case = unit.handovers.open(
        young_person=person,
        conversation=conversation,
        organisation=DEMO,
        consent=consent,
        payload=b"How to reach you: in this chat",
        at=unit.clock(),
    )
    unit.conversations.set_owner(conversation, Owner.WAITING, case)
    return conversation, case


def signed_in(unit: UnitOfWork, most_cases: int = 5) -> Worker:
    """Let a lead come in who may hold so many cases."""
    member = unit.staff.add(name="Robin", role=StaffRole.LEAD, organisation=DEMO)
    unit.staff.set_most_cases(member, most_cases)
    session = begin(unit, member, "bench").session
    return Worker(session, unit.sessions.form_token(session))


def held_by_one(unit: UnitOfWork, tokens: ChatTokens, cases: int) -> list[HeldCase]:
    """Let one worker hold so many conversations."""
    worker = signed_in(unit, cases)
    found = unit.sessions.find(worker.session)
    assert found is not None
    held = []
    for _ in range(cases):
        conversation, case = waiting_case(unit)
        unit.handovers.claim(case, found.staff_member)
        unit.conversations.set_owner(conversation, Owner.STAFF, case)
        held.append(HeldCase(case, tokens.make(conversation), worker))
    return held
