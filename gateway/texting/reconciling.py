"""Fetch what arrived at Twilio while we were down, and answer it as if it came now.

Twilio gives up on a webhook after seconds, and its fallback says only fixed words.
"""

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from channels.sms.inbound import FieldRefused, InboundSms, OurNumbers, read_inbound
from channels.sms.numbers import SenderKind
from channels.sms.outgoing import CannotTell
from channels.sms.sending import FAULT, SENT_AT
from escalation import Route
from foundations.clock import Clock
from foundations.saying import Channel
from gateway.inbound import ByPhone, Inbound
from gateway.pipeline import Pipeline
from gateway.received import WordsLeft
from gateway.rounds import Rounds
from gateway.screening import look_at
from gateway.texting.lost_parts import A_PART_IS_MISSING, LostParts
from storage import Database, DatabaseUnavailable

log = logging.getLogger("handrail.reconciling")

LOOK_EVERY_S: Final = 300.0
LOOK_BACK: Final = timedelta(hours=24)
"""How far the first look goes back; nobody is helped by an answer a week late."""
OVERLAP: Final = timedelta(minutes=10)
STILL_COMING: Final = timedelta(seconds=60)
"""A text younger than this may still be on its way to our webhook."""
LOOKED_UP_AT_ONCE: Final = 200
PHONES: Final = frozenset({SenderKind.MOBILE, SenderKind.NOT_MOBILE})
"""As at the webhook: machines start no conversation."""


class Arrivals(Protocol):
    """Whoever can list what came in: Twilio's client."""

    async def received_since(self, since: datetime) -> list[dict[str, str]]: ...


class Reconciler(Rounds):
    """Looks at the start, and every five minutes after; a repeat changes nothing."""

    name = "reconciling"
    look_every_s = LOOK_EVERY_S

    def __init__(
        self,
        arrivals: Arrivals,
        ours: OurNumbers,
        database: Database,
        pipeline: Pipeline,
        lost_parts: LostParts,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._arrivals = arrivals
        self._ours = ours
        self._database = database
        self._pipeline = pipeline
        self._lost_parts = lost_parts
        self._clock = clock
        self._good_until: datetime | None = None
        self._looking = asyncio.Lock()

    async def do_round(self) -> bool:
        """Look once; Twilio being away is waited for, and looked past later."""
        try:
            await self.reconcile()
        except CannotTell:
            log.info("reconciling waits for Twilio")
        return False

    async def reconcile(self) -> int:
        """Write down what is missing, and give how many that were.

        Whoever said crisis words comes first, with all they said; then by age.

        The sweeper answers what this leaves unanswered; crisis words leave by the
        outbox. A text that is refused keeps nobody else's waiting.

        Raises CannotTell and DatabaseUnavailable.
        """
        async with self._looking:
            return await self._reconcile()

    async def _reconcile(self) -> int:
        now = self._clock()
        # A clock that was set back since must not keep us from looking.
        since = min(self._good_until or now - LOOK_BACK, now) - OVERLAP
        listed = [
            (sms, fields[FAULT])
            for fields in await self._arrivals.received_since(since)
            if (sms := self._read(fields, now - STILL_COMING)) is not None
        ]
        missing = await self._missing([sms for sms, _ in listed])
        refused = [
            sms.received_at
            for sms in missing
            if not await _goes_well(self._record(sms))
        ]
        for sms, fault in listed:
            if fault == A_PART_IS_MISSING:
                await _goes_well(self._ask_again(sms))
        # What is refused is looked for again, as far back as a first look goes.
        self._good_until = max(min([now, *refused]), now - LOOK_BACK)
        recorded = len(missing) - len(refused)
        if recorded:
            log.warning("reconciled texts=%d: they came while we were away", recorded)
        return recorded

    async def _missing(self, listed: Sequence[InboundSms]) -> list[InboundSms]:
        """Put first, with all they said, whoever said crisis words; then by age."""
        missing = []
        for first in range(0, len(listed), LOOKED_UP_AT_ONCE):
            missing += await self._unknown(listed[first : first + LOOKED_UP_AT_ONCE])
        in_crisis = {sms.sender for sms in missing if _is_crisis(sms)}
        return sorted(missing, key=lambda sms: sms.sender not in in_crisis)

    def _read(self, fields: Mapping[str, str], before: datetime) -> InboundSms | None:
        """Hold a listed text to the webhook's own rules; None for what is not ours."""
        sent_at = datetime.fromisoformat(fields[SENT_AT])
        if sent_at > before:
            return None
        try:
            sms = read_inbound(fields, self._ours, sent_at)
        except FieldRefused:
            return None
        return sms if sms.sender_kind in PHONES else None

    async def _unknown(self, some: Sequence[InboundSms]) -> list[InboundSms]:
        """Ask before anything is made for a sender, who may have been forgotten.

        Many in one look: with one for each, records that are away now and then would
        end every round before it is over, and the next would go back further.
        """
        return await self._database.read(
            lambda unit: [
                sms
                for sms in some
                if not unit.inbox.is_known(Channel.SMS, sms.provider_message_id)
            ]
        )

    async def _ask_again(self, sms: InboundSms) -> None:
        await self._database.write(
            lambda unit: self._lost_parts.ask_again(
                unit, sms.provider_message_id, sms.sender
            )
        )

    async def _record(self, sms: InboundSms) -> None:
        inbound = Inbound(
            channel=Channel.SMS,
            provider_message_id=sms.provider_message_id,
            sender=ByPhone(sms.sender),
            text=sms.text,
            received_at=sms.received_at,
        )
        look = look_at(inbound.text, (), inbound.channel)
        await self._pipeline.record(inbound, look, WordsLeft())


async def _goes_well(work: Awaitable[None]) -> bool:
    try:
        await work
    except DatabaseUnavailable:
        raise
    except Exception as trouble:
        # The type only: a message could hold what somebody wrote.
        log.error("not reconciled: %s", type(trouble).__name__)
        return False
    return True


def _is_crisis(sms: InboundSms) -> bool:
    return look_at(sms.text, (), Channel.SMS).screening.route is not Route.NONE
