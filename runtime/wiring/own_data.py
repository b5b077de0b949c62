"""A person's own data: what is kept of them, and having it wiped wherever it is."""

from bot.words import Words
from foundations.clock import Clock
from gateway.own_data.answers import OwnDataAnswers
from handover import Organisations
from runtime.settings import Settings
from runtime.wiring.sweeping import kept_aside
from storage import Database, Keys


def own_data_answers(
    settings: Settings,
    database: Database,
    keys: Keys,
    organisations: Organisations,
    words: Words,
    clock: Clock,
) -> OwnDataAnswers:
    """Build them; what the records refused of somebody is wiped with the rest."""
    return OwnDataAnswers(
        database,
        organisations,
        words,
        clock,
        settings.address,
        kept_aside(settings, keys),
    )
