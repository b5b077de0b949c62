"""One message, from phone to phone. The order of this page is the design:

1. screen      the raw text; nothing stands before it but the door's signature check
2. record      once; a repeat gets its stored answer
3. escalate    fixed words, in the same transaction as 1's finding; or without records
4. opt-out     STOP and its family
5. relay       staff hold the conversation: the bot is silent
6. commands    PLAN, WHO, PERSON, SHARE ...: the same answer with Rasa up or down
7. ask Rasa    with a deadline and a breaker; when it is away, the keyword menu
8. record      the replies and, for a text, the outbox row that will carry them
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter

from bot.languages import Languages
from escalation import Route
from foundations.ids import ConversationId, OrganisationId
from foundations.saying import Reply
from gateway.inbound import Inbound
from gateway.keyed_locks import KeyedLocks
from gateway.lately import Lately
from gateway.metrics import Metrics
from gateway.received import PutAside, Received, WordsLeft
from gateway.receiving import UnknownConversation, receive_into
from gateway.recording import read_turn, record_answer, without_record
from gateway.screening import Look, look_at
from gateway.turn import Answer, Turn
from gateway.without_records import WithoutRecords
from storage import Database, DatabaseUnavailable, StorageError, UnitOfWork
from storage.records import Conversation, StoredMessage

log = logging.getLogger("handrail.pipeline")

CRISIS_WAITS_S = 0.5
"""How long fixed words wait for the records before they leave without them."""

Step = Callable[[Turn], Awaitable[Answer | None]]
"""Answers a turn, or gives None for the next step to try."""


class Pipeline:
    """Receives a message (1-3) and answers it (4-8), one at a time for each person."""

    def __init__(
        self,
        database: Database,
        without_records: WithoutRecords,
        steps: Sequence[Step],
        *,
        is_command: Callable[[str], bool],
        greeting: Callable[[Received], tuple[Reply, ...]],
        heard: Callable[[UnitOfWork, Conversation], None],
        said: Callable[[ConversationId], None],
        metrics: Metrics,
        home: OrganisationId,
        languages: Languages,
    ) -> None:
        self._database = database
        self._without_records = without_records
        self._steps = steps
        self._is_command = is_command
        self._greeting = greeting
        self._heard = heard
        self._said = said
        self._metrics = metrics
        self._home = home
        self._languages = languages
        self._lately = Lately(is_command)
        self._turns = KeyedLocks()
        self._answering: set[asyncio.Task[object]] = set()

    async def receive(self, inbound: Inbound) -> Received | PutAside:
        """Screen, record once, escalate. Raises UnknownConversation.

        A crisis waits for the records only briefly; an ordinary message, longer.
        """
        begun = perf_counter()
        before = self._lately.before(inbound)
        look = look_at(inbound.text, before, inbound.channel)
        self._lately.remember(inbound, look.screening.reasons)
        words_left = WordsLeft()
        recording = asyncio.ensure_future(
            self._record_in_order(inbound, look, words_left)
        )
        is_crisis = look.screening.route is not Route.NONE
        wait = CRISIS_WAITS_S if is_crisis else None
        try:
            return await asyncio.wait_for(asyncio.shield(recording), wait)
        except UnknownConversation:
            raise
        except Exception as trouble:
            if not isinstance(trouble, DatabaseUnavailable | TimeoutError):
                # The type only: a message could hold what somebody wrote.
                log.error("not recorded: %s", type(trouble).__name__)
            words_left.already = True
            recording.add_done_callback(_look_at_outcome)
            self._metrics.without_records.inc()
            return await self._without_records.receive(inbound, look.screening)
        finally:
            self._metrics.was_received(inbound.channel, crisis=is_crisis, begun=begun)

    async def record(
        self, inbound: Inbound, look: Look, words_left: WordsLeft
    ) -> Received:
        """Write a message down with its fixed words. Raises DatabaseUnavailable."""
        received = await self._database.write(
            lambda unit: receive_into(
                unit,
                inbound,
                look,
                is_command=self._is_command,
                words_left=words_left,
                languages=self._languages,
                heard=self._heard,
            )
        )
        self._said(received.conversation)
        return received

    async def replay(self, inbound: Inbound) -> Received | None:
        """Write down what was said, and had its words, while the records were away.

        None when whoever said it has been forgotten. Raises DatabaseUnavailable.
        """
        try:
            look = look_at(inbound.text, (), inbound.channel)
            return await self.record(inbound, look, WordsLeft(already=True))
        except UnknownConversation:
            return None

    async def answer(self, received: Received) -> tuple[StoredMessage, ...]:
        """Say everything there is to say to a received message, and record it.

        Safe to call twice: a message is answered once, by whoever comes first.
        """
        if received.is_finished:
            return received.said
        with self._metrics.answers.time():
            return await self._answer(received)

    async def _record_in_order(
        self, inbound: Inbound, look: Look, words_left: WordsLeft
    ) -> Received:
        try:
            await self._without_records.catch_up(
                inbound.sender, self._replay_and_answer
            )
        except DatabaseUnavailable:
            raise
        except (StorageError, OSError) as trouble:
            # Order gives way: nobody goes unrecorded for what waits before them.
            log.error("spool not caught up with: %s", type(trouble).__name__)
        return await self.record(inbound, look, words_left)

    async def _replay_and_answer(self, inbound: Inbound) -> None:
        """Its answer takes its turn before the answer to anything newer.

        What the records refuse is passed over here; the sweeper sets it aside.
        """
        try:
            received = await self.replay(inbound)
        except DatabaseUnavailable:
            raise
        except Exception as trouble:
            # The type only: a message could hold what somebody wrote.
            log.error("not caught up with: %s", type(trouble).__name__)
            return
        if received is not None and not received.is_finished:
            in_background(self.answer(received), self._answering)

    async def _answer(self, received: Received) -> tuple[StoredMessage, ...]:
        async with self._turns.one_at_a_time(received.conversation):
            turn = await self._database.read(
                lambda unit: read_turn(unit, received, self._home, self._languages)
            )
            if turn is None:
                return await self._stored_answer(received)
            answer = await self._first_answer(turn)
            if answer.is_last:
                return without_record(received, answer)
            answer = Answer((*self._greeting(received), *answer.replies))
            said = await self._database.write(
                lambda unit: record_answer(unit, received, answer, self._languages)
            )
        self._said(received.conversation)
        return said

    async def _first_answer(self, turn: Turn) -> Answer:
        for step in self._steps:
            answer = await step(turn)
            if answer is not None:
                return answer
        raise AssertionError("the last step answers everything")

    async def _stored_answer(self, received: Received) -> tuple[StoredMessage, ...]:
        return await self._database.read(
            lambda unit: tuple(unit.inbox.answer_of(received.inbox))
        )


def in_background(work: Awaitable[object], tasks: set["asyncio.Task[object]"]) -> None:
    """Let work go on after the door has answered, keeping hold of it until it ends."""

    async def run() -> object:
        try:
            return await work
        except Exception as trouble:
            # The type only: a message could hold what somebody wrote.
            log.error("answering failed: %s", type(trouble).__name__)
            return None

    task = asyncio.create_task(run())
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _look_at_outcome(recording: "asyncio.Future[Received]") -> None:
    """A late failure is expected here; the message is in the spool."""
    if not recording.cancelled():
        recording.exception()
