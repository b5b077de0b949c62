"""Fetch what arrived while we were down: whose texts, and where they are written."""

from typing import TYPE_CHECKING

from channels.sms.inbound import OurNumbers
from channels.sms.sending import TwilioSender
from foundations.clock import Clock
from gateway.pipeline import Pipeline
from gateway.texting.reconciling import Reconciler
from storage import Database

if TYPE_CHECKING:
    from runtime.wiring.house import TwilioAccount


def reconciler(
    sender: TwilioSender,
    account: "TwilioAccount",
    database: Database,
    pipeline: Pipeline,
    clock: Clock,
) -> Reconciler:
    """Look for texts to our own numbers in our own account."""
    ours = OurNumbers(account.sid, frozenset(account.numbers))
    return Reconciler(sender, ours, database, pipeline, clock)


__all__ = ["Reconciler", "reconciler"]
