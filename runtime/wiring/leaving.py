"""Everything that leaves this house: texts to young people, and alerts to staff."""

import asyncio
from dataclasses import dataclass

from channels.sms.sending import TwilioSender
from channels.sms.twilio_account import SendingSettings
from foundations.clock import Clock
from gateway.texting.alert_worker import AlertWorker
from gateway.texting.delivery_failures import DeliveryFailures
from gateway.texting.outbox_worker import OutboxWorker
from gateway.texting.which_provider import WhichProvider
from runtime.settings import Settings
from runtime.wiring.alerts import by_way
from runtime.wiring.second_sms import one_or_two
from storage import Database


@dataclass(frozen=True)
class Leaving:
    """The two workers of the outbox, run and woken together."""

    texts: OutboxWorker
    alerts: AlertWorker
    failures: DeliveryFailures
    carriers: tuple[TwilioSender, ...]

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self.texts.run())
            both.create_task(self.alerts.run())

    async def do_round(self) -> bool:
        """Do one round of each; say whether there was anything."""
        done = [await self.texts.do_round(), await self.alerts.do_round()]
        return any(done)

    def wake(self) -> None:
        """Look now, rather than at the next look."""
        self.texts.wake()
        self.alerts.wake()

    async def close(self) -> None:
        """Let go of the connections to Twilio; nothing is sent any more."""
        for carrier in self.carriers:
            await carrier.close()


def leaving(
    database: Database,
    account: SendingSettings,
    sender: TwilioSender,
    failures: DeliveryFailures,
    settings: Settings,
    clock: Clock,
    which: WhichProvider,
) -> Leaving:
    """Build it; alerts have a Twilio client of their own, so a silent one is two."""

    def worker(carries: TwilioSender) -> OutboxWorker:
        texts = one_or_two(settings, database, carries, which)
        way = by_way(texts, settings, clock)
        return OutboxWorker(database, way, clock, failures.gave_up)

    texts = worker(sender)
    for_alerts = TwilioSender(account)
    alerts = AlertWorker(database, worker(for_alerts))
    return Leaving(texts, alerts, failures, (sender, for_alerts))
