"""The lead of the home organisation is told when texts change to the other provider."""

from dataclasses import dataclass
from typing import Final

from gateway.handing_over.alert_sending import AlertSending, NewAlert, alert_words
from storage import UnitOfWork

SECOND_PROVIDER: Final = "second_provider"


@dataclass(frozen=True)
class ProviderAlert:
    """Says which provider is in use; nothing of any text."""

    sending: AlertSending

    def tell(self, unit: UnitOfWork, provider: str) -> None:
        """Tell the lead, once an hour for each way of changing."""
        sending = self.sending
        hour = f"{sending.clock():%Y-%m-%dT%H}"
        alert = NewAlert(
            sending.organisations.home,
            SECOND_PROVIDER,
            alert_words()[SECOND_PROVIDER].format(provider=provider),
            once=f"{SECOND_PROVIDER}:{provider}:{hour}",
        )
        sending.to_lead(unit, alert)
