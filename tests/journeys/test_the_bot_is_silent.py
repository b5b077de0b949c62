"""While a worker holds the conversation the bot says nothing, whatever happens when.

Only crisis words still go out. The interleavings are made up by hypothesis; a worker
may take the conversation, or give it back, while the dialogue is still thinking.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from foundations.clock import utc_now
from foundations.ids import OrganisationId, new_id
from foundations.saying import Channel, Reply, Speaker
from gateway.inbound import ByConversation, Inbound
from gateway.rasa.dialogue import Question
from gateway.received import Received
from handover import CaseStatus
from runtime.settings import Settings
from runtime.wiring.house import House, build
from runtime.wiring.local_run import furnish
from storage.records import Owner
from storage.staff.records import StaffRole
from tests.journeys.clocks import StillClock

DEMO = OrganisationId("demo")
SAID = (
    "hello",
    "PERSON",
    "yes",
    "show me so far",
    "SHARE",
    "MENU",
    "PLAN",
    "WHO",
    "1",
    "are you there?",
    "i want to die",
    "same person next time",
    "BREATHE",
    "change",
    "back",
)
LEAVING = ("UNSHARE", "BOT", "SOMEONE ELSE")
DONE_BY_STAFF = ("claim", "say", "hand_back", "release", "close")
ENDS = frozenset(
    {
        "handover.handed_back",
        "handover.closed",
        "handover.released",
        "handover.away",
        "handover.away_until",
        "handover.left",
        "handover.someone_else",
        "handover.withdrawn",
    }
)
"""What is said when a worker no longer holds the conversation."""

acts = st.lists(
    st.one_of(
        st.tuples(st.just("says"), st.sampled_from(SAID + LEAVING)),
        st.tuples(st.just("staff"), st.sampled_from(DONE_BY_STAFF)),
        # A worker acts while the dialogue thinks about what was said.
        st.tuples(st.just("meanwhile"), st.sampled_from(DONE_BY_STAFF)),
        st.tuples(st.just("minutes"), st.integers(1, 700)),
    ),
    max_size=14,
)


@dataclass
class Meanwhile:
    """A dialogue in which something happens before it answers."""

    work: list[Any] = field(default_factory=list)

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        while self.work:
            await self.work.pop()()
        return (Reply("fake.heard", "I heard you."),)


@dataclass
class Room:
    """A house without servers, and one worker in it."""

    house: House
    dialogue: Meanwhile
    clock: StillClock
    worker: Any

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Hypothesis writes each example out: a whole house takes it a minute."""
        printer.text("a room")

    async def starts(self) -> Any:
        def begin(unit: Any) -> Any:
            person = unit.people.create()
            return unit.conversations.start(person, "demo", Channel.WEB).id

        conversation = await self.house.database.write(begin)
        for text in ("PERSON", "yes", "show me so far", "SHARE"):
            await self.says(conversation, text)
        return conversation

    async def says(self, conversation: Any, text: str) -> None:
        self.clock.now += timedelta(seconds=20)
        inbound = Inbound(
            channel=Channel.WEB,
            provider_message_id=f"{conversation}:{new_id()}",
            sender=ByConversation(conversation),
            text=text,
            received_at=self.clock(),
        )
        received = await self.house.pipeline.receive(inbound)
        assert isinstance(received, Received)
        await self.house.pipeline.answer(received)

    async def staff(self, conversation: Any, act: str) -> None:
        moves = self.house.handover.moves

        def work(unit: Any) -> None:
            found = unit.handovers.of_conversation(conversation)
            if not found:
                return
            case = found[0]
            holds = case.status is CaseStatus.CLAIMED
            if act == "say" and holds:
                moves.say(unit, case, "Hi, I'm here.")
            elif act == "claim":
                moves.claim(unit, case, self.worker)
            elif act != "say":
                getattr(moves, act)(unit, case, self.worker)

        await self.house.database.write(work)

    async def passes(self, minutes: int) -> None:
        self.clock.now += timedelta(minutes=minutes)
        while await self.house.due.do_round():
            pass


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def room(
    tmp_path_factory: pytest.TempPathFactory, loop: asyncio.AbstractEventLoop
) -> Iterator[Room]:
    home: Path = tmp_path_factory.mktemp("silent")
    clock, dialogue = StillClock(utc_now()), Meanwhile()
    house = build(Settings(home=home), clock=clock, dialogue=dialogue)
    house.database.migrate()

    def begin(unit: Any) -> Any:
        furnish(unit)
        return unit.staff.add(name="Kim Day", role=StaffRole.WORKER, organisation=DEMO)

    worker = loop.run_until_complete(house.database.write(begin))
    yield Room(house, dialogue, clock, worker)
    loop.run_until_complete(house.database.close())


@given(script=acts)
@example(script=[("staff", "release"), ("meanwhile", "claim"), ("says", "hello")])
@example(script=[("says", "SOMEONE ELSE"), ("meanwhile", "claim"), ("minutes", 11)])
@example(script=[("staff", "release"), ("staff", "claim"), ("minutes", 700)])
@example(script=[("says", "i want to die"), ("says", "1"), ("says", "im ok now")])
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_bot_says_nothing_while_a_worker_holds_the_conversation(
    room: Room, loop: asyncio.AbstractEventLoop, script: list[tuple[str, Any]]
) -> None:
    conversation = loop.run_until_complete(played(room, script))
    said = loop.run_until_complete(
        room.house.database.read(
            lambda unit: unit.messages.after(conversation, None, 10_000)
        )
    )

    held = False
    for message in said:
        if message.key == "handover.claimed":
            held = True
        elif message.key in ENDS:
            held = False
        elif held and message.speaker is Speaker.BOT:
            assert message.key.startswith("escalation."), message.key


async def played(room: Room, script: list[tuple[str, Any]]) -> Any:
    conversation = await room.starts()
    await room.staff(conversation, "claim")
    for kind, what in script:
        before = await owner_of(room, conversation)
        counted = len(await said_by_bot(room, conversation))
        match kind:
            case "says":
                await room.says(conversation, what)
            case "staff":
                await room.staff(conversation, what)
            case "meanwhile":
                room.dialogue.work = [lambda what=what: room.staff(conversation, what)]
                await room.says(conversation, "what do you think?")
                room.dialogue.work = []
            case "minutes":
                await room.passes(what)
        after = await owner_of(room, conversation)
        if before is after is Owner.STAFF:
            assert len(await said_by_bot(room, conversation)) == counted
    return conversation


async def owner_of(room: Room, conversation: Any) -> Owner:
    return await room.house.database.read(
        lambda unit: unit.conversations.get(conversation).owner
    )


async def said_by_bot(room: Room, conversation: Any) -> list[str]:
    said = await room.house.database.read(
        lambda unit: unit.messages.after(conversation, None, 10_000)
    )
    return [
        message.key
        for message in said
        if message.speaker is Speaker.BOT and not message.key.startswith("escalation.")
    ]
