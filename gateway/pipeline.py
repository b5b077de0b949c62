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
from datetime import timedelta
from functools import partial
from time import perf_counter

from bot.languages import Languages
from escalation import Route
from foundations.clock import Clock
from foundations.ids import ConversationId, OrganisationId
from foundations.saying import Channel, Reply
from foundations.tracing import Doing, traced
from gateway.coming_in import ComingIn
from gateway.inbound import Inbound
from gateway.lately import Lately
from gateway.metrics import Metrics
from gateway.received import PutAside, Received, WordsLeft
from gateway.receiving import UnknownConversation, receive_into
from gateway.recording import read_turn, record_answer, without_record
from gateway.screening import Look, look_at
from gateway.taking_up import taken_up
from gateway.turn import Answer, Turn
from gateway.turns import Turns
from gateway.without_records import StillBehind, WithoutRecords
from storage import Database, DatabaseUnavailable, StorageError, UnitOfWork
from storage.records import Conversation, StoredMessage, Unanswered

log = logging.getLogger("handrail.pipeline")

CRISIS_WAITS_S = 0.5
"""How long fixed words wait for the records before they leave without them."""

TEXTS_WAIT_S = 1.5
"""How long any other text does: its webhook is answered within two seconds, or Twilio
would say its fallback. What is not written down by then waits on disk instead."""

ANSWERED_AT_ONCE = 6
"""People whose answers are being found; the rest wait in turn, and accepting goes on.

Without a bound a flood of answers takes the records and Rasa from those who come in.
"""

