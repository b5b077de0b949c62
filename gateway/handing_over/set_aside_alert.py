"""The lead of the home organisation is told when messages could not be written down."""

from dataclasses import dataclass
from typing import Final

from foundations.clock import in_london
from gateway.handing_over.alert_sending import AlertSending, NewAlert, alert_words
from storage import UnitOfWork

SET_ASIDE: Final = "set_aside"


@dataclass(frozen=True)
class SetAsideAlert:
    """Says how many are kept aside; nothing of what they hold or whose they are."""

    sending: AlertSending

    def tell(self, unit: UnitOfWork, kept: int) -> None:
        """Tell the lead, once a day for as long as any are kept."""
        if not kept:
            return
        sending = self.sending
        today = in_london(sending.clock()).date()
        alert = NewAlert(
            sending.organisations.home,
            SET_ASIDE,
            alert_words()[SET_ASIDE].format(number=kept),
            once=f"{SET_ASIDE}:{today.isoformat()}",
        )
        sending.to_lead(unit, alert)
