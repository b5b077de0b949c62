"""Whoever carries the conversation: one Rasa, or several."""

from gateway.rasa.dialogue import RasaDialogue, RasaSide
from gateway.rasa.several import SeveralRasas
from runtime.settings import Settings


def rasa_side(settings: Settings) -> RasaSide:
    """Reach the Rasa of the settings, or each of those they list."""
    listed = [one.strip() for one in settings.rasa_addresses.split(",") if one.strip()]
    if not listed:
        return _reach(f"http://{settings.rasa_host}:{settings.rasa_port}", settings)
    return SeveralRasas({address: _reach(address, settings) for address in listed})


def _reach(address: str, settings: Settings) -> RasaDialogue:
    return RasaDialogue(
        address,
        settings.rasa_secret.get_secret_value(),
        deadline_s=settings.rasa_deadline_s,
    )