LETS_PASS_S = 1.0
"""How long what is older, and new, may be another gateway's to answer first."""
LETS_PASS = 10
"""How often it is looked for meanwhile."""

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
        greeting: Callable[[Received, tuple[Reply, ...]], tuple[Reply, ...]],
        heard: Callable[[UnitOfWork, Conversation], None],
        recorded: Callable[[ConversationId], None],
        said: Callable[[ConversationId], None],
        metrics: Metrics,
        home: OrganisationId,
        languages: Languages,
        turns: Turns,
        clock: Clock,
    ) -> None:
        self._database = database
        self._without_records = without_records
        self._steps = steps
        self._is_command = is_command
        self._greeting = greeting
        self._heard = heard
        self._recorded = recorded
        self._said = said
        self._metrics = metrics
        self._home = home
        self._languages = languages
        self._lately = Lately(is_command)
        self._turns = turns
        self._clock = clock
        self._coming_in = ComingIn()
        self._at_once = asyncio.Semaphore(ANSWERED_AT_ONCE)
        self._answering: set[asyncio.Task[object]] = set()

    @traced(Doing.RECEIVE)
    async def receive(self, inbound: Inbound) -> Received | PutAside:
        """Screen, record once, escalate. Raises UnknownConversation.

        A crisis waits for the records only briefly; an ordinary message, longer.
        """
        begun = perf_counter()
        with self._coming_in.one():
            return await self._receive(inbound, begun)

    async def _receive(self, inbound: Inbound, begun: float) -> Received | PutAside:
        before = self._lately.before(inbound)
        look = look_at(inbound.text, before, inbound.channel)
        self._lately.remember(inbound, look.screening.reasons)
        words_left = WordsLeft()
        recording = asyncio.ensure_future(
            self._record_in_order(inbound, look, words_left)
        )
        is_crisis = look.screening.route is not Route.NONE
        is_text = inbound.channel is Channel.SMS
        wait = CRISIS_WAITS_S if is_crisis else TEXTS_WAIT_S if is_text else None
        try:
            async with asyncio.timeout(wait):
                return await asyncio.shield(recording)
        except UnknownConversation:
            raise
        except Exception as trouble:
            expected = DatabaseUnavailable | TimeoutError | StillBehind
            if not isinstance(trouble, expected):
                # The type only: a message could hold what somebody wrote.
                log.error("not recorded: %s", type(trouble).__name__)
            words_left.already = True
            self._metrics.without_records.inc()
            comes_late = isinstance(trouble, TimeoutError) or (
                is_text and isinstance(trouble, StillBehind)
            )
            is_slow = comes_late and self._coming_in.goes_on()
            put_aside = self._without_records.receive(
                inbound, look.screening, is_slow=is_slow
            )
            recording.add_done_callback(partial(self._is_late, inbound))
            kept = await put_aside
            if isinstance(trouble, StillBehind) and not kept.is_kept:
                # A disk that refuses it: order gives way, or it would be lost.
                return await self.record(inbound, look, words_left)
            return kept
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
            ),
            first=True,
        )
        self._coming_in.went_in()
        self._recorded(received.conversation)
        return received

    async def replay(self, inbound: Inbound) -> Received | None:
        """Write down what was said, and had its words, while the records were away.

        None when it is known to be there, or whoever said it has been forgotten.
        Raises DatabaseUnavailable.
        """
        if self._without_records.is_written_down(inbound):
            return None
        received: Received | None = None
        try:
            look = look_at(inbound.text, (), inbound.channel)
            received = await self.record(inbound, look, WordsLeft(already=True))
        except DatabaseUnavailable:
            raise
        except UnknownConversation:
            pass
        except Exception:
            # Refused: it is set aside, and nothing newer waits for it.
            self._without_records.is_behind_no_more(inbound)
            raise
        self._without_records.is_behind_no_more(inbound)
        return received

    async def answer(self, received: Received) -> tuple[StoredMessage, ...]:
        """Say everything there is to say to a received message, and record it.

        Safe to call twice: a message is answered once, by whoever comes first, and
        after everything the same person said before it.
        """
        if received.is_finished:
            return received.said
        with self._metrics.answers.time():
            return await self._answer(received)

    async def take_up(self, left: Unanswered) -> tuple[StoredMessage, ...]:
        """Answer what was written down by a gateway that went before it answered."""
        return await self.answer(await self._taken_up(left))

    async def _taken_up(self, left: Unanswered) -> Received:
        return await self._database.read(
            lambda unit: taken_up(unit, left, self._languages)
        )

    async def _record_in_order(
        self, inbound: Inbound, look: Look, words_left: WordsLeft
    ) -> Received:
        try:
            await self._without_records.catch_up(
                inbound.sender, self._replay_and_answer
            )
        except DatabaseUnavailable:
            raise
        except StillBehind:
            # Crisis words are written down at once, whatever waits before them.
            if look.screening.route is Route.NONE:
                raise
        except (StorageError, OSError) as trouble:
            # Order gives way: nobody goes unrecorded for what waits before them.
            log.error("spool not caught up with: %s", type(trouble).__name__)
        return await self.record(inbound, look, words_left)

    def _is_late(self, inbound: Inbound, recording: "asyncio.Future[Received]") -> None:
        """Note what was put aside and is written down after all.

        A late failure is expected here; the message is in the spool.
        """
        if not recording.cancelled() and recording.exception() is None:
            self._without_records.written_down(inbound)

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

    @traced(Doing.ANSWER)
    async def _answer(self, received: Received) -> tuple[StoredMessage, ...]:
        for tries_left in reversed(range(LETS_PASS)):
            turn_of = self._turns.one_at_a_time(received.conversation)
            # Whoever waits for their own turn keeps nobody else from an answer.
            async with turn_of, self._at_once:
                await self._coming_in.make_way()
                before, turn = await self._read_turn(received)
                if not (tries_left and self._may_be_elsewhere(before)):
                    said = await self._in_order(before, received, turn)
                    break
            await asyncio.sleep(LETS_PASS_S / LETS_PASS)
        self._said(received.conversation)
        return said

    async def _read_turn(
        self, received: Received
    ) -> tuple[list[Unanswered], Turn | None]:
        return await self._database.read(
            lambda unit: read_turn(unit, received, self._home, self._languages)
        )

    def _may_be_elsewhere(self, before: Sequence[Unanswered]) -> bool:
        """Say whether another gateway may be about to take its turn with these.

        It knows more of them than the records do, so it is let pass.
        """
        passes = self._clock() - timedelta(seconds=LETS_PASS_S)
        return any(message.received_at > passes for message in before)

    async def _in_order(
        self, before: Sequence[Unanswered], received: Received, turn: Turn | None
    ) -> tuple[StoredMessage, ...]:
        """Say what is due to older words first: nobody came back for them."""
        for message in before:
            try:
                older = await self._taken_up(message)
                await self._say(older, (await self._read_turn(older))[1])
            except DatabaseUnavailable:
                raise
            except Exception as trouble:
                # The type only: a message could hold what somebody wrote.
                log.error("answering late failed: %s", type(trouble).__name__)
        if before:
            _, turn = await self._read_turn(received)
        return await self._say(received, turn)

    async def _say(
        self, received: Received, turn: Turn | None
    ) -> tuple[StoredMessage, ...]:
        if turn is None:
            return await self._stored_answer(received)
        answer = await self._first_answer(turn)
        if answer.is_last:
            # Other pages that show this conversation are told by `_answer`.
            return without_record(received, answer)
        if answer.raised is None:
            answer = Answer(self._greeting(received, answer.replies))
        return await self._database.write(
            lambda unit: record_answer(unit, received, answer, self._languages)
        )

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
