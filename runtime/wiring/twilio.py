"""What is asked of Twilio: to carry texts, and to list what came while we were down."""

import secrets
from dataclasses import dataclass
from typing import Final

from bot.words import Words
from channels.sms.inbound import OurNumbers
from channels.sms.sending import TwilioSender
from channels.sms.twilio_account import TWILIO_ADDRESS, SendingSettings
from channels.sms.webhooks import INBOUND_PATH
from foundations.clock import Clock
from gateway.pipeline import Pipeline
from gateway.texting.lost_parts import LostParts
from gateway.texting.reconciling import Reconciler
from runtime.settings import ROOT, Settings
from storage import Database
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

SIMULATED_TWILIO: Final = "/simulator/twilio"
LOCAL_ACCOUNT: Final = "AC" + "0" * 32
LOCAL_NUMBER: Final = "+447700900000"


@dataclass(frozen=True)
class TwilioAccount:
    """The account in use: Twilio's, or the stand-in's own of this run."""

    sid: str
    tokens: tuple[str, ...]
    numbers: tuple[str, ...]
    api: str


def twilio_account(settings: Settings, stand_in: TwilioStandIn | None) -> TwilioAccount:
    """Give the account of the settings; a local run without one has its own."""
    if stand_in is not None:
        known = stand_in.settings
        return TwilioAccount(
            known.account_sid, (known.auth_token,), known.numbers, settings.twilio_api
        )
    if settings.is_local and not settings.twilio_account_sid:
        token, api = secrets.token_hex(16), settings.address + SIMULATED_TWILIO
        return TwilioAccount(LOCAL_ACCOUNT, (token,), (LOCAL_NUMBER,), api)
    given = (settings.twilio_auth_token, settings.twilio_auth_token_before)
    tokens = tuple(filter(None, (token.get_secret_value() for token in given)))
    numbers = tuple(
        number.strip() for number in settings.twilio_numbers.split(",") if number
    )
    api = settings.twilio_api or TWILIO_ADDRESS
    return TwilioAccount(settings.twilio_account_sid, tokens, numbers, api)


def stand_in_settings(settings: Settings, twilio: TwilioAccount) -> StandInSettings:
    """Have the stand-in be that account, and bring texts here."""
    fallback = ROOT / "deploy" / "fallback.twiml.xml"
    return StandInSettings(
        account_sid=twilio.sid,
        auth_token=twilio.tokens[0],
        numbers=twilio.numbers,
        webhook=settings.address + INBOUND_PATH,
        fallback_twiml=fallback.read_text(encoding="utf-8"),
    )


def sending(settings: Settings, account: TwilioAccount) -> SendingSettings:
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
    account: TwilioAccount,
    database: Database,
    pipeline: Pipeline,
    words: Words,
    clock: Clock,
) -> Reconciler:
    """Look for texts to our own numbers in our own account."""
    ours = OurNumbers(account.sid, frozenset(account.numbers))
    lost_parts = LostParts(words, clock)
    return Reconciler(sender, ours, database, pipeline, lost_parts, clock)
