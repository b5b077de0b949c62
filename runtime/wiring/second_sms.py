"""A second provider of texts, when one is set: it carries them while Twilio fails."""

import asyncio

from channels.sms.sending import TwilioSender
from channels.sms.vonage import VONAGE_ADDRESS, VonageSender, VonageSettings
from foundations.clock import Clock
from gateway.metrics import Metrics
from gateway.pipeline import in_background
from gateway.texting.outbox_worker import Sender
from gateway.texting.two_providers import TwoProviders
from gateway.texting.which_provider import Provider, SwitchRules, WhichProvider
from runtime.settings import Settings
from runtime.wiring.handover import HandoverSide
from storage import Database


def which_provider(
    counted: Metrics, database: Database, handover: HandoverSide, clock: Clock
) -> WhichProvider:
    """Count who is in use, and tell the lead of every change."""
    telling: set[asyncio.Task[object]] = set()

    def switched(provider: Provider) -> None:
        counted.second_provider.set(provider is Provider.SECOND)
        told = database.write(lambda unit: handover.provider.tell(unit, provider.value))
        in_background(told, telling)

    return WhichProvider(clock, SwitchRules(), switched)


def one_or_two(
    settings: Settings, database: Database, twilio: TwilioSender, which: WhichProvider
) -> Sender:
    """Give Twilio alone, or both when the account of a second one is set."""
    if not settings.second_sms_key:
        return twilio
    second = VonageSender(
        VonageSettings(
            key=settings.second_sms_key,
            secret=settings.second_sms_secret.get_secret_value(),
            sender=settings.second_sms_sender,
            public_address=settings.address,
            api_address=settings.second_sms_api or VONAGE_ADDRESS,
        )
    )
    senders: dict[Provider, Sender] = {Provider.FIRST: twilio, Provider.SECOND: second}
    return TwoProviders(database, senders, which)
