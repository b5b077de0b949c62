"""Send what waits in the outbox, at least once, and never call a provider in a
transaction: claim, let go of the database, send, then write down what happened.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final, Protocol

from channels.alerts.webhook import NOT_ALLOWED
from channels.sms.codes import RetryAdvice, rule_for
from channels.sms.outgoing import (
    CannotTell,
    NotSent,
    OutgoingText,
    SendResult,
    Sent,
    TextKind,
)
from foundations.clock import Clock
from foundations.tracing import Doing, traced
from gateway.desk.noting import SERVICE, Did, note_by
from gateway.keyed_locks import KeyedLocks
from gateway.rounds import Rounds
from gateway.texting.which_provider import PROVIDERS_FAULT
from gateway.texting.wishes import may_leave_at
from storage import Database, StorageError, UnitOfWork
from storage.claiming import OUT_OF_HOURS
from storage.records import Claimed, OutboundKind

log = logging.getLogger("handrail.outbox")

CLAIM_AT_ONCE: Final = 8
LEASE_S: Final = 60.0
CRISIS_LOOKS_FOR_S: Final = 2.0
"""Seconds a crisis text that may have left is looked for before it is sent again."""
PAUSES_S: Final = (1, 5, 30, 120, 600, 1800, 3600)
"""Seconds between tries; the last one repeats until `MOST_TRIES`."""
MOST_TRIES: Final = 12
WAITS_FOR: Final = timedelta(hours=24)
"""How long an answer waits while the provider takes nothing from anybody: as long as
what came in meanwhile is fetched for (`reconciling.py`)."""
CANNOT_TELL: Final = "cannot_tell"
TAKES_NOTHING: Final = PROVIDERS_FAULT | {CANNOT_TELL}
NO_NUMBER: Final = "no_number"
GAVE_UP: Final = "gave_up"
CANNOT_OPEN: Final = "cannot_open"

HELD_BACK: Final = frozenset({OutboundKind.ORDINARY, OutboundKind.SYSTEM})
"""Texts that keep to the hours a person chose."""

TEXT_KINDS: Final = {
    OutboundKind.ORDINARY: TextKind.ORDINARY,
    OutboundKind.SYSTEM: TextKind.ORDINARY,
    OutboundKind.CRISIS: TextKind.CRISIS,
    OutboundKind.STAFF_ALERT: TextKind.STAFF_ALERT,
}


class Sender(Protocol):
    """Whatever carries a text: Twilio's client, or another provider's."""

    async def send(self, text: OutgoingText) -> SendResult: ...
    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None: ...


class OutboxWorker(Rounds):
    """Claims, sends and follows up until cancelled."""

    name = "the outbox"

    def __init__(
        self,
        database: Database,
        sender: Sender,
        clock: Clock,
        gave_up: Callable[[UnitOfWork, Claimed], None],
    ) -> None:
        super().__init__()
        self._database = database
        self._sender = sender
        self._clock = clock
        self._gave_up = gave_up
        self._looking = KeyedLocks()

    async def do_round(self) -> bool:
        """Send one round of what is due; say whether there was anything."""
        claimed, leaving = await self._database.write(self._claim)
        await asyncio.gather(*(self.send(one) for one in leaving))
        return bool(claimed)

    @traced(Doing.SEND)
    async def send(self, claimed: Claimed) -> None:
        """Send one that was claimed, and write down what became of it."""
        if claimed.is_sealed:
            await self._leave_sealed(claimed)
            return
        if claimed.recipient is None:
            await self._give_up(claimed, NO_NUMBER)
            return
        text = OutgoingText(
            to=claimed.recipient,
            body=claimed.body,
            kind=TEXT_KINDS[claimed.kind],
            outbox=claimed.id,
        )
        if not claimed.uncertain:
            await self._write_down(claimed, await self._sender.send(text))
            return
        # One text at Twilio must not be taken for two of the same words.
        async with self._looking.one_at_a_time(text.to):
            await self._write_down(claimed, await self._found_or_sent(claimed, text))

    def _claim(self, unit: UnitOfWork) -> tuple[list[Claimed], list[Claimed]]:
        """Take what is due, put off what is outside a person's hours; the rest leaves.

        Wishes that cannot be read keep nobody else's text: the lease runs out.
        """
        claimed = unit.outbox.claim_texts(CLAIM_AT_ONCE, LEASE_S)
        leaving, now = [], self._clock()
        for one in claimed:
            try:
                leaves_at = _leaves_at(unit, one, now)
            except (StorageError, ValueError, TypeError) as trouble:
                log.error("text %s: wishes: %s", one.id, type(trouble).__name__)
                continue
            if leaves_at > now:
                unit.outbox.retry(one.id, leaves_at, OUT_OF_HOURS)
            else:
                leaving.append(one)
        return claimed, leaving

    async def _found_or_sent(self, claimed: Claimed, text: OutgoingText) -> SendResult:
        """Send what may have left already, unless it is found.

        An ordinary text waits until somebody can tell. A crisis text is looked for
        only briefly, then sent: twice is better than not at all.
        """
        is_crisis = claimed.kind is OutboundKind.CRISIS
        try:
            async with asyncio.timeout(CRISIS_LOOKS_FOR_S if is_crisis else None):
                found = await self._find(claimed, text)
        except (CannotTell, TimeoutError):
            if not is_crisis:
                return NotSent(CANNOT_TELL, RetryAdvice.AMBIGUOUS)
            found = None
        return found or await self._sender.send(text)

    async def _find(self, claimed: Claimed, text: OutgoingText) -> Sent | None:
        known = await self._database.read(
            lambda unit: unit.outbox.accounted_for(claimed)
        )
        # Written down by a clock that was set back since: it left later than it tells.
        since = min(claimed.created_at, self._clock())
        return await self._sender.find_sent(text, since, known)

    async def _write_down(self, claimed: Claimed, result: SendResult) -> None:
        match result:
            case Sent(provider_message_id):
                await self._database.write(
                    lambda unit: unit.outbox.sent(claimed.id, provider_message_id)
                )
            case NotSent(code, RetryAdvice.PERMANENT):
                await self._give_up(claimed, code)
            case NotSent(code) if self._is_over(claimed, code):
                await self._give_up(claimed, f"{GAVE_UP}:{code}")
            case NotSent(code, advice):
                await self._try_later(claimed, code, advice)

    def _is_over(self, claimed: Claimed, code: str) -> bool:
        """Say whether no other try follows.

        An outage of the provider is waited for. Not with crisis words and alerts: that
        they did not leave is told to staff, or to the next of them, and soon.
        """
        if claimed.kind in HELD_BACK and code in TAKES_NOTHING:
            return self._clock() - claimed.created_at >= WAITS_FOR
        return claimed.tries >= MOST_TRIES

    async def _leave_sealed(self, claimed: Claimed) -> None:
        """Leave it to its lease: another gateway may have its key, but not for ever."""
        log.error("text %s does not open", claimed.id)
        if claimed.tries >= MOST_TRIES:
            await self._give_up(claimed, CANNOT_OPEN)

    async def _try_later(
        self, claimed: Claimed, code: str, advice: RetryAdvice
    ) -> None:
        log.info("text %s not sent yet: %s, %s", claimed.id, code, advice.value)
        if advice is RetryAdvice.AMBIGUOUS and claimed.kind is not OutboundKind.CRISIS:
            # The lease is left to run out, so that the next try knows to look first.
            return
        later = self._clock() + pause_before(claimed.tries + 1, code)
        await self._database.write(
            lambda unit: unit.outbox.retry(claimed.id, later, code)
        )

    async def _give_up(self, claimed: Claimed, code: str) -> None:
        log.error("text %s (%s) undeliverable: %s", claimed.id, claimed.kind, code)

        def work(unit: UnitOfWork) -> None:
            unit.outbox.undeliverable(claimed.id, code)
            if code == NOT_ALLOWED:
                note_by(unit, SERVICE, Did.ALERT_ADDRESS_REFUSED, claimed.id)
            self._gave_up(unit, claimed)

        await self._database.write(work)


def _leaves_at(unit: UnitOfWork, claimed: Claimed, now: datetime) -> datetime:
    """Tell when a text may leave; crisis texts and those to staff always may."""
    person = claimed.young_person
    if person is None or claimed.recipient is None or claimed.kind not in HELD_BACK:
        return now
    return may_leave_at(unit, person, claimed.conversation, now)


def pause_before(this_try: int, code: str) -> timedelta:
    """Give how long to wait before a try: the code's own pauses, else ours.

    Spread a little, so that retries do not arrive together.
    """
    pauses = rule_for(code).retry_after_s or PAUSES_S
    longest = pauses[min(this_try - 2, len(pauses) - 1)]
    spread = random.uniform(0.8, 1.2)  # noqa: S311 - spreading load, not a secret
    return timedelta(seconds=longest * spread)
