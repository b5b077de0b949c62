"""How long things are kept, and who is asked to remove their copies."""

from channels.sms.sending import TwilioSender
from foundations.clock import Clock
from gateway.own_data.forgetting_elsewhere import ForgettingElsewhere
from gateway.own_data.retention import NightlyRetention
from gateway.rasa.dialogue import RasaSide
from runtime.settings import Settings
from storage import Database
from storage.copies_elsewhere import Keeper
from storage.retention import DEFAULTS, read_periods


def forgetting_elsewhere(
    database: Database, sender: TwilioSender, rasa: RasaSide
) -> ForgettingElsewhere:
    """Ask the carrier and Rasa to remove what they hold."""
    keepers = {Keeper.CARRIER: sender.forget, Keeper.DIALOGUE: rasa.forget}
    return ForgettingElsewhere(database, keepers)


def nightly_retention(
    settings: Settings, database: Database, clock: Clock
) -> NightlyRetention:
    """Remove what is old by the deployer's periods. Raises PeriodsUnusable."""
    periods = read_periods(settings.retention or DEFAULTS)
    return NightlyRetention(database, periods, clock)
