"""What is asked of Twilio: to carry texts, and to list what came while we were down."""

from typing import TYPE_CHECKING

from bot.words import Words
from channels.sms.inbound import OurNumbers
from channels.sms.sending import TwilioSender
from channels.sms.twilio_account import SendingSettings
from foundations.clock import Clock
from gateway.pipeline import Pipeline
from gateway.texting.lost_parts import LostParts
from gateway.texting.reconciling import Reconciler
from runtime.settings import Settings
from storage import Database

if TYPE_CHECKING:
    from runtime.wiring.house import TwilioAccount


def sending(settings: Settings, account: "TwilioAccount") -> SendingSettings:
    """Send from the first of our numbers."""
    return SendingSettings(
        account_sid=account.sid,
        auth_token=account.tokens[0],
        sender=account.numbers[0],
        public_address=settings.address,
        api_address=account.api,
    )


def reconciler(
    sender: TwilioSender,
    account: "TwilioAccount",
    database: Database,
    pipeline: Pipeline,
    words: Words,
    clock: Clock,
) -> Reconciler:
    """Look for texts to our own numbers in our own account."""
    ours = OurNumbers(account.sid, frozenset(account.numbers))
    lost_parts = LostParts(words, clock)
    return Reconciler(sender, ours, database, pipeline, lost_parts, clock)


__all__ = ["Reconciler", "reconciler", "sending"]
