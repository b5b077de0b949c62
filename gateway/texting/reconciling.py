"""Fetch what arrived at Twilio while we were down, and answer it as if it came now.

Twilio gives up on a webhook after seconds, and its fallback says only fixed words.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from channels.sms.inbound import FieldRefused, InboundSms, OurNumbers, read_inbound
from channels.sms.numbers import SenderKind
from channels.sms.outgoing import CannotTell
from channels.sms.sending import FAULT, SENT_AT
from foundations.clock import Clock
from foundations.saying import Channel
from gateway.inbound import ByPhone, Inbound
from gateway.pipeline import Pipeline
from gateway.received import WordsLeft
from gateway.rounds import Rounds
from gateway.screening import look_at
from gateway.texting.lost_parts import A_PART_IS_MISSING, LostParts
from storage import Database

log = logging.getLogger("handrail.reconciling")

LOOK_EVERY_S: Final = 300.0
LOOK_BACK: Final = timedelta(hours=24)
"""How far the first look goes back; nobody is helped by an answer a week late."""
OVERLAP: Final = timedelta(minutes=10)
STILL_COMING: Final = timedelta(seconds=60)
"""A text younger than this may still be on its way to our webhook."""
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
        """Write down what is missing, oldest first, and give how many that were.

        The sweeper answers what this leaves unanswered; crisis words leave by the
        outbox. Raises CannotTell and DatabaseUnavailable.
        """
        async with self._looking:
            return await self._reconcile()

    async def _reconcile(self) -> int:
        now = self._clock()
        since = (self._good_until or now - LOOK_BACK) - OVERLAP
        missing = 0
        for fields in await self._arrivals.received_since(since):
            sms = self._read(fields, now - STILL_COMING)
            if sms is None:
                continue
            if not await self._is_known(sms):
                await self._record(sms)
                missing += 1
            if fields[FAULT] == A_PART_IS_MISSING:
                await self._ask_again(sms)
        self._good_until = now
        if missing:
            log.warning("reconciled texts=%d: they came while we were away", missing)
        return missing

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

    async def _is_known(self, sms: InboundSms) -> bool:
        """Ask before anything is made for its sender, who may have been forgotten."""
        return await self._database.read(
            lambda unit: unit.inbox.is_known(Channel.SMS, sms.provider_message_id)
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
