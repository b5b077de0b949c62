"""The SMS door: what leaves in the webhook's answer, and what goes on behind it."""

import asyncio

from channels.sms.delivery import DeliveryReport
from channels.sms.door import InlineText, NotRecorded, SmsAnswer
from channels.sms.inbound import InboundSms
from escalation import screen
from foundations.clock import Clock
from foundations.saying import Channel, Reply
from foundations.tracing import Doing, traced
from gateway.fixed_words import crisis_words, fixed_body
from gateway.inbound import ByPhone, Inbound
from gateway.pipeline import Pipeline, in_background
from gateway.received import PutAside, Received
from gateway.texting.delivery_failures import DeliveryFailures
from gateway.texting.one_text import text_body
from storage import Database, UnitOfWork
from storage.records import StoredMessage


class SmsPipelineDoor:
    """Answers Twilio's webhooks with the pipeline."""

    def __init__(
        self,
        pipeline: Pipeline,
        database: Database,
        failures: DeliveryFailures,
        clock: Clock,
    ) -> None:
        self._pipeline = pipeline
        self._database = database
        self._failures = failures
        self._clock = clock
        self._answering: set[asyncio.Task[object]] = set()

    @traced(Doing.TEXT)
    async def receive(self, sms: InboundSms) -> SmsAnswer:
        """Record a text, hand over fixed words at once, answer the rest behind."""
        inbound = Inbound(
            channel=Channel.SMS,
            provider_message_id=sms.provider_message_id,
            sender=ByPhone(sms.sender),
            text=sms.text,
            received_at=sms.received_at,
        )
        match await self._pipeline.receive(inbound):
            case PutAside(is_kept=False, is_crisis=False):
                raise NotRecorded
            case PutAside(said=()):
                return SmsAnswer()
            case PutAside(said=said):
                return SmsAnswer((InlineText(text_body(said)),))
            case Received() as received:
                return self._answer(received)

    async def delivery(self, report: DeliveryReport) -> None:
        """Write a delivery report down, and do what its code calls for.

        It only ever moves a text's state forward; a text that did not arrive may be
        sent again.
        """

        def work(unit: UnitOfWork) -> None:
            found = unit.outbox.delivery(
                status=report.status.value,
                at=self._clock(),
                code=report.code,
                provider_message_id=report.provider_message_id,
                outbox_id=report.outbox,
            )
            self._failures.reported(unit, found, report.code)

        await self._database.write(work)

    async def screen_only(self, text: str) -> tuple[str, ...]:
        """Give the fixed crisis words for a text, leaning on nothing else."""
        words = crisis_words(text, screen(text), Channel.SMS)
        return (fixed_body(words),) if words else ()

    def _answer(self, received: Received) -> SmsAnswer:
        if not received.is_finished:
            in_background(self._pipeline.answer(received), self._answering)
        if received.inline is None:
            return SmsAnswer()
        replies = tuple(_as_reply(message) for message in received.said)
        return SmsAnswer((InlineText(fixed_body(replies), received.inline),))


def _as_reply(message: StoredMessage) -> Reply:
    return Reply(message.key, message.text, message.choices, message.speaker)
